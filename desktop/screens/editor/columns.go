package editor

import (
	"fyne.io/fyne/v2"

	"sightline.example/desktop/widgets/look"
)

// columns lays out what is edited beside what comes of it, which gets a third.
type columns struct{}

func (columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	left, right := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(left.Width+look.Gap+max(right.Width, 170), max(left.Height, right.Height))
}

func (columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	least := objects[0].MinSize().Width
	width := min(max(size.Width/3, 170), 420, size.Width-look.Gap-least)
	objects[0].Resize(fyne.NewSize(size.Width-width-look.Gap, size.Height))
	objects[0].Move(fyne.NewPos(0, 0))
	objects[1].Resize(fyne.NewSize(width, size.Height))
	objects[1].Move(fyne.NewPos(size.Width-width, 0))
}
