package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// Head is the top line of a page: its title, which gets the room there is, and at
// the end what can be done, all in the middle of the line.
func Head(title fyne.CanvasObject, actions ...fyne.CanvasObject) *fyne.Container {
	left, right := container.New(middle{}, Flush(title)), container.New(level{}, actions...)
	return container.New(layout.NewBorderLayout(nil, nil, nil, right), left, right)
}

// level is a layout beside each other, each as large as it needs to be and in the
// middle of the height. What is hidden takes no room.
type level struct{}

func (level) MinSize(objects []fyne.CanvasObject) (size fyne.Size) {
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		if size.Width > 0 {
			size.Width += Gap
		}
		size = fyne.NewSize(size.Width+least.Width, max(size.Height, least.Height))
	}
	return size
}

func (level) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		o.Resize(least)
		o.Move(fyne.NewPos(x, (size.Height-least.Height)/2))
		x += least.Width + Gap
	}
}

// headHeight is how high the line is at least: as high as one with buttons, so that
// titles do not jump from page to page.
const headHeight = 36

// middle is a layout that keeps its one object in the middle of the height, and
// gives it the whole width.
type middle struct{}

func (middle) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := objects[0].MinSize()
	return fyne.NewSize(least.Width, max(least.Height, headHeight))
}

func (middle) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	height := min(size.Height, objects[0].MinSize().Height)
	objects[0].Resize(fyne.NewSize(size.Width, height))
	objects[0].Move(fyne.NewPos(0, (size.Height-height)/2))
}
