package palette

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/look"
)

// line shows one item.
type line struct {
	widget.BaseWidget
	palette       *Palette
	index         int
	back          *canvas.Rectangle
	title, detail *widget.Label
	texts         *fyne.Container
}

func newLine(p *Palette) *line {
	l := &line{palette: p, back: canvas.NewRectangle(color.Transparent), title: look.Line(""), detail: look.Caption("")}
	l.texts = look.Ends(l.title, l.detail)
	l.ExtendBaseWidget(l)
	return l
}

func (l *line) show(i int) {
	l.index = i
	item := l.palette.items[i]
	l.title.SetText(item.Title)
	l.detail.SetText(item.Detail)
	l.texts.Refresh()
	l.back.Hidden = i != l.palette.at
	l.back.FillColor = look.Color(l, theme.ColorNameSelection)
	l.back.CornerRadius = look.Size(l, theme.SizeNameSelectionRadius)
	l.back.Refresh()
}

// Tapped chooses the item.
func (l *line) Tapped(*fyne.PointEvent) { l.palette.chooseAt(l.index) }

// MouseIn takes the pointer for an arrow key.
func (l *line) MouseIn(*desktop.MouseEvent) {
	l.palette.at = l.index
	l.palette.list.Refresh()
}

// MouseMoved does nothing.
func (l *line) MouseMoved(*desktop.MouseEvent) {}

// MouseOut does nothing.
func (l *line) MouseOut() {}

// CreateRenderer is for Fyne.
func (l *line) CreateRenderer() fyne.WidgetRenderer {
	beside := container.New(layout.NewCustomPaddedLayout(0, 0, 0, look.Gap), l.texts) // the scrollbar
	return widget.NewSimpleRenderer(container.NewStack(l.back, beside))
}
