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
	stops   []*stop
}

type stop struct {
	section section
	back    *look.Panel
	count   *widget.Label
	shown   int
}

func newRail(s *Shell) *rail {
	r := &rail{}
	box := look.Column(2)
	for _, section := range s.sections() {
		stop := newStop(section, func() { s.goTo(section.id) })
		r.stops = append(r.stops, stop)
		box.Add(stop.back)
	}
	name := look.Flush(look.Heading("Sightline"))
	head := container.New(layout.NewCustomPaddedLayout(14, 10, 18, 8), name)
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

// refresh marks the section of the pages, and counts.
func (r *rail) refresh(pages []*Page) {
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
			stop.count.SetText(lang.Number(n))
		}
	}
}
