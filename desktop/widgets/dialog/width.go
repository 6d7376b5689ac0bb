package dialog

import (
	"fyne.io/fyne/v2"

	"sightline.example/desktop/widgets/look"
)

// usual is how wide a dialog is.
const usual float32 = 460

// fixed is a layout of one object with a given width, and the height it needs at
// that width.
type fixed struct {
	canvas fyne.Canvas
	width  float32
}

func width(d *Dialog) fyne.Layout {
	if d.cfg.Width == 0 {
		return &fixed{d.canvas, usual}
	}
	return &fixed{d.canvas, d.cfg.Width}
}

func (f *fixed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	window := f.canvas.Size()
	width := min(f.width, window.Width-4*look.Gap)
	for range 2 { // texts wrap: only at its width does content know its height
		objects[0].Resize(fyne.NewSize(width, objects[0].MinSize().Height))
	}
	return fyne.NewSize(width, objects[0].MinSize().Height)
}

func (f *fixed) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }
