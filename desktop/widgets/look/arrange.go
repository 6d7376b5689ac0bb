package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// Flush returns the label without the space Fyne keeps around its text, so that
// the text lines up with what stands above and below.
func Flush(label fyne.CanvasObject) *fyne.Container {
	return Pad(-Gap, label)
}

// Pad returns content with space on all sides.
func Pad(space float32, content fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(space, space, space, space), content)
}

// Middle keeps what is lower than the room it gets in the middle of it, at its
// full width: a title beside buttons, for example.
func Middle(content fyne.CanvasObject) *fyne.Container {
	return container.NewVBox(layout.NewSpacer(), content, layout.NewSpacer())
}

// Scroll scrolls what is too high for a page. Its bar stands in the margin beside
// the page, which is at least as wide, and covers nothing. On the other side a ring or a
// box that stands out is not cut.
func Scroll(content fyne.CanvasObject) *fyne.Container {
	const bar, ring = 12, 6
	inner := container.New(layout.NewCustomPaddedLayout(0, 0, ring, bar), content)
	return container.New(layout.NewCustomPaddedLayout(0, 0, -ring, -bar), container.NewVScroll(inner))
}

// Row puts objects beside each other, each as wide as it needs to be.
func Row(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedHBoxLayout(Gap), objects...)
}

// Column puts objects below each other, with space between them.
func Column(space float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(space), objects...)
}

// Ends puts two labels on a line: text at its beginning, and detail at its end,
// which gets what it needs but never more than 40 percent.
func Ends(text, detail *widget.Label) *fyne.Container {
	detail.Alignment = fyne.TextAlignTrailing
	return container.New(&ends{detail}, text, detail)
}

type ends struct{ detail *widget.Label }

func (e *ends) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(120, objects[0].MinSize().Height)
}

func (e *ends) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	need := float32(0)
	if e.detail.Text != "" {
		text := fyne.MeasureText(e.detail.Text, Size(e.detail, e.detail.SizeName), e.detail.TextStyle)
		need = min(text.Width+2*Gap+1, size.Width*0.4)
	}
	objects[0].Resize(fyne.NewSize(size.Width-need, size.Height))
	height := objects[1].MinSize().Height
	objects[1].Resize(fyne.NewSize(need, height))
	objects[1].Move(fyne.NewPos(size.Width-need, (size.Height-height)/2))
}
