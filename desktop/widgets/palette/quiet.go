package palette

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// quiet is a list that never takes the keyboard: the field keeps it, and hands
// the arrows on. Fyne passes by what is disabled.
type quiet struct{ widget.List }

func newQuiet(p *Palette) *quiet {
	q := &quiet{}
	q.Length = func() int { return len(p.items) }
	q.CreateItem = func() fyne.CanvasObject { return newLine(p) }
	q.UpdateItem = func(i int, o fyne.CanvasObject) { o.(*line).show(i) }
	q.HideSeparators = true
	q.ExtendBaseWidget(q)
	return q
}

// Disabled is always true.
func (q *quiet) Disabled() bool { return true }

// Enable does nothing.
func (q *quiet) Enable() {}

// Disable does nothing.
func (q *quiet) Disable() {}
