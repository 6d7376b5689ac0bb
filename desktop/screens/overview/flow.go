package overview

import (
	"fyne.io/fyne/v2"

	"sightline.example/desktop/widgets/look"
)

// Sizes of a tile, in Fyne's pixels, and how many stand in a line.
const (
	tileLeast  float32 = 150
	tileMost   float32 = 280
	tileHeight float32 = 84
	mostTiles          = 4
)

// flow lays tiles out from left to right, in as many lines as they need: all
// equally wide, and so in every part of the page.
type flow struct{ columns int }

func (f *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	lines := (len(objects) + max(1, f.columns) - 1) / max(1, f.columns)
	if f.columns == 0 {
		lines = 1
	}
	return fyne.NewSize(tileLeast, float32(lines)*(tileHeight+look.Gap)-look.Gap)
}

func (f *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.columns = max(1, min(mostTiles, int((size.Width+look.Gap)/(tileLeast+look.Gap))))
	step := min(tileMost+look.Gap, (size.Width+look.Gap)/float32(f.columns))
	for i, o := range objects {
		x, y := i%f.columns, i/f.columns
		o.Move(fyne.NewPos(float32(x)*step, float32(y)*(tileHeight+look.Gap)))
		span := 1
		if _, tile := o.(*number); !tile {
			span = min(2, f.columns-x)
		}
		o.Resize(fyne.NewSize(float32(span)*step-look.Gap, tileHeight))
	}
}
