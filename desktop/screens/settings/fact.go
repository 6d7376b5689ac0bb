package settings

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
)

// showVersions shows the versions anew if they are others: a refresh costs more
// than a look.
func (s *Screen) showVersions() {
	now := s.cfg.Versions()
	if slices.Equal(now, s.shown) {
		return
	}
	s.shown = now
	s.versions.RemoveAll()
	s.addFacts(s.versions, now)
}

func (s *Screen) addFacts(to *fyne.Container, facts []Fact) {
	for _, f := range facts {
		to.Add(s.fact(f))
	}
}

// fact shows a fact, and a button that copies it.
func (s *Screen) fact(f Fact) fyne.CanvasObject {
	words := look.Column(2, look.Flush(look.Caption(f.Name)), look.Flush(look.Line(f.Text)))
	button := container.NewCenter(control.NewButton(lang.L("Copy"), func() { s.cfg.OnCopy(f.Text) }))
	return container.New(layout.NewBorderLayout(nil, nil, nil, button), words, button)
}

// widest is how wide settings are at most: longer lines are hard to read.
const widest float32 = 680

// column is a layout that keeps its one object from becoming too wide.
type column struct{}

func (*column) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (*column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(fyne.NewSize(min(size.Width, max(widest, objects[0].MinSize().Width)), size.Height))
	objects[0].Move(fyne.NewPos(0, 0))
}
