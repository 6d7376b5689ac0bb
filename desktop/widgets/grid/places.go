package grid

// Sizes of what every row has, in Fyne's pixels.
const (
	rowHeight    float32 = 36
	headerHeight float32 = 40
	tickWidth    float32 = 40
	menuWidth    float32 = 44
	inset        float32 = 10 // between a column's edge and what it shows
	corner       float32 = 9  // rounds a grid
)

// places has where columns begin and end. Ticks stay on the left and menus on
// the right when the columns between them are scrolled.
type places struct {
	least, grow []float32 // of each column

	left, right float32   // what ticks and menus take
	view        float32   // what is left for columns
	width       []float32 // of each column, now
	total       float32
	offset      float32 // how far the columns are scrolled
}

// fit shares the width among the columns.
func (p *places) fit(width float32) {
	p.view = max(0, width-p.left-p.right)
	p.width = append(p.width[:0], p.least...)
	p.total = sum(p.least)
	if spare, shares := p.view-p.total, sum(p.grow); spare > 0 && shares > 0 {
		for i, share := range p.grow {
			p.width[i] += spare * share / shares
		}
		p.total = p.view
	}
	p.scroll(p.offset)
}

// scroll scrolls to x, or as far as there is something.
func (p *places) scroll(x float32) { p.offset = max(0, min(x, p.total-p.view)) }

// overflows reports whether there is more than can be seen.
func (p *places) overflows() bool { return p.total > p.view+0.5 }

// columnAt returns the column at x of a row, or -1.
func (p *places) columnAt(x float32) int {
	if x < p.left || x >= p.left+p.view {
		return -1
	}
	x += p.offset - p.left
	for i, width := range p.width {
		if x >= 0 && x < width {
			return i
		}
		x -= width
	}
	return -1
}

// each calls f with where each column begins, scrolled, and its width.
func (p *places) each(f func(i int, x, width float32)) {
	x := -p.offset
	for i, width := range p.width {
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
