package widgetstest

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// shown is an object that can be seen, and where.
type shown struct {
	object fyne.CanvasObject
	at     fyne.Position
}

// Texts returns the texts that can be seen on top: those of the overlay, if
// there is one, from top to bottom and left to right as they are arranged.
func (w *Window) Texts() []string {
	var texts []string
	for _, s := range w.seen() {
		if text, ok := s.object.(*canvas.Text); ok && text.Text != "" {
			texts = append(texts, text.Text)
		}
	}
	return texts
}

// WantTexts fails the test for each of the texts that can't be seen.
func (w *Window) WantTexts(want ...string) {
	w.t.Helper()
	texts := w.Texts()
	for _, text := range want {
		if !slices.Contains(texts, text) {
			w.t.Errorf("%q is not shown; shown is %q", text, texts)
		}
	}
}

// WantNoTexts fails the test for each of the texts that can be seen.
func (w *Window) WantNoTexts(unwanted ...string) {
	w.t.Helper()
	for _, text := range unwanted {
		if slices.Contains(w.Texts(), text) {
			w.t.Errorf("%q is shown", text)
		}
	}
}

// Find returns the objects of a type that can be seen on top.
func Find[T any](w *Window) (found []T) {
	for _, s := range w.seen() {
		if o, ok := s.object.(T); ok {
			found = append(found, o)
		}
	}
	return found
}

func (s shown) middle() fyne.Position {
	return s.at.AddXY(s.object.MinSize().Width/2, s.object.Size().Height/2)
}

// find returns the first object with the text, or the last one.
func (w *Window) find(text string, last bool) shown {
	w.t.Helper()
	seen := w.seen()
	if last {
		slices.Reverse(seen)
	}
	for _, s := range seen {
		if seen, ok := s.object.(*canvas.Text); ok && seen.Text == text {
			return s
		}
	}
	w.t.Fatalf("%q is not shown; shown is %q", text, strings.Join(w.Texts(), " | "))
	return shown{}
}

func (w *Window) seen() []shown {
	root := w.Content()
	if overlay := w.Canvas().Overlays().Top(); overlay != nil {
		root = overlay
	}
	return walk(nil, root, root.Position())
}

func walk(found []shown, o fyne.CanvasObject, at fyne.Position) []shown {
	if !o.Visible() {
		return found
	}
	found = append(found, shown{o, at})
	var children []fyne.CanvasObject
	switch o := o.(type) {
	case fyne.Widget:
		children = test.WidgetRenderer(o).Objects()
	case *fyne.Container:
		children = o.Objects
	}
	for _, child := range children {
		found = walk(found, child, at.Add(child.Position()))
	}
	return found
}

// Place returns where the first object with the text begins, in the window.
func (w *Window) Place(text string) fyne.Position {
	w.t.Helper()
	return w.find(text, false).at
}
