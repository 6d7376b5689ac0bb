// Package frame has what stands round the rows of a grid and does not depend on
// what they are rows of: where the columns are, the header that names and sorts
// them, the bar that scrolls them, and the marks in rows.
//
// Everything in this package belongs to the UI goroutine.
package frame

// Sizes that header and rows share, in Fyne's pixels.
const (
	HeaderHeight float32 = 40
	TickWidth    float32 = 40 // what the column of ticks takes
	MenuWidth    float32 = 44 // what the column of menus takes
	EditWidth    float32 = 32 // what the column of pencils takes
	Inset        float32 = 10 // between a column's edge and what it shows
	Narrowest    float32 = 48 // a column
	Corner       float32 = 9  // rounds the titles, as the card around them
)

// Places has where columns begin and end. Ticks stay on the left and menus on
// the right when the columns between them are scrolled.
type Places struct {
	// Least is how wide each column is at least, and Grow its share of what is
	// left over.
	Least, Grow []float32
	// Left and Right are what ticks and menus take.
	Left, Right float32

	// What follows is set by Fit and Scroll: the width that is left for columns,
	// that of each, that of all, and how far they are scrolled.
	View   float32
	Width  []float32
	Total  float32
	Offset float32
}

// Fit shares the width among the columns. Where not all have room, those that do fill
// it, so that none is cut before anything is scrolled.
func (p *Places) Fit(width float32) {
	p.View = max(0, width-p.Left-p.Right)
	p.Width = append(p.Width[:0], p.Least...)
	n := p.whole()
	if spare, shares := p.View-sum(p.Least[:n]), sum(p.Grow[:n]); spare > 0 && shares > 0 {
		for i, share := range p.Grow[:n] {
			p.Width[i] += spare * share / shares
		}
	}
	p.Total = sum(p.Width)
	p.Scroll(p.Offset)
}

// whole returns how many columns from the left have room.
func (p *Places) whole() (n int) {
	for room := p.View; n < len(p.Least) && p.Least[n] <= room; n++ {
		room -= p.Least[n]
	}
	return n
}

// Scroll scrolls to x, or as far as there is something.
func (p *Places) Scroll(x float32) { p.Offset = max(0, min(x, p.Total-p.View)) }

// Overflows reports whether there is more than can be seen.
func (p *Places) Overflows() bool { return p.Total > p.View+0.5 }

// Column returns the column at x of a row, or -1.
func (p *Places) Column(x float32) (column int) {
	column = -1
	if x < p.Left || x >= p.Left+p.View {
		return column
	}
	p.Each(func(i int, from, width float32) {
		if x >= from && x < from+width {
			column = i
		}
	})
	return column
}

// Each calls f with where in a row each column begins, and its width.
func (p *Places) Each(f func(i int, x, width float32)) {
	x := p.Left - p.Offset
	for i, width := range p.Width {
		f(i, x, width)
		x += width
	}
}

func sum(values []float32) (total float32) {
	for _, v := range values {
		total += v
	}
	return total
}
