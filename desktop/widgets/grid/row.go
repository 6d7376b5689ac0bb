package grid

import (
	"cmp"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/grid/frame"
	"sightline.example/desktop/widgets/look"
)

// rowHeight is how high a row is, in Fyne's pixels; Fyne's list puts its padding
// between rows.
const rowHeight float32 = 36

// row shows one row of the grid, and after scrolling another one.
type row[T any] struct {
	widget.BaseWidget

	grid    *Grid[T]
	index   int
	id      string // empty if it is not loaded
	hovered bool
	pressed string           // the id it had when the button went down
	mod     fyne.KeyModifier // held then

	paint, ring, line *canvas.Rectangle
	tick, edit, more  *frame.Mark
	cells             []*cell[T]
	left, right       *canvas.Rectangle // cover the cells that are scrolled aside
}

// newRow returns a row that shows nothing yet, and costs next to nothing: Fyne
// makes one at each refresh only to measure it.
func newRow[T any](g *Grid[T]) *row[T] {
	r := &row[T]{grid: g, index: -1}
	r.ExtendBaseWidget(r)
	return r
}

// build makes what the row consists of.
func (r *row[T]) build() {
	g := r.grid
	r.paint, r.ring, r.line = canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	r.tick = frame.NewMark(theme.IconNameCheckButton, func() { r.act(func(i int) { g.tickedAt(i, r.mod) }) })
	r.edit = frame.NewMark(theme.IconNameDocumentCreate, func() { r.act(func(i int) { g.cfg.OnEdit(g.idAt(i)) }) })
	r.more = frame.NewMark(theme.IconNameMoreVertical, r.openMenu)
	r.tick.On, r.edit.On, r.more.On = r, r, r
	r.left, r.right = canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	for i := range g.cfg.Columns {
		r.cells = append(r.cells, newCell(&g.cfg.Columns[i]))
	}
}

// objects are what the row consists of, the lowest first.
func (r *row[T]) objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.paint}
	for _, c := range r.cells {
		objects = append(objects, c.object)
	}
	return append(objects, r.left, r.right, r.line, r.ring, r.tick, r.edit, r.more)
}

// show shows the row at i.
func (r *row[T]) show(i int) {
	if r.cells == nil {
		r.build()
	}
	if r.index != i {
		r.index, r.hovered = i, false
	}
	r.grid.remember(r)
	value, loaded := r.grid.at(i)
	r.id = r.grid.idAt(i)
	r.place()
	for _, c := range r.cells {
		c.show(r, value, loaded)
	}
	r.mark()
}

// mark paints whether the row is selected, ticked and hovered over.
func (r *row[T]) mark() {
	g := r.grid
	selected := r.index == g.chosen.index && g.chosen.id != ""
	id := g.idAt(r.index)
	fill := fyne.ThemeColorName("")
	switch {
	case selected || g.chosen.ticked[id]:
		fill = theme.ColorNameSelection
	case r.hovered:
		fill = theme.ColorNameHover
	}
	r.paint.Hidden = fill == ""
	r.paint.FillColor = look.Over(r, look.Surface, fill)
	covered := g.places.Overflows()
	for _, cover := range []*canvas.Rectangle{r.left, r.right} {
		cover.Hidden, cover.FillColor = !covered, r.paint.FillColor
	}
	r.ring.Hidden = !g.list.focused || r.index != g.chosen.index
	r.ring.FillColor = look.Color(r, look.Ring)
	r.line.FillColor = look.Color(r, theme.ColorNameSeparator)
	r.tick.Hidden = !g.cfg.Ticks || r.id == ""
	r.tick.Set(g.chosen.ticked[id])
	r.edit.Hidden = g.cfg.OnEdit == nil || r.id == ""
	r.more.Hidden = g.cfg.Menu == nil || r.id == ""
	canvas.Refresh(r)
}

// place puts everything where the grid's columns are.
func (r *row[T]) place() {
	if r.cells == nil {
		return
	}
	g, size := r.grid, r.Size()
	gap := look.Size(r, theme.SizeNamePadding) // Fyne's, between rows
	r.paint.Move(fyne.NewPos(0, -gap/2))
	r.paint.Resize(size.AddWidthHeight(0, gap))
	r.ring.Move(fyne.NewPos(0, -gap/2))
	r.ring.Resize(fyne.NewSize(3, size.Height+gap))
	r.line.Move(fyne.NewPos(0, size.Height+gap/2-1))
	r.line.Resize(fyne.NewSize(size.Width, 1))
	r.tick.Resize(fyne.NewSize(frame.TickWidth, size.Height))
	r.edit.Move(fyne.NewPos(size.Width-g.places.Right, 0))
	r.edit.Resize(fyne.NewSize(frame.EditWidth, size.Height))
	r.more.Move(fyne.NewPos(size.Width-frame.MenuWidth, 0))
	r.more.Resize(fyne.NewSize(frame.MenuWidth, size.Height))
	r.left.Move(r.paint.Position())
	r.left.Resize(fyne.NewSize(g.places.Left, size.Height+gap))
	r.right.Move(fyne.NewPos(size.Width-g.places.Right, -gap/2))
	r.right.Resize(fyne.NewSize(g.places.Right, size.Height+gap))
	g.places.Each(func(i int, x, width float32) { r.cells[i].place(x, width, size.Height) })
}

// CreateRenderer is for Fyne.
func (r *row[T]) CreateRenderer() fyne.WidgetRenderer {
	if r.cells == nil {
		r.build()
	}
	return &rowRenderer[T]{r, r.objects()}
}

// MinSize is the same for all rows: Fyne's list counts on that.
func (r *row[T]) MinSize() fyne.Size { return fyne.NewSize(frame.Narrowest, rowHeight) }

// Tapped selects the row.
func (r *row[T]) Tapped(*fyne.PointEvent) { r.act(func(i int) { r.grid.tapped(i, r.mod) }) }

// TappedSecondary shows the row's menu.
func (r *row[T]) TappedSecondary(e *fyne.PointEvent) {
	r.act(func(i int) { r.grid.showMenu(i, e.AbsolutePosition) })
}

// MouseDown notes what is pressed and which keys are held, for the tap that comes.
func (r *row[T]) MouseDown(e *desktop.MouseEvent) {
	r.pressed, r.mod = r.id, e.Modifier
	r.grid.pressing = true
}

// MouseUp ends the press. The tap comes after it.
func (r *row[T]) MouseUp(*desktop.MouseEvent) { r.grid.pressing = false }

// act does something with the row that was pressed, wherever it is by now: rows may
// have come or gone since. It does nothing if that row is gone.
func (r *row[T]) act(do func(i int)) {
	id := cmp.Or(r.pressed, r.id)
	r.pressed = ""
	if i := r.grid.indexOf(id, r.index); i >= 0 {
		do(i)
	}
}

// MouseIn marks the row.
func (r *row[T]) MouseIn(e *desktop.MouseEvent) {
	r.hovered = true
	r.mark()
	r.MouseMoved(e)
}

// MouseMoved waits for the pointer to rest on a cell.
func (r *row[T]) MouseMoved(e *desktop.MouseEvent) {
	r.grid.pointAt(float32(r.index)*r.grid.pitch() + e.Position.Y)
	r.grid.cfg.Tips.Rest(r.tip(e.Position.X), e.AbsolutePosition)
}

// MouseOut takes the mark away.
func (r *row[T]) MouseOut() {
	r.hovered, r.pressed = false, ""
	r.grid.pointed, r.grid.pressing = false, false
	r.grid.cfg.Tips.Leave()
	r.mark()
}

func (r *row[T]) tip(x float32) string {
	if pencil := r.edit.Position().X; r.edit.Visible() && x >= pencil && x < pencil+frame.EditWidth {
		return r.grid.cfg.EditTip
	}
	column := r.grid.places.Column(x)
	value, loaded := r.grid.at(r.index)
	if column < 0 || !loaded {
		return ""
	}
	return r.cells[column].tip(value)
}

func (r *row[T]) openMenu() {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(r.more)
	r.act(func(i int) { r.grid.showMenu(i, at.AddXY(0, rowHeight)) })
}

type rowRenderer[T any] struct {
	row     *row[T]
	objects []fyne.CanvasObject
}

func (r *rowRenderer[T]) Destroy()                     {}
func (r *rowRenderer[T]) Layout(fyne.Size)             { r.row.place() }
func (r *rowRenderer[T]) MinSize() fyne.Size           { return r.row.MinSize() }
func (r *rowRenderer[T]) Objects() []fyne.CanvasObject { return r.objects }
func (r *rowRenderer[T]) Refresh() {
	if r.row.index >= 0 {
		r.row.show(r.row.index)
	}
}
