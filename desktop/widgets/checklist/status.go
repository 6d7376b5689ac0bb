package checklist

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"sightline.example/desktop/widgets/look"
)

// status is a layout of how many are selected beside what puts those first. The number
// is said in the fewer words the less room there is.
type status struct{ check *CheckList }

// MinSize is for Fyne.
func (s *status) MinSize(objects []fyne.CanvasObject) fyne.Size {
	count, first := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(count.Width+first.Width, max(count.Height, first.Height))
}

// Layout is for Fyne.
func (s *status) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	first := objects[1].MinSize().Width
	room := size.Width - first
	objects[0].Resize(fyne.NewSize(room, size.Height))
	objects[1].Move(fyne.NewPos(room, 0))
	objects[1].Resize(fyne.NewSize(first, size.Height))
	s.check.tell(room - 2*look.Gap)
}

// tell says how many are selected.
func (c *CheckList) tell(room float32) {
	selected, existing, _ := c.items.count()
	data := map[string]any{"Selected": selected, "All": existing}
	text := lang.L("{{.Selected}} of {{.All}} selected", data)
	if fyne.MeasureText(text, look.Size(c, theme.SizeNameCaptionText), c.count.TextStyle).Width > room {
		text = lang.L("{{.Selected}} of {{.All}}", data)
	}
	if text != c.count.Text {
		c.count.SetText(text)
	}
}
