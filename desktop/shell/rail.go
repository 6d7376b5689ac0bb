package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
)

// railWidth is how wide the rail is, in Fyne's pixels.
const railWidth = 172

// rail is the stops on the left, one for each section.
type rail struct {
	content fyne.CanvasObject
	back    *control.Button // to the page below, while there is one
	stops   []*stop
}

type stop struct {
	section section
	back    *look.Panel
	count   *widget.Label
	shown   int
}

func newRail(s *Shell) *rail {
	r := &rail{back: control.NewIcon(theme.NavigateBackIcon(), "", s.tips, s.pages.back)}
	r.back.Hide()
	box := look.Column(2)
	for _, section := range s.sections() {
		stop := newStop(section, func() { s.goTo(section.id) })
		r.stops = append(r.stops, stop)
		box.Add(stop.back)
	}
	room := container.NewGridWrap(fyne.NewSize(1, r.back.MinSize().Height)) // while there is no button
	head := container.New(layout.NewCustomPaddedLayout(9, 5, 18, 8), look.Head(look.Heading("Sightline"), room, r.back))
	body := container.New(layout.NewCustomPaddedLayout(0, 8, 8, 8), box)
	wide := container.NewGridWrap(fyne.NewSize(railWidth, 1))
	r.content = container.NewStack(container.NewVBox(wide, head, body))
	return r
}

func newStop(s section, tapped func()) *stop {
	b := control.NewButton(s.title, tapped)
	b.Icon, b.Alignment, b.Importance = s.icon, widget.ButtonAlignLeading, widget.LowImportance
	count := look.Caption("")
	count.Alignment = fyne.TextAlignTrailing
	room := container.NewGridWrap(fyne.NewSize(64, 36), look.Middle(count))
	back := look.NewPanel("", container.NewStack(b, container.NewBorder(nil, nil, nil, room)))
	return &stop{section: s, back: back, count: count, shown: -1}
}

// refresh marks the section of the pages, counts, and offers the way back.
func (r *rail) refresh(pages []*Page) {
	look.Hide(r.back, len(pages) < 2)
	if len(pages) > 1 {
		r.back.Tip = lang.L("Back to {{.Name}}", lang.Data{"Name": pages[len(pages)-2].Title})
	}
	for _, stop := range r.stops {
		fill := fyne.ThemeColorName("")
		if len(pages) > 0 && pages[0].ID == stop.section.id {
			fill = theme.ColorNameSelection
		}
		if stop.back.Fill != fill {
			stop.back.Fill = fill
			stop.back.Refresh()
		}
		if stop.section.count == nil {
			continue
		}
		if n := stop.section.count(); n != stop.shown {
			stop.shown = n
			stop.count.SetText(countText(n))
		}
	}
}

func countText(n int) string {
	if n < 0 {
		return ""
	}
	return lang.Number(n)
}
