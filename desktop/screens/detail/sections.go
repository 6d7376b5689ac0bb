package detail

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
)

// section is a part of the page. One is shown at a time.
type section struct {
	title   string
	content fyne.CanvasObject

	button *control.Button
	back   *look.Panel // marks the one that is shown
	hidden bool
}

// sections shows one part of the page, and a button for each: reached by Tab,
// unlike the tabs Fyne has.
type sections struct {
	bar  *fyne.Container
	body *fyne.Container

	all   []*section
	shown int
}

func newSections(all ...*section) *sections {
	s := &sections{bar: look.Row(), body: container.NewStack()}
	for _, one := range all {
		s.add(one)
	}
	return s
}

func (s *sections) add(one *section) {
	at := len(s.all)
	one.button = control.NewButton(one.title, func() { s.show(at) })
	one.button.Importance = widget.LowImportance
	one.back = look.NewPanel("", one.button)
	s.all = append(s.all, one)
	s.bar.Add(one.back)
	s.body.Add(one.content)
	one.content.Hide()
}

func (s *sections) show(i int) {
	s.shown = i
	s.refresh()
}

// hide takes a section away, or brings it back. If it is shown the first one takes
// its place.
func (s *sections) hide(i int, hidden bool) {
	s.all[i].hidden = hidden
	if hidden && s.shown == i {
		s.shown = 0
	}
}

func (s *sections) refresh() {
	for i, one := range s.all {
		look.Hide(one.back, one.hidden)
		look.Hide(one.content, i != s.shown)
		one.back.Fill = ""
		if i == s.shown {
			one.back.Fill = theme.ColorNameSelection
		}
		one.back.Refresh()
	}
	s.bar.Refresh()
	s.body.Refresh()
}

func (s *sections) focus() {
	button := s.all[s.shown].button
	if c := fyne.CurrentApp().Driver().CanvasForObject(button); c != nil {
		c.Focus(button)
	}
}
