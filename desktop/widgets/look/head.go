package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// Head is the top line of a page: its title, which gets the room there is, and at
// the end what can be done, all in the middle of the line.
func Head(title fyne.CanvasObject, actions ...fyne.CanvasObject) *fyne.Container {
	for i, a := range actions {
		actions[i] = container.NewCenter(a)
	}
	right := Row(actions...)
	return container.New(layout.NewBorderLayout(nil, nil, nil, right), container.New(middle{}, Flush(title)), right)
}

// middle is a layout that keeps its one object in the middle of the height, and
// gives it the whole width.
type middle struct{}

func (middle) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (middle) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	height := min(size.Height, objects[0].MinSize().Height)
	objects[0].Resize(fyne.NewSize(size.Width, height))
	objects[0].Move(fyne.NewPos(0, (size.Height-height)/2))
}
