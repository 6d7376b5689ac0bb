package look

import "fyne.io/fyne/v2"

// Columns lays out what is edited beside what comes of it, which gets a third.
type Columns struct{}

// MinSize is for Fyne.
func (Columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	left, right := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(left.Width+Gap+max(right.Width, 160), max(left.Height, right.Height))
}

// Layout is for Fyne.
func (Columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	least := objects[0].MinSize().Width
	width := min(max(size.Width/3, 170), 420, size.Width-Gap-least)
	objects[0].Resize(fyne.NewSize(size.Width-width-Gap, size.Height))
	objects[0].Move(fyne.NewPos(0, 0))
	objects[1].Resize(fyne.NewSize(width, size.Height))
	objects[1].Move(fyne.NewPos(size.Width-width, 0))
}
