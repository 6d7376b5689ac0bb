package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"sightline.example/desktop/widgets/grid/frame"
	"sightline.example/desktop/widgets/look"
)

// CreateRenderer is for Fyne.
func (g *Grid[T]) CreateRenderer() fyne.WidgetRenderer {
	return &renderer[T]{g}
}

type renderer[T any] struct{ grid *Grid[T] }

func (r *renderer[T]) Destroy() {}

// MinSize is the same whatever the grid shows, so that no window ever grows.
func (r *renderer[T]) MinSize() fyne.Size { return fyne.NewSize(160, frame.HeaderHeight+2*rowHeight) }

// Objects are in the order of the Tab key.
func (r *renderer[T]) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.grid.top, r.grid.list, r.grid.wheel, r.grid.bar}
}

func (r *renderer[T]) Layout(fyne.Size) { r.grid.arrange() }

func (r *renderer[T]) Refresh() {
	clear(r.grid.rows) // the list shows again those that can be seen
	r.grid.repaint()
	r.grid.header.Refresh()
	r.grid.list.Refresh()
	canvas.Refresh(r.grid)
}

// arrange shares the grid's size among its parts.
func (g *Grid[T]) arrange() {
	size := g.Size()
	if size.IsZero() {
		return
	}
	g.places.Left, g.places.Right = frame.Inset, frame.Inset
	if g.cfg.Ticks {
		g.places.Left = frame.TickWidth
	}
	if g.cfg.Menu != nil {
		g.places.Right = frame.MenuWidth
	}
	if g.cfg.OnEdit != nil {
		g.places.Right += frame.EditWidth
	}
	g.places.Fit(size.Width)
	foot := float32(0)
	if g.places.Overflows() {
		foot = frame.BarHeight
	}
	g.top.Resize(fyne.NewSize(size.Width, g.head()))
	g.top.Hidden = g.cfg.Untitled
	g.header.Resize(g.top.Size())
	// The padding above the list is the one Fyne's list has below each row.
	top := g.head() + look.Size(g, theme.SizeNamePadding)/2
	g.list.Move(fyne.NewPos(0, top))
	g.list.Resize(fyne.NewSize(size.Width, size.Height-top-foot))
	g.wheel.Move(g.list.Position())
	g.wheel.Resize(g.list.Size())
	g.bar.Move(fyne.NewPos(g.places.Left, size.Height-frame.BarHeight))
	g.bar.Resize(fyne.NewSize(g.places.View, frame.BarHeight))
	if foot == 0 {
		g.bar.Hide()
	} else {
		g.bar.Show()
	}
	g.lay()
}

// head is how high the titles are.
func (g *Grid[T]) head() float32 {
	if g.cfg.Untitled {
		return 0
	}
	return frame.HeaderHeight
}

// lay puts titles and cells where the columns are.
func (g *Grid[T]) lay() {
	g.header.Refresh()
	for row := range g.rows {
		row.show(row.index)
	}
}

func (g *Grid[T]) askSort(key string) {
	g.SetSort(g.sort.next(key))
	if g.cfg.OnSort != nil {
		g.cfg.OnSort(g.sort)
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil && c.Focused() == nil {
		g.Focus() // a tap has taken the keyboard away
	}
}

// resize makes a column wider, which stays so. Those before it stay as they are too:
// the edge that is dragged would run away otherwise.
func (g *Grid[T]) resize(column int, by float32) {
	for i := range column {
		g.places.Least[i], g.places.Grow[i] = g.places.Width[i], 0
	}
	g.places.Least[column] = max(g.places.Width[column]+by, frame.Narrowest)
	g.places.Grow[column] = 0
	g.arrange()
}

// reset gives a column the width it has at first.
func (g *Grid[T]) reset(column int) {
	g.usual(column)
	g.arrange()
	g.resized(column)
}

// usual lets a column be as wide as it is at first, and grow.
func (g *Grid[T]) usual(column int) {
	c := g.cfg.Columns[column]
	g.places.Least[column], g.places.Grow[column] = c.width(), c.Grow
}

func (g *Grid[T]) resized(int) {
	if g.cfg.OnResize != nil {
		g.cfg.OnResize(g.Widths())
	}
}
