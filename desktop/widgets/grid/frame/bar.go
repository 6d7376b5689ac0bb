package frame

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/look"
)

// BarHeight is what the scroll bar of the columns takes when it is needed.
const BarHeight float32 = 14

// Bar scrolls the columns: by dragging, or a page at a tap beside the thumb.
type Bar struct {
	widget.BaseWidget
	places   *Places
	scrolled func(x float32)
	thumb    *canvas.Rectangle
	hovered  bool
}

// NewBar returns the bar for the columns. scrolled is told where to.
func NewBar(p *Places, scrolled func(x float32)) *Bar {
	b := &Bar{places: p, scrolled: scrolled, thumb: canvas.NewRectangle(color.Transparent)}
	b.ExtendBaseWidget(b)
	return b
}

// Dragged scrolls as far as the thumb is dragged.
func (b *Bar) Dragged(e *fyne.DragEvent) {
	b.scrolled(b.places.Offset + e.Dragged.DX*b.places.Total/b.Size().Width)
}

// DragEnd does nothing.
func (b *Bar) DragEnd() {}

// Tapped scrolls a page to where it was tapped.
func (b *Bar) Tapped(e *fyne.PointEvent) {
	switch thumb := b.thumb.Position().X; {
	case e.Position.X < thumb:
		b.scrolled(b.places.Offset - b.places.View)
	case e.Position.X > thumb+b.thumb.Size().Width:
		b.scrolled(b.places.Offset + b.places.View)
	}
}

// MouseIn makes the thumb thicker.
func (b *Bar) MouseIn(*desktop.MouseEvent) { b.hover(true) }

// MouseMoved does nothing.
func (b *Bar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut makes it thin again.
func (b *Bar) MouseOut() { b.hover(false) }

func (b *Bar) hover(hovered bool) {
	b.hovered = hovered
	b.Refresh()
}

// CreateRenderer is for Fyne.
func (b *Bar) CreateRenderer() fyne.WidgetRenderer {
	r := &barRenderer{b}
	r.Refresh()
	return r
}

type barRenderer struct{ bar *Bar }

func (r *barRenderer) Destroy()                     {}
func (r *barRenderer) MinSize() fyne.Size           { return fyne.NewSize(Narrowest, BarHeight) }
func (r *barRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.bar.thumb} }

func (r *barRenderer) Layout(size fyne.Size) {
	b, thick := r.bar, float32(5)
	if b.hovered {
		thick = 9
	}
	if b.places.Total <= 0 {
		return
	}
	b.thumb.CornerRadius = thick / 2
	b.thumb.Move(fyne.NewPos(size.Width*b.places.Offset/b.places.Total, (size.Height-thick)/2))
	b.thumb.Resize(fyne.NewSize(size.Width*b.places.View/b.places.Total, thick))
}

func (r *barRenderer) Refresh() {
	r.bar.thumb.FillColor = look.Color(r.bar, theme.ColorNameScrollBar)
	r.Layout(r.bar.Size())
	canvas.Refresh(r.bar)
}
