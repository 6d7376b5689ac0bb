package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Panel is a rounded box around something. Change its fields on the UI goroutine
// and call Refresh.
type Panel struct {
	widget.BaseWidget

	// Content is what the box goes round; fixed once the panel is shown.
	Content fyne.CanvasObject
	// Fill and Stroke name colors; an empty name paints nothing.
	Fill, Stroke fyne.ThemeColorName
	// Radius rounds the corners; 0 is that of inputs.
	Radius float32
	// Width is that of the stroke; 0 is 1.
	Width float32
	// Raised panels throw a shadow.
	Raised bool
}

// NewPanel returns a panel with the content and fill.
func NewPanel(fill fyne.ThemeColorName, content fyne.CanvasObject) *Panel {
	p := &Panel{Content: content, Fill: fill}
	p.ExtendBaseWidget(p)
	return p
}

// NewCard returns a panel for content: on a surface, with a hairline round it.
func NewCard(content fyne.CanvasObject) *Panel {
	p := NewPanel(Surface, content)
	p.Stroke = theme.ColorNameSeparator
	p.Radius = 10
	return p
}

// CreateRenderer is for Fyne.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	box := canvas.NewRectangle(color.Transparent)
	r := &panelRenderer{WidgetRenderer: widget.NewSimpleRenderer(container.NewStack(box, p.Content)), panel: p, box: box}
	r.paint()
	return r
}

type panelRenderer struct {
	fyne.WidgetRenderer
	panel *Panel
	box   *canvas.Rectangle
}

func (r *panelRenderer) Refresh() {
	r.paint()
	r.WidgetRenderer.Refresh()
}

func (r *panelRenderer) paint() {
	p := r.panel
	r.box.FillColor, r.box.StrokeColor, r.box.StrokeWidth = color.Transparent, color.Transparent, 0
	if p.Fill != "" {
		r.box.FillColor = Color(p, p.Fill)
	}
	if p.Stroke != "" {
		r.box.StrokeColor, r.box.StrokeWidth = Color(p, p.Stroke), max(p.Width, 1)
	}
	r.box.Shadow = canvas.Shadow{}
	if p.Raised {
		r.box.Shadow = canvas.Shadow{Color: Color(p, theme.ColorNameShadow), BlurRadius: 12, Offset: fyne.NewPos(0, 3)}
	}
	r.box.CornerRadius = p.Radius
	if p.Radius == 0 {
		r.box.CornerRadius = Size(p, theme.SizeNameInputRadius)
	}
	r.box.Refresh()
}
