package control

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/look"
)

// Progress is a thin bar of how much is done. Fyne's own is as high as a button, and
// writes on itself in a color that can't be read on both halves.
type Progress struct {
	widget.BaseWidget

	done       float64
	back, part *canvas.Rectangle
}

// NewProgress returns a bar of nothing done.
func NewProgress() *Progress {
	p := &Progress{back: canvas.NewRectangle(color.Transparent), part: canvas.NewRectangle(color.Transparent)}
	p.ExtendBaseWidget(p)
	return p
}

// Set shows how much is done, between 0 and 1.
func (p *Progress) Set(done float64) {
	p.done = max(0, min(done, 1))
	p.Refresh()
}

// Done returns how much is shown to be done.
func (p *Progress) Done() float64 { return p.done }

// CreateRenderer is for Fyne.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	r := &progressRenderer{p}
	r.Refresh()
	return r
}

const progressHeight float32 = 6

type progressRenderer struct{ bar *Progress }

func (r *progressRenderer) Destroy()           {}
func (r *progressRenderer) MinSize() fyne.Size { return fyne.NewSize(progressHeight, progressHeight) }

func (r *progressRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.bar.back, r.bar.part}
}

func (r *progressRenderer) Layout(size fyne.Size) {
	r.bar.back.Resize(size)
	r.bar.part.Resize(fyne.NewSize(size.Width*float32(r.bar.done), size.Height))
}

func (r *progressRenderer) Refresh() {
	r.bar.back.FillColor, r.bar.back.CornerRadius = look.Color(r.bar, theme.ColorNameButton), progressHeight/2
	r.bar.part.FillColor, r.bar.part.CornerRadius = look.Color(r.bar, theme.ColorNamePrimary), progressHeight/2
	r.Layout(r.bar.Size())
	canvas.Refresh(r.bar)
}
