package selection

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/sketch"
	"sightline.example/desktop/widgets/look"
)

// Up to fewChanges are shown whole; more scroll in the height tallChanges.
const (
	fewChanges          = 3
	tallChanges float32 = 220
)

// Changes shows who and what is gained and lost by what was previewed, as the preview
// beside a scope does; and if it is nothing, that.
func Changes(p sketch.Preview) fyne.CanvasObject {
	box := look.Column(10)
	for _, c := range changed(p, shownNames) {
		box.Add(c.object(false))
	}
	switch {
	case len(box.Objects) == 0:
		return look.Flush(look.Paragraph(lang.L("The client sees the same people, projects and groups as now.")))
	case len(box.Objects) <= fewChanges:
		return box
	}
	scroll := container.NewVScroll(box)
	scroll.SetMinSize(fyne.NewSize(0, tallChanges))
	return scroll
}
