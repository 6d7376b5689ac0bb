// Package tooltip shows what a thing is, or its full text, when the pointer
// rests on it. Fyne has no tooltips, and an overlay would take the pointer away
// from what it explains; so they are painted on a Layer that lies over the
// window's content and lets everything through.
package tooltip

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/look"
)

// rest is how long the pointer rests before the tooltip comes.
const rest = 500 * time.Millisecond

// widest is where a tooltip's text begins to wrap.
const widest float32 = 360

// below is how far under the pointer a tooltip stands, so as not to be covered.
const below float32 = 20

// Layer shows one tooltip at a time. A nil Layer shows none, so widgets without
// one need no care. It belongs to the UI goroutine.
type Layer struct {
	widget.BaseWidget

	after func(time.Duration, func()) (stop func())
	stop  func()
	text  string
	at    fyne.Position
	shown bool
}

// NewLayer returns an empty layer: stack it over the window's content. after is
// that of an async.Dispatcher.
func NewLayer(after func(time.Duration, func()) (stop func())) *Layer {
	l := &Layer{after: after, stop: func() {}}
	l.ExtendBaseWidget(l)
	return l
}

// Rest says that the pointer has come to a thing with the text, at a place in
// the window. The tooltip is shown if it stays. An empty text shows none.
func (l *Layer) Rest(text string, at fyne.Position) {
	if l == nil {
		return
	}
	l.Leave()
	if text == "" {
		return
	}
	l.stop = l.after(rest, func() {
		l.text, l.at, l.shown = text, at, true
		l.Refresh()
	})
}

// Leave says that the pointer has left, or that something was pressed.
func (l *Layer) Leave() {
	if l == nil {
		return
	}
	l.stop()
	if l.shown {
		l.shown = false
		l.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (l *Layer) CreateRenderer() fyne.WidgetRenderer {
	label := widget.NewLabel("")
	label.SizeName = theme.SizeNameCaptionText
	label.Wrapping = fyne.TextWrapWord
	r := &layerRenderer{layer: l, box: canvas.NewRectangle(color.Transparent), label: label}
	r.Refresh()
	return r
}

type layerRenderer struct {
	layer *Layer
	box   *canvas.Rectangle
	label *widget.Label
}

func (r *layerRenderer) Destroy() {}

func (r *layerRenderer) MinSize() fyne.Size { return fyne.Size{} }

func (r *layerRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.box, r.label}
}

func (r *layerRenderer) Refresh() {
	l := r.layer
	r.box.Hidden, r.label.Hidden = !l.shown, !l.shown
	r.box.FillColor = look.Color(l, theme.ColorNameOverlayBackground)
	r.box.StrokeColor, r.box.StrokeWidth = look.Color(l, theme.ColorNameInputBorder), 1
	r.box.CornerRadius = look.Size(l, theme.SizeNameInputRadius)
	r.label.SetText(l.text)
	r.Layout(l.Size())
	canvas.Refresh(l)
}

// Layout puts the tooltip under the pointer, and back into the window where it
// would stick out.
func (r *layerRenderer) Layout(window fyne.Size) {
	l := r.layer
	if !l.shown {
		return
	}
	origin := fyne.CurrentApp().Driver().AbsolutePositionForObject(l)
	size := r.measure(window)
	at := l.at.Subtract(origin).AddXY(0, below)
	at.X = max(0, min(at.X, window.Width-size.Width))
	if at.Y+size.Height > window.Height {
		at.Y = max(0, at.Y-2*below-size.Height+look.Gap)
	}
	r.box.Move(at)
	r.box.Resize(size)
	r.label.Move(at)
	r.label.Resize(size)
}

func (r *layerRenderer) measure(window fyne.Size) fyne.Size {
	size := look.Size(r.layer, theme.SizeNameCaptionText)
	inner := 2 * look.Size(r.layer, theme.SizeNameInnerPadding)
	width := fyne.MeasureText(r.layer.text, size, fyne.TextStyle{}).Width + inner + 1
	r.label.Resize(fyne.NewSize(min(width, widest, window.Width), 0))
	return fyne.NewSize(r.label.Size().Width, r.label.MinSize().Height)
}
