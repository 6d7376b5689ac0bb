package look

import "fyne.io/fyne/v2"

// Beside lays what is visible out side by side, all equally wide, with space
// between.
type Beside struct{ Space float32 }

// MinSize is for Fyne.
func (b Beside) MinSize(objects []fyne.CanvasObject) (least fyne.Size) {
	all := visible(objects)
	for _, o := range all {
		least = least.Max(o.MinSize())
	}
	n := float32(max(1, len(all)))
	return fyne.NewSize(n*(least.Width+b.Space)-b.Space, least.Height)
}

// Layout is for Fyne.
func (b Beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	all := visible(objects)
	step := (size.Width + b.Space) / float32(max(1, len(all)))
	for i, o := range all {
		o.Move(fyne.NewPos(float32(i)*step, 0))
		o.Resize(fyne.NewSize(step-b.Space, size.Height))
	}
}

func visible(objects []fyne.CanvasObject) (all []fyne.CanvasObject) {
	for _, o := range objects {
		if o.Visible() {
			all = append(all, o)
		}
	}
	return all
}
