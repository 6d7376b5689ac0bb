// Package grid shows rows of anything in columns: sorted by the header, walked
// through by keyboard, ticked one by one or in ranges, each with a menu. Only
// the rows that can be seen exist as objects, so 100,000 rows cost no more than
// twenty.
//
// A grid knows rows by their ids. When the rows are sorted anew or change under
// it, the same row stays selected and the same rows stay ticked. Rows come from
// functions, and belong to whoever shows the grid: after a change of them comes
// Reload, or RefreshItem for a row that has stayed in its place.
//
// A grid lies on a look.Surface, as that of a card, and paints none itself: with a GL
// in software the size of what is painted over each other is what a frame costs.
//
// Everything in this package belongs to the UI goroutine.
package grid

import (
	"iter"
	"maps"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/grid/frame"
	"sightline.example/desktop/widgets/tooltip"
)

// Config says what a grid shows and whom it tells. Functions that are nil are
// not called, and what only serves them is not there.
type Config[T any] struct {
	// Columns are shown from left to right. Required.
	Columns []Column[T]
	// Untitled leaves the titles out, as where one column says what it is by itself.
	Untitled bool
	// Len returns how many rows there are. Required.
	Len func() int
	// At returns a row, or false if it has not been loaded yet: then its place
	// is shown empty. Required.
	At func(i int) (row T, loaded bool)
	// ID returns what a row is known by: unique, and never empty. Required.
	ID func(row T) string
	// Whole reports whether all that can be ticked is listed, and Has whether a row is,
	// if that is known sooner than by looking through all.
	Whole func() bool
	Has   func(id string) bool
	// Name returns the text by which typing letters finds a row.
	Name func(row T) string
	// Menu returns what can be done with a row, for its menu.
	Menu func(row T) *fyne.Menu
	// OnEdit is told the row whose pencil was tapped. EditTip says what that is for.
	OnEdit  func(id string)
	EditTip string
	// Ticks has a column in which rows are ticked.
	Ticks bool
	// Tips shows the tips of the columns.
	Tips *tooltip.Layer
	// Now is the time, for how long typed letters belong together. Nil is
	// time.Now.
	Now func() time.Time

	// OnSort is asked to sort, and answers with a Reload.
	OnSort func(Sort)
	// OnSelect is told the id of the row that is selected now; it is empty when
	// none is, or when the row is not loaded.
	OnSelect func(id string)
	// OnOpen is told the row on which Enter was pressed.
	OnOpen func(id string)
	// OnTick is called when rows have been ticked or unticked.
	OnTick func()
	// OnDelete is told the rows to delete when Delete is pressed: the ticked
	// ones, or else the selected one.
	OnDelete func(ids []string)
	// OnLeave is called on Escape when no row is ticked; without it the window gets
	// the key.
	OnLeave func()
	// Widths are those that columns had before, by their ids, and OnResize is told
	// those of all columns when an admin has given one another width.
	Widths   map[string]float32
	OnResize func(widths map[string]float32)
}

// Grid is a widget that shows rows.
type Grid[T any] struct {
	widget.BaseWidget

	cfg    Config[T]
	places frame.Places
	sort   Sort
	chosen *selection

	header *frame.Header
	top    *container.Clip // keeps titles that do not fit from sticking out
	list   *list
	wheel  *wheel
	bar    *frame.Bar
	rows   map[*row[T]]bool // those that show something
	typed  prefix
	tap    tap // the last one

	pointed  bool    // the pointer is on a row
	pointer  float32 // how far below the top of what is seen
	pressing bool    // a row; the rows are not moved under the pointer then
	anew     bool    // other rows are awaited, in another order
}

// New returns a grid of the rows there are.
func New[T any](cfg Config[T]) *Grid[T] {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	g := &Grid[T]{cfg: cfg, rows: map[*row[T]]bool{}}
	g.chosen = newSelection(cfg.Len, g.idAt)
	g.chosen.whole, g.chosen.has = cfg.Whole, cfg.Has
	var headings []frame.Heading
	for _, c := range cfg.Columns {
		headings = append(headings, frame.Heading{Title: c.Title, Sort: c.Sort, Align: c.Align})
		g.places.Least = append(g.places.Least, c.width())
		g.places.Grow = append(g.places.Grow, c.Grow)
	}
	g.header = frame.NewHeader(&g.places, headings)
	g.header.OnSort, g.header.OnToggle = g.askSort, g.toggleAll
	g.header.OnResize, g.header.OnResized, g.header.OnReset = g.resize, g.resized, g.reset
	if cfg.Ticks {
		g.header.SetTicked(frame.None)
	}
	g.top = container.NewClip(g.header)
	g.list = newList(g)
	g.wheel = newWheel(g.turned)
	g.bar = frame.NewBar(&g.places, g.scrolled)
	g.ExtendBaseWidget(g)
	g.SetWidths(cfg.Widths)
	return g
}

// Reload shows the rows as they are now. The selected row stays so if it is still
// there, what is ticked stays ticked, and those that are seen stay where they are as
// long as the order is the same.
func (g *Grid[T]) Reload() {
	selected := g.chosen.id
	g.chosen.reload()
	offset, by := g.list.GetScrollOffset(), g.moved()
	g.Refresh()
	if by != 0 {
		g.list.ScrollToOffset(offset + float32(by)*g.pitch())
	}
	if g.chosen.id != selected {
		g.tellSelected()
	}
}

// RefreshItem shows row i as it is now. It has to be the same row as before.
func (g *Grid[T]) RefreshItem(i int) {
	for row := range g.rows {
		if row.index == i {
			row.show(i)
		}
	}
}

// Selected returns the id of the selected row; it is empty if none is.
func (g *Grid[T]) Selected() string { return g.chosen.id }

// Select selects the row with the id and scrolls to it. An id that is not there
// selects none. OnSelect is not called.
func (g *Grid[T]) Select(id string) {
	g.chosen.selectID(id)
	g.scrollTo(g.chosen.index)
	g.repaint()
}

// Ticked returns the ids of the ticked rows, in the order of the rows. After them
// come those that are ticked and not listed now.
func (g *Grid[T]) Ticked() []string { return g.chosen.ids() }

// AllTicked returns what Ticked does, in no order: that takes no time.
func (g *Grid[T]) AllTicked() iter.Seq[string] { return maps.Keys(g.chosen.ticked) }

// CountTicked returns how many rows are ticked, and how many of them are not listed
// now.
func (g *Grid[T]) CountTicked() (all, unlisted int) {
	return len(g.chosen.ticked), len(g.chosen.ticked) - g.chosen.here()
}

// Untick unticks the rows that are gone for good. OnTick is not called.
func (g *Grid[T]) Untick(gone func(id string) bool) {
	g.chosen.drop(gone)
	g.repaint()
}

// SetTicked ticks these rows and no others. OnTick is not called.
func (g *Grid[T]) SetTicked(ids []string) {
	g.chosen.set(ids)
	g.repaint()
}

// SetSort marks the column the rows are sorted by. OnSort is not called.
func (g *Grid[T]) SetSort(s Sort) {
	g.anew = g.anew || s != g.sort
	g.sort = s
	g.header.SetSort(s.Key, s.Descending)
}

// ScrollToTop shows the first rows: for when others are asked for.
func (g *Grid[T]) ScrollToTop() { g.list.ScrollToTop() }

// Focus gives the rows the keyboard.
func (g *Grid[T]) Focus() {
	g.tap = tap{} // another page may have been shown since
	g.focus()
}

// Enter is Focus, on the first row if none is selected: for whoever comes from a
// field above, by key.
func (g *Grid[T]) Enter() {
	g.Focus()
	if g.chosen.id == "" {
		g.walk(0, false)
	}
}

func (g *Grid[T]) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil {
		c.Focus(g.list)
	}
}

// Widths returns the widths that columns were given by hand, by their ids.
func (g *Grid[T]) Widths() map[string]float32 {
	widths := map[string]float32{}
	for i, c := range g.cfg.Columns {
		if width := g.places.Least[i]; width != c.width() {
			widths[c.ID] = width
		}
	}
	return widths
}

// ResetWidths gives all columns the widths they have at first.
func (g *Grid[T]) ResetWidths() {
	for i := range g.cfg.Columns {
		g.usual(i)
	}
	g.arrange()
}

// SetWidths gives columns other widths, which they keep however much room there is;
// columns that are not in the map keep theirs.
func (g *Grid[T]) SetWidths(widths map[string]float32) {
	for i, c := range g.cfg.Columns {
		width, ok := widths[c.ID]
		switch {
		case !ok:
		case width == c.width():
			g.usual(i)
		default:
			g.places.Least[i], g.places.Grow[i] = max(width, frame.Narrowest), 0
		}
	}
	g.arrange()
}

// at returns the row at i. Rows that were scrolled away may still ask for one
// that is gone.
func (g *Grid[T]) at(i int) (row T, loaded bool) {
	if i < 0 || i >= g.cfg.Len() {
		return row, false
	}
	return g.cfg.At(i)
}

func (g *Grid[T]) idAt(i int) string {
	row, loaded := g.at(i)
	if !loaded {
		return ""
	}
	return g.cfg.ID(row)
}

func (g *Grid[T]) tellSelected() {
	if g.cfg.OnSelect != nil {
		g.cfg.OnSelect(g.chosen.id)
	}
}

func (g *Grid[T]) tellTicked() {
	g.repaint()
	if g.cfg.OnTick != nil {
		g.cfg.OnTick()
	}
}

// repaint shows again who is selected and ticked.
func (g *Grid[T]) repaint() {
	for row := range g.rows {
		row.mark()
	}
	if g.cfg.Ticks {
		g.header.SetTicked(g.chosen.part())
	}
}
