package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Wrap puts objects beside each other, each as wide as it needs to be, in as many
// lines as there have to be.
func Wrap(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&wrap{}, objects...)
}

// wrap is a layout that puts objects in lines, as many as the width needs.
// Fyne's own asks for the width it last had, so that a window with it in could
// not be made narrower.
type wrap struct{ width float32 }

func (w *wrap) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w.width = size.Width
	w.walk(objects, func(o fyne.CanvasObject, x, y, line float32) {
		least := o.MinSize()
		o.Move(fyne.NewPos(x, y+(line-least.Height)/2))
		o.Resize(least)
	})
}

func (w *wrap) MinSize(objects []fyne.CanvasObject) (least fyne.Size) {
	for _, o := range objects {
		least.Width = max(least.Width, o.MinSize().Width)
	}
	w.walk(objects, func(_ fyne.CanvasObject, _, y, line float32) { least.Height = y + line })
	return least
}

// walk calls f with the place of each object, and how high its line is.
func (w *wrap) walk(objects []fyne.CanvasObject, f func(o fyne.CanvasObject, x, y, line float32)) {
	line := float32(0)
	for _, o := range objects {
		line = max(line, o.MinSize().Height)
	}
	x, y := float32(0), float32(0)
	for _, o := range objects {
		width := o.MinSize().Width
		if x > 0 && x+width > w.width && w.width > 0 {
			x, y = 0, y+line+Gap
		}
		f(o, x, y, line)
		x += width + Gap
	}
}
