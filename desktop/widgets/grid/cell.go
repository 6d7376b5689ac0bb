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
	rest   *canvas.Text      // what of it stands in a second line; nil where none does
	custom fyne.CanvasObject // of columns with Build
	bone   *canvas.Rectangle // while the row is not loaded
	width  float32
}

func newCell[T any](column *Column[T]) *cell[T] {
	c := &cell[T]{column: column, bone: canvas.NewRectangle(color.Transparent)}
	c.object = &fyne.Container{Objects: []fyne.CanvasObject{c.bone}}
	if column.Text == nil {
		c.custom = column.Build()
		c.object.Objects = append(c.object.Objects, c.custom)
		return c
	}
	c.text = c.line()
	if column.Wrap {
		c.rest = c.line()
	}
	return c
}

// line adds a line of text.
func (c *cell[T]) line() *canvas.Text {
	text := canvas.NewText("", color.Transparent)
	text.Alignment = c.column.Align
	c.object.Objects = append(c.object.Objects, text)
	return text
}

func (c *cell[T]) show(at fyne.CanvasObject, row T, loaded bool) {
	c.bone.Hidden = loaded
	c.bone.FillColor = look.Color(at, theme.ColorNameHeaderBackground)
	c.bone.CornerRadius = 4
	switch {
	case c.text != nil:
		c.write(at, row, loaded)
	case loaded:
		c.custom.Show()
		c.column.Show(row, c.custom)
		c.lay() // what it shows now may be higher
	default:
		c.custom.Hide()
	}
}

// write shows the text, in two smaller lines where it may have them and has to.
func (c *cell[T]) write(at fyne.CanvasObject, row T, loaded bool) {
	c.text.Hidden = !loaded
	c.text.TextSize = look.Size(at, theme.SizeNameText)
	c.text.Color = look.Color(at, c.ink(row, loaded))
	c.text.Text = ""
	whole := ""
	if loaded {
		whole = c.column.Text(row)
		c.text.Text = look.Fit(whole, c.text.TextSize, c.text.TextStyle, c.width)
	}
	if c.rest != nil {
		c.rest.Hidden = c.text.Text == whole
		if !c.rest.Hidden {
			c.text.TextSize = look.Size(at, theme.SizeNameCaptionText)
			c.rest.TextSize, c.rest.Color = c.text.TextSize, c.text.Color
			c.text.Text, c.rest.Text = look.Break(whole, c.text.TextSize, c.text.TextStyle, c.width)
			c.rest.Refresh()
		}
		c.lay()
	}
	c.text.Refresh()
}

// wraps reports whether the text stands in two lines.
func (c *cell[T]) wraps() bool { return c.rest != nil && !c.rest.Hidden }

// written is what can be read of the text.
func (c *cell[T]) written() string {
	if c.wraps() {
		return c.text.Text + " " + c.rest.Text
	}
	return c.text.Text
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
	if c.text != nil && c.written() != c.column.Text(row) {
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
	switch {
	case c.wraps():
		high := c.text.MinSize().Height
		top := (size.Height - 2*high) / 2
		c.text.Move(fyne.NewPos(0, top))
		c.rest.Move(fyne.NewPos(0, top+high))
		c.text.Resize(fyne.NewSize(size.Width, high))
		c.rest.Resize(c.text.Size())
		return
	case c.text != nil:
		c.text.Move(fyne.NewPos(0, 0))
		c.text.Resize(size)
		return
	}
	height := min(size.Height, c.custom.MinSize().Height)
	c.custom.Move(fyne.NewPos(0, (size.Height-height)/2))
	c.custom.Resize(fyne.NewSize(size.Width, height))
}
