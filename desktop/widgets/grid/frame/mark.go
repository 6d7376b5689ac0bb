package frame

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Mark is an icon in a row that can be tapped. It takes no focus, since Tab would
// otherwise stop at every row; the keyboard has Space and the menu key for it.
type Mark struct {
	widget.BaseWidget
	// On is told when the button goes down and up on the icon; nil is nobody.
	On desktop.Mouseable

	name   fyne.ThemeIconName
	image  *canvas.Image
	tapped func()
}

// NewMark returns the icon of the name.
func NewMark(name fyne.ThemeIconName, tapped func()) *Mark {
	m := &Mark{name: name, tapped: tapped, image: &canvas.Image{FillMode: canvas.ImageFillContain}}
	m.paint()
	m.ExtendBaseWidget(m)
	return m
}

// Set shows a tick or an empty box.
func (m *Mark) Set(ticked bool) {
	name := theme.IconNameCheckButton
	if ticked {
		name = theme.IconNameCheckButtonChecked
	}
	m.change(name)
}

// SetPart shows how many of the rows are ticked.
func (m *Mark) SetPart(p Part) {
	m.change([]fyne.ThemeIconName{theme.IconNameCheckButton, theme.IconNameCheckButtonPartial, theme.IconNameCheckButtonChecked}[p])
}

// change shows another icon. The same is not painted again: to read an icon takes
// longer than all else in a row.
func (m *Mark) change(name fyne.ThemeIconName) {
	if name != m.name {
		m.name = name
		m.again()
	}
}

func (m *Mark) again() {
	m.paint()
	m.image.Refresh()
}

func (m *Mark) paint() {
	icon := theme.NewThemedResource(theme.Current().Icon(m.name))
	icon.ColorName = theme.ColorNamePrimary
	switch m.name {
	case theme.IconNameCheckButton:
		icon.ColorName = theme.ColorNameInputBorder
	case theme.IconNameMoreVertical:
		icon.ColorName = theme.ColorNamePlaceHolder
	}
	m.image.Resource = icon
}

// MouseDown tells On.
func (m *Mark) MouseDown(e *desktop.MouseEvent) {
	if m.On != nil {
		m.On.MouseDown(e)
	}
}

// MouseUp tells On.
func (m *Mark) MouseUp(e *desktop.MouseEvent) {
	if m.On != nil {
		m.On.MouseUp(e)
	}
}

// Tapped does what the icon is for.
func (m *Mark) Tapped(*fyne.PointEvent) { m.tapped() }

// CreateRenderer is for Fyne.
func (m *Mark) CreateRenderer() fyne.WidgetRenderer { return &markRenderer{m} }

type markRenderer struct{ mark *Mark }

func (r *markRenderer) Destroy()                     {}
func (r *markRenderer) MinSize() fyne.Size           { return fyne.NewSquareSize(20) }
func (r *markRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.mark.image} }
func (r *markRenderer) Refresh()                     { r.mark.again() }
func (r *markRenderer) Layout(size fyne.Size) {
	const side = 20
	r.mark.image.Move(fyne.NewPos((size.Width-side)/2, (size.Height-side)/2))
	r.mark.image.Resize(fyne.NewSquareSize(side))
}

// Part says how many of the rows are ticked.
type Part int

// The parts.
const (
	None Part = iota
	Some
	Every
)
