package overview

import (
	"fyne.io/fyne/v2"

	"sightline.example/desktop/widgets/look"
)

// Sizes of a tile, in Fyne's pixels.
const (
	tileWidth  float32 = 172
	tileHeight float32 = 84
)

// flow lays tiles out from left to right, in as many lines as they need.
type flow struct{ columns int }

func (f *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	lines := (len(objects) + max(1, f.columns) - 1) / max(1, f.columns)
	if f.columns == 0 {
		lines = 1
	}
	return fyne.NewSize(tileWidth, float32(lines)*(tileHeight+look.Gap)-look.Gap)
}

func (f *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.columns = max(1, int((size.Width+look.Gap)/(tileWidth+look.Gap)))
	for i, o := range objects {
		x, y := float32(i%f.columns), float32(i/f.columns)
		o.Move(fyne.NewPos(x*(tileWidth+look.Gap), y*(tileHeight+look.Gap)))
		width := tileWidth
		if _, tile := o.(*number); !tile {
			width = min(size.Width, 2*tileWidth+look.Gap)
		}
		o.Resize(fyne.NewSize(width, tileHeight))
	}
}
