package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/look"
)

// barHeight is what the scroll bar of the columns takes when it is needed.
const barHeight float32 = 14

// bar scrolls the columns: by dragging, or a page at a tap beside the thumb.
type bar struct {
	widget.BaseWidget
	places   *places
	scrolled func(x float32)
	thumb    *canvas.Rectangle
	hovered  bool
}

func newBar(p *places, scrolled func(x float32)) *bar {
	b := &bar{places: p, scrolled: scrolled, thumb: canvas.NewRectangle(color.Transparent)}
	b.ExtendBaseWidget(b)
	return b
}

// Dragged scrolls as far as the thumb is dragged.
func (b *bar) Dragged(e *fyne.DragEvent) {
	b.scrolled(b.places.offset + e.Dragged.DX*b.places.total/b.Size().Width)
}

// DragEnd does nothing.
func (b *bar) DragEnd() {}

// Tapped scrolls a page to where it was tapped.
func (b *bar) Tapped(e *fyne.PointEvent) {
	switch thumb := b.thumb.Position().X; {
	case e.Position.X < thumb:
		b.scrolled(b.places.offset - b.places.view)
	case e.Position.X > thumb+b.thumb.Size().Width:
		b.scrolled(b.places.offset + b.places.view)
	}
}

// MouseIn makes the thumb thicker.
func (b *bar) MouseIn(*desktop.MouseEvent) { b.hover(true) }

// MouseMoved does nothing.
func (b *bar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut makes it thin again.
func (b *bar) MouseOut() { b.hover(false) }

func (b *bar) hover(hovered bool) {
	b.hovered = hovered
	b.Refresh()
}

// CreateRenderer is for Fyne.
func (b *bar) CreateRenderer() fyne.WidgetRenderer {
	r := &barRenderer{b}
	r.Refresh()
	return r
}

type barRenderer struct{ bar *bar }

func (r *barRenderer) Destroy()                     {}
func (r *barRenderer) MinSize() fyne.Size           { return fyne.NewSize(narrowest, barHeight) }
func (r *barRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.bar.thumb} }

func (r *barRenderer) Layout(size fyne.Size) {
	b, thick := r.bar, float32(5)
	if b.hovered {
		thick = 9
	}
	if b.places.total <= 0 {
		return
	}
	b.thumb.CornerRadius = thick / 2
	b.thumb.Move(fyne.NewPos(size.Width*b.places.offset/b.places.total, (size.Height-thick)/2))
	b.thumb.Resize(fyne.NewSize(size.Width*b.places.view/b.places.total, thick))
}

func (r *barRenderer) Refresh() {
	r.bar.thumb.FillColor = look.Color(r.bar, theme.ColorNameScrollBar)
	r.Layout(r.bar.Size())
	canvas.Refresh(r.bar)
}
