package frame_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"sightline.example/desktop/widgets/grid/frame"
)

func TestSpareWidthIsSharedAndLackOfItScrolled(t *testing.T) {
	cases := []struct {
		width    float32
		want     []float32
		overflow bool
	}{
		{400, []float32{100, 100, 100}, false},
		{700, []float32{200, 300, 100}, false},
		{350, []float32{100 + 50./3, 100 + 100./3, 100}, true},
		{190, []float32{100, 100, 100}, true},
	}
	for _, c := range cases {
		p := &frame.Places{Least: []float32{100, 100, 100}, Grow: []float32{1, 2, 0}, Left: 40, Right: 60}
		p.Fit(c.width)
		for i := range c.want {
			if p.Width[i] != c.want[i] {
				t.Errorf("in %v: widths %v, want %v", c.width, p.Width, c.want)
			}
		}
		if p.Overflows() != c.overflow {
			t.Errorf("in %v: overflows %v, want %v", c.width, p.Overflows(), c.overflow)
		}
	}
}

func TestWithoutGrowingColumnsTheRestStaysEmpty(t *testing.T) {
	p := &frame.Places{Least: []float32{100}, Grow: []float32{0}}
	p.Fit(500)
	if p.Width[0] != 100 || p.Column(99) != 0 || p.Column(101) != -1 {
		t.Errorf("width %v, columns %d and %d", p.Width, p.Column(99), p.Column(101))
	}
}

// TestEveryPlaceBelongsToOneColumn holds what Each, Column and Scroll say of the
// same places to each other.
func TestEveryPlaceBelongsToOneColumn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "columns")
		width := func(i int) float32 { return float32(rapid.IntRange(48, 400).Draw(t, "least")) }
		p := &frame.Places{Left: 40, Right: 44}
		for i := range n {
			p.Least = append(p.Least, width(i))
			p.Grow = append(p.Grow, float32(rapid.IntRange(0, 3).Draw(t, "grow")))
		}
		p.Fit(float32(rapid.IntRange(0, 2000).Draw(t, "width")))
		p.Scroll(float32(rapid.IntRange(-500, 3000).Draw(t, "scroll")))
		if p.Offset < 0 || p.Offset > max(0, p.Total-p.View) {
			t.Fatalf("scrolled to %v of %v, of which %v are seen", p.Offset, p.Total, p.View)
		}
		end := p.Left - p.Offset
		p.Each(func(i int, x, width float32) {
			if math.Abs(float64(x-end)) > 0.1 || width < p.Least[i] {
				t.Fatalf("column %d is %v wide at %v, after %v", i, width, x, end)
			}
			middle := x + width/2
			seen := middle >= p.Left && middle < p.Left+p.View
			if got := p.Column(middle); seen && got != i || !seen && got != -1 {
				t.Fatalf("at %v is column %d, want %d (seen: %v)", middle, got, i, seen)
			}
			end = x + width
		})
	})
}
