package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/look"
)

// bar is the scroll bar of the columns: a scroller as wide as what is seen, with
// nothing in it but the width of all columns.
type bar struct {
	scroll *container.Scroll
	width  *canvas.Rectangle
}

const barHeight float32 = 14

func newBar(scrolled func(x float32)) *bar {
	width := canvas.NewRectangle(color.Transparent)
	b := &bar{scroll: container.NewHScroll(width), width: width}
	b.scroll.OnScrolled = func(at fyne.Position) { scrolled(at.X) }
	return b
}

// place puts the bar where there is room for it, if it is needed.
func (b *bar) place(x, y, view, total, height float32) {
	if height == 0 {
		b.scroll.Hide()
		return
	}
	b.scroll.Show()
	b.width.SetMinSize(fyne.NewSize(total, 1))
	b.scroll.Move(fyne.NewPos(x, y))
	b.scroll.Resize(fyne.NewSize(view, height))
}

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

// scrolled puts the columns where the bar is.
func (g *Grid[T]) scrolled(x float32) {
	g.places.offset = x
	g.lay()
}

// turned scrolls as the wheel turned.
func (g *Grid[T]) turned(by fyne.Delta) {
	g.cfg.Tips.Leave()
	if abs(by.DX) > abs(by.DY) {
		g.bar.scroll.ScrollToOffset(fyne.NewPos(g.bar.scroll.Offset.X-by.DX, 0))
		g.scrolled(g.bar.scroll.Offset.X)
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

// pitch is from the top of a row to the top of the next.
func (g *Grid[T]) pitch() float32 { return rowHeight + look.Size(g, theme.SizeNamePadding) }

func abs(v float32) float32 { return max(v, -v) }
