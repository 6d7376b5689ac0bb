// Package chip shows short facts as words on a colored ground: the state of a
// thing, or a filter that can be taken off again. The color never stands alone,
// the word says the same.
package chip

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/look"
)

// Sizes of a chip, in Fyne's pixels.
const (
	height float32 = 24
	side   float32 = 10
	widest float32 = 280 // a longer text ends in an ellipsis
)

// Chip is a word on a colored ground, no wider than it needs to be.
type Chip struct {
	widget.BaseWidget
	text string
	tone look.Tone
}

// New returns a chip.
func New(text string, tone look.Tone) *Chip {
	c := &Chip{text: text, tone: tone}
	c.ExtendBaseWidget(c)
	return c
}

// Set changes what the chip says. What it says already is not painted again.
func (c *Chip) Set(text string, tone look.Tone) {
	if c.text != text || c.tone != tone {
		c.text, c.tone = text, tone
		c.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{chip: c, box: canvas.NewRectangle(color.Transparent), text: canvas.NewText("", color.Transparent)}
	r.Refresh()
	return r
}

type renderer struct {
	chip *Chip
	box  *canvas.Rectangle
	text *canvas.Text
}

func (r *renderer) Destroy() {}

func (r *renderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.box, r.text} }

func (r *renderer) MinSize() fyne.Size { return fyne.NewSize(r.wanted(), height) }

// wanted is the width at which the whole text can be read, or the widest.
func (r *renderer) wanted() float32 {
	size := fyne.MeasureText(r.chip.text, r.text.TextSize, r.text.TextStyle)
	return min(widest, size.Width+2*side)
}

func (r *renderer) Layout(size fyne.Size) {
	width := min(size.Width, r.wanted())
	top := (size.Height - height) / 2
	r.box.Move(fyne.NewPos(0, top))
	r.box.Resize(fyne.NewSize(width, height))
	r.text.Text = look.Fit(r.chip.text, r.text.TextSize, r.text.TextStyle, width-2*side)
	r.text.Move(fyne.NewPos(side, top))
	r.text.Resize(fyne.NewSize(max(0, width-2*side), height))
}

func (r *renderer) Refresh() {
	r.box.FillColor = look.Color(r.chip, r.chip.tone.Fill())
	r.box.CornerRadius = height / 2
	r.text.Color = look.Color(r.chip, r.chip.tone.Text())
	r.text.TextSize = look.Size(r.chip, theme.SizeNameCaptionText)
	r.text.TextStyle.Bold = true
	r.Layout(r.chip.Size())
	canvas.Refresh(r.chip)
}
