package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"sightline.example/desktop/widgets/look"
)

// CreateRenderer is for Fyne.
func (g *Grid[T]) CreateRenderer() fyne.WidgetRenderer {
	g.back = canvas.NewRectangle(color.Transparent)
	r := &renderer[T]{g}
	r.paint()
	return r
}

type renderer[T any] struct{ grid *Grid[T] }

func (r *renderer[T]) Destroy() {}

// MinSize is the same whatever the grid shows, so that no window ever grows.
func (r *renderer[T]) MinSize() fyne.Size { return fyne.NewSize(160, headerHeight+2*rowHeight) }

// Objects are in the order of the Tab key.
func (r *renderer[T]) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.grid.back, r.grid.top, r.grid.list, r.grid.wheel, r.grid.bar}
}

func (r *renderer[T]) Layout(fyne.Size) { r.grid.arrange() }

func (r *renderer[T]) Refresh() {
	r.paint()
	clear(r.grid.rows) // the list shows again those that can be seen
	r.grid.header.Refresh()
	r.grid.list.Refresh()
	canvas.Refresh(r.grid)
}

func (r *renderer[T]) paint() {
	r.grid.back.FillColor = look.Color(r.grid, look.Surface)
	r.grid.back.CornerRadius = corner
	r.grid.back.Refresh()
}

// arrange shares the grid's size among its parts.
func (g *Grid[T]) arrange() {
	size := g.Size()
	if g.back == nil || size.IsZero() {
		return
	}
	g.places.left, g.places.right = inset, inset
	if g.cfg.Ticks {
		g.places.left = tickWidth
	}
	if g.cfg.Menu != nil {
		g.places.right = menuWidth
	}
	g.places.fit(size.Width)
	foot := float32(0)
	if g.places.overflows() {
		foot = barHeight
	}
	g.back.Resize(size)
	g.top.Resize(fyne.NewSize(size.Width, headerHeight))
	g.header.Resize(g.top.Size())
	// The padding above the list is the one Fyne's list has below each row.
	top := headerHeight + look.Size(g, theme.SizeNamePadding)/2
	g.list.Move(fyne.NewPos(0, top))
	g.list.Resize(fyne.NewSize(size.Width, size.Height-top-foot))
	g.wheel.Move(g.list.Position())
	g.wheel.Resize(g.list.Size())
	g.bar.Move(fyne.NewPos(g.places.left, size.Height-barHeight))
	g.bar.Resize(fyne.NewSize(g.places.view, barHeight))
	if foot == 0 {
		g.bar.Hide()
	} else {
		g.bar.Show()
	}
	g.lay()
}

// lay puts titles and cells where the columns are.
func (g *Grid[T]) lay() {
	g.header.Refresh()
	for row := range g.rows {
		row.show(row.index)
	}
}

func (g *Grid[T]) order() Sort { return g.sort }

func (g *Grid[T]) askSort(s Sort) {
	g.SetSort(s)
	if g.cfg.OnSort != nil {
		g.cfg.OnSort(s)
	}
}

func (g *Grid[T]) ticks() (part, bool) { return g.chosen.part(), g.cfg.Ticks }

func (g *Grid[T]) resize(column int, by float32) {
	g.places.least[column] = max(g.places.width[column]+by, narrowest)
	g.arrange()
}

func (g *Grid[T]) resized(column int) {
	if g.cfg.OnResize != nil {
		g.cfg.OnResize(g.cfg.Columns[column].ID, g.places.least[column])
	}
}
