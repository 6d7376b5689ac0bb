package detail

import (
	"fyne.io/fyne/v2"

	"sightline.example/desktop/widgets/look"
)

// beside lays out what is visible side by side, all equally wide.
type beside struct{}

func (b *beside) MinSize(objects []fyne.CanvasObject) (least fyne.Size) {
	for _, o := range shown(objects) {
		size := o.MinSize()
		least.Width += size.Width + 2*look.Gap
		least.Height = max(least.Height, size.Height)
	}
	least.Width -= 2 * look.Gap
	return least
}

func (b *beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	all := shown(objects)
	width := (size.Width+2*look.Gap)/float32(max(1, len(all))) - 2*look.Gap
	for i, o := range all {
		o.Move(fyne.NewPos(float32(i)*(width+2*look.Gap), 0))
		o.Resize(fyne.NewSize(width, size.Height))
	}
}

func shown(objects []fyne.CanvasObject) (all []fyne.CanvasObject) {
	for _, o := range objects {
		if o.Visible() {
			all = append(all, o)
		}
	}
	return all
}
