package grid

import (
	"fyne.io/fyne/v2"

	"sightline.example/desktop/widgets/grid/frame"
)

// usual is how wide a column is, in Fyne's pixels.
const usual float32 = 140

// Column is one column of a grid. Either Text or both Build and Show are set.
type Column[T any] struct {
	// ID names the column in settings.
	ID string
	// Title stands in the header.
	Title string
	// Width is what the column has at least; 0 is 140.
	Width float32
	// Grow is the column's share of the width that is left over.
	Grow float32
	// Align is where the text of the cells and the title stand.
	Align fyne.TextAlign
	// Sort is what OnSort gets to sort by this column. Empty means that it
	// can't be sorted by.
	Sort string

	// Text returns what a cell says. It ends in an ellipsis where it does not fit.
	Text func(row T) string
	// Wrap has a text that is too long for one line go on in a second, both smaller:
	// for sentences.
	Wrap bool
	// Dim reports that the text is not to be relied on, and is painted fainter.
	Dim func(row T) bool
	// Build makes an empty cell, which Show fills. A cell is filled again and
	// again, with other rows.
	Build func() fyne.CanvasObject
	Show  func(row T, cell fyne.CanvasObject)

	// Tip explains a cell when the pointer rests on it. Nil shows the whole of a
	// text that did not fit.
	Tip func(row T) string
}

func (c Column[T]) width() float32 {
	if c.Width == 0 {
		return usual
	}
	return max(c.Width, frame.Narrowest)
}

// Sort is an order of rows: by a column's sort key. The zero value is no order.
type Sort struct {
	Key        string
	Descending bool
}

// next returns the order that tapping a column's title asks for.
func (s Sort) next(key string) Sort {
	return Sort{Key: key, Descending: s.Key == key && !s.Descending}
}
