package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"sightline.example/desktop/widgets/grid/frame"
	"sightline.example/desktop/widgets/look"
)

// cell is a row's place in a column.
type cell[T any] struct {
	column *Column[T]
	object *fyne.Container
	text   *canvas.Text      // of columns with Text
	custom fyne.CanvasObject // of columns with Build
	bone   *canvas.Rectangle // while the row is not loaded
	width  float32
}

func newCell[T any](column *Column[T]) *cell[T] {
	c := &cell[T]{column: column, bone: canvas.NewRectangle(color.Transparent)}
	var content fyne.CanvasObject
	if column.Text != nil {
		c.text = canvas.NewText("", color.Transparent)
		c.text.Alignment = column.Align
		content = c.text
	} else {
		c.custom = column.Build()
		content = c.custom
	}
	c.object = &fyne.Container{Objects: []fyne.CanvasObject{c.bone, content}}
	return c
}

func (c *cell[T]) show(at fyne.CanvasObject, row T, loaded bool) {
	c.bone.Hidden = loaded
	c.bone.FillColor = look.Color(at, theme.ColorNameHeaderBackground)
	c.bone.CornerRadius = 4
	switch {
	case c.text != nil:
		c.text.Hidden = !loaded
		c.text.TextSize = look.Size(at, theme.SizeNameText)
		c.text.Color = look.Color(at, c.ink(row, loaded))
		c.text.Text = ""
		if loaded {
			c.text.Text = look.Fit(c.column.Text(row), c.text.TextSize, c.text.TextStyle, c.width)
		}
		c.text.Refresh()
	case loaded:
		c.custom.Show()
		c.column.Show(row, c.custom)
		c.lay() // what it shows now may be higher
	default:
		c.custom.Hide()
	}
}

// ink returns the name of the color of the text.
func (c *cell[T]) ink(row T, loaded bool) fyne.ThemeColorName {
	if loaded && c.column.Dim != nil && c.column.Dim(row) {
		return theme.ColorNamePlaceHolder
	}
	return theme.ColorNameForeground
}

// tip explains the cell: as its column does, or else with the text where it was
// cut.
func (c *cell[T]) tip(row T) string {
	if c.column.Tip != nil {
		return c.column.Tip(row)
	}
	if c.text != nil && c.text.Text != c.column.Text(row) {
		return c.column.Text(row)
	}
	return ""
}

// place puts the cell at x. Its text is fitted when it is shown the next time.
func (c *cell[T]) place(x, width, height float32) {
	c.width = max(0, width-2*frame.Inset)
	c.object.Move(fyne.NewPos(x+frame.Inset, 0))
	c.object.Resize(fyne.NewSize(c.width, height))
	c.bone.Move(fyne.NewPos(0, (height-12)/2))
	c.bone.Resize(fyne.NewSize(c.width*0.7, 12))
	c.lay()
}

func (c *cell[T]) lay() {
	size := c.object.Size()
	if c.text != nil {
		c.text.Resize(size)
		return
	}
	height := min(size.Height, c.custom.MinSize().Height)
	c.custom.Move(fyne.NewPos(0, (size.Height-height)/2))
	c.custom.Resize(fyne.NewSize(size.Width, height))
}
