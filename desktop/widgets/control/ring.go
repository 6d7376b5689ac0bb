package control

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"sightline.example/desktop/widgets/look"
)

// ringed draws a ring round a control that has the focus, over what Fyne draws.
type ringed struct {
	fyne.WidgetRenderer
	object  fyne.CanvasObject
	ring    *canvas.Rectangle
	focused func() bool
	// outlined controls have a line round them without the focus too.
	outlined bool
	// extra is width the control has beyond what Fyne gives it; nil is none.
	extra func() float32
}

func newRinged(o fyne.CanvasObject, inner fyne.WidgetRenderer, focused func() bool) *ringed {
	r := &ringed{WidgetRenderer: inner, object: o, ring: canvas.NewRectangle(color.Transparent), focused: focused}
	r.paint()
	return r
}

func (r *ringed) Objects() []fyne.CanvasObject {
	return append(slices.Clone(r.WidgetRenderer.Objects()), r.ring)
}

func (r *ringed) MinSize() fyne.Size {
	least := r.WidgetRenderer.MinSize()
	if r.extra != nil {
		least.Width += 2 * r.extra()
	}
	return least
}

func (r *ringed) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	out := float32(2)
	if r.outlined {
		out = 0
	}
	r.ring.Move(fyne.NewPos(-out, -out))
	r.ring.Resize(size.AddWidthHeight(2*out, 2*out))
}

func (r *ringed) Refresh() {
	r.paint()
	r.WidgetRenderer.Refresh()
}

func (r *ringed) paint() {
	focused := r.focused()
	r.ring.Hidden = !focused && !r.outlined
	r.ring.StrokeColor, r.ring.StrokeWidth = look.Color(r.object, theme.ColorNameInputBorder), 1
	if focused {
		r.ring.StrokeColor, r.ring.StrokeWidth = look.Color(r.object, look.Ring), 2
	}
	r.ring.CornerRadius = look.Size(r.object, theme.SizeNameInputRadius) + 2
	if r.outlined {
		r.ring.CornerRadius -= 2
	}
	r.ring.Refresh()
}
