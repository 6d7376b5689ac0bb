package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/look"
)

// wheel lies over the rows and catches nothing but the wheel. Were the rows
// themselves to do it, Fyne would clip each of them.
type wheel struct {
	widget.BaseWidget
	turned func(by fyne.Delta)
}

func newWheel(turned func(by fyne.Delta)) *wheel {
	w := &wheel{turned: turned}
	w.ExtendBaseWidget(w)
	return w
}

// Scrolled scrolls the rows, or the columns if it goes sideways.
func (w *wheel) Scrolled(e *fyne.ScrollEvent) { w.turned(e.Scrolled) }

// CreateRenderer is for Fyne.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}

// scrolled scrolls the columns to x, or as far as they go.
func (g *Grid[T]) scrolled(x float32) {
	g.places.Scroll(x)
	g.bar.Refresh()
	g.lay()
}

// turned scrolls as the wheel turned.
func (g *Grid[T]) turned(by fyne.Delta) {
	g.cfg.Tips.Leave()
	if abs(by.DX) > abs(by.DY) {
		g.scrolled(g.places.Offset - by.DX)
		return
	}
	g.list.ScrollToOffset(g.list.GetScrollOffset() - by.DY)
}

// scrollTo scrolls so that the row at i can be seen, and no further.
func (g *Grid[T]) scrollTo(i int) {
	top, bottom := float32(i)*g.pitch(), float32(i)*g.pitch()+rowHeight
	switch offset, height := g.list.GetScrollOffset(), g.list.Size().Height; {
	case i < 0 || height <= 0:
	case top < offset:
		g.list.ScrollToOffset(top)
	case bottom > offset+height:
		g.list.ScrollToOffset(bottom - height)
	}
}

// remember adds r to the rows that show something, and forgets those that were
// scrolled away: Fyne's pool of rows lets go of them too, now and then.
func (g *Grid[T]) remember(r *row[T]) {
	g.rows[r] = true
	first, seen := int(g.list.GetScrollOffset()/g.pitch()), int(g.list.Size().Height/g.pitch())+2
	if len(g.rows) <= 2*seen {
		return
	}
	for row := range g.rows {
		if row != r && (row.index < first || row.index > first+seen) {
			delete(g.rows, row)
		}
	}
}

// pitch is from the top of a row to the top of the next.
func (g *Grid[T]) pitch() float32 { return rowHeight + look.Size(g, theme.SizeNamePadding) }

func abs(v float32) float32 { return max(v, -v) }
