package grid_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/grid"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/widgetstest"
)

// client is a row of the tests.
type client struct {
	id, name, email string
	employees       int
}

// table is a grid over rows that the test changes, and what the grid told.
type table struct {
	*grid.Grid[client]
	rows    []client
	missing map[int]bool // not loaded
	now     time.Time

	sorted           []grid.Sort
	selected, opened []string
	deleted          [][]string
	ticks, left      int
	told             map[string]float32 // the widths of the columns
	chosen           []string           // from menus
}

func clients(n int) []client {
	names := []string{"Acme Bank", "Borealis", "Cobalt", "Delta Foods", "Dune Optics", "Ember"}
	rows := make([]client, n)
	for i := range rows {
		name := names[i%len(names)]
		if i >= len(names) {
			name = fmt.Sprintf("%s %d", name, i)
		}
		rows[i] = client{fmt.Sprint("c", i), name, fmt.Sprintf("mail%d@client.example", i), i * 7}
	}
	return rows
}

func columns() []grid.Column[client] {
	return []grid.Column[client]{
		{ID: "name", Title: "Name", Width: 160, Grow: 1, Sort: "name", Text: func(c client) string { return c.name }},
		{ID: "email", Title: "E-mail", Width: 200, Sort: "email", Text: func(c client) string { return c.email }, Tip: func(c client) string { return "Write to " + c.email }},
		{ID: "employees", Title: "Employees", Width: 120, Align: fyne.TextAlignTrailing, Text: func(c client) string { return fmt.Sprint(c.employees) }},
	}
}

func newTable(n int, change func(*grid.Config[client])) *table {
	tb := &table{rows: clients(n), missing: map[int]bool{}, now: time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC)}
	cfg := grid.Config[client]{
		Columns: columns(),
		Ticks:   true,
		Len:     func() int { return len(tb.rows) },
		At: func(i int) (client, bool) {
			if tb.missing[i] {
				return client{}, false
			}
			return tb.rows[i], true
		},
		ID:   func(c client) string { return c.id },
		Name: func(c client) string { return c.name },
		Now:  func() time.Time { return tb.now },
		Menu: func(c client) *fyne.Menu {
			return fyne.NewMenu("", fyne.NewMenuItem("Suspend "+c.name, func() { tb.chosen = append(tb.chosen, c.id) }))
		},
		OnSort:   func(s grid.Sort) { tb.sorted = append(tb.sorted, s) },
		OnSelect: func(id string) { tb.selected = append(tb.selected, id) },
		OnOpen:   func(id string) { tb.opened = append(tb.opened, id) },
		OnDelete: func(ids []string) { tb.deleted = append(tb.deleted, ids) },
		OnTick:   func() { tb.ticks++ },
		OnLeave:  func() { tb.left++ },
		OnResize: func(widths map[string]float32) { tb.told = widths },
	}
	if change != nil {
		change(&cfg)
	}
	tb.Grid = grid.New(cfg)
	return tb
}

// open shows a grid of n rows, of which about ten fit.
func open(t *testing.T, n int) (*table, *widgetstest.Window) {
	t.Helper()
	tb := newTable(n, nil)
	return tb, widgetstest.Open(t, tb, 700, 440)
}

// list returns what has the rows and takes the keyboard.
func list(w *widgetstest.Window) fyne.Focusable {
	w.Canvas().FocusNext()
	w.Canvas().FocusNext()
	return w.Canvas().Focused()
}

func wantEqual[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func wantIDs(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func TestTheRowsAreShownInTheirColumns(t *testing.T) {
	_, w := open(t, 5)
	w.WantTexts("Name", "E-mail", "Employees", "Acme Bank", "mail0@client.example", "0", "Dune Optics", "28")
}

func TestARowLooksAsItDid(t *testing.T) {
	widgetstest.Start(t, look.Light)
	tb := newTable(3, nil)
	tb.missing[2] = true
	tb.SetSort(grid.Sort{Key: "email", Descending: true})
	tb.SetTicked([]string{"c1"})
	w := widgetstest.Open(t, tb, 640, 200)
	w.Tap("Acme Bank")
	w.WantMarkup("rows")
}

func TestOnlyRowsThatCanBeSeenExist(t *testing.T) {
	shown := 0
	tb := newTable(100_000, func(cfg *grid.Config[client]) {
		cfg.Columns[0].Text, cfg.Columns[0].Build = nil, func() fyne.CanvasObject {
			shown++
			return widget.NewLabel("")
		}
		cfg.Columns[0].Show = func(c client, o fyne.CanvasObject) { o.(*widget.Label).SetText(c.name) }
	})
	w := widgetstest.Open(t, tb, 700, 440)
	list(w)
	for range 100 {
		w.Press(fyne.KeyPageDown)
	}
	if shown > 500 { // of 900; with the race detector Fyne's pool loses some
		t.Errorf("%d cells were made for some ten rows", shown)
	}
}

func TestRowsThatAreScrolledAwayAreForgotten(t *testing.T) {
	tb, w := open(t, 1000)
	list(w)
	for range 30 {
		w.Press(fyne.KeyPageDown)
		runtime.GC() // empties Fyne's pool of rows
		runtime.GC()
	}
	if n := tb.Remembered(); n > 30 {
		t.Errorf("%d rows are kept for some ten", n)
	}
	tb.rows[235].name = "changed"
	tb.RefreshItem(235)
	w.WantTexts("changed")
}

func TestTappingATitleSortsUpThenDown(t *testing.T) {
	tb, w := open(t, 5)
	w.Tap("Name")
	w.Tap("Name")
	w.Tap("E-mail")
	w.Tap("Employees") // can't be sorted by
	if want := []grid.Sort{{Key: "name"}, {Key: "name", Descending: true}, {Key: "email"}}; !slices.Equal(tb.sorted, want) {
		t.Errorf("asked for %v, want %v", tb.sorted, want)
	}
}

func TestTheRowsHaveTheKeyboardAfterATitleWasTapped(t *testing.T) {
	tb, w := open(t, 6)
	w.Tap("Cobalt")
	w.Canvas().Unfocus()
	w.Tap("E-mail")
	w.Press(fyne.KeyReturn)
	wantIDs(t, "opened", tb.opened, "c2")
}

func TestTheHeaderSortsByKeyboard(t *testing.T) {
	tb, w := open(t, 5)
	w.Press(fyne.KeyTab, fyne.KeyReturn, fyne.KeyRight, fyne.KeySpace, fyne.KeyRight, fyne.KeySpace, fyne.KeyLeft, fyne.KeyReturn)
	if want := []grid.Sort{{Key: "name"}, {Key: "email"}, {Key: "email", Descending: true}, {Key: "name"}}; !slices.Equal(tb.sorted, want) {
		t.Errorf("asked for %v, want %v", tb.sorted, want)
	}
}

func TestTabStopsAtTheHeaderAndTheRowsOnly(t *testing.T) {
	_, w := open(t, 20)
	w.Press(fyne.KeyTab)
	header := w.Canvas().Focused()
	w.Press(fyne.KeyTab)
	rows := w.Canvas().Focused()
	w.Press(fyne.KeyTab)
	if header == rows || w.Canvas().Focused() != header {
		t.Errorf("Tab went to %T, %T, %T", header, rows, w.Canvas().Focused())
	}
}

func TestATapSelectsTheRow(t *testing.T) {
	tb, w := open(t, 5)
	w.Tap("Cobalt")
	w.Tap("mail1@client.example")
	wantIDs(t, "told", tb.selected, "c2", "c1")
	wantEqual(t, "selected", tb.Selected(), "c1")
}

func TestTheSameRowStaysSelectedWhenRowsAreSortedAnew(t *testing.T) {
	tb, w := open(t, 6)
	w.Tap("Borealis")
	slices.Reverse(tb.rows)
	tb.Reload()
	wantEqual(t, "selected", tb.Selected(), "c1")
	w.Press(fyne.KeyDown)
	wantEqual(t, "selected below Borealis", tb.Selected(), "c0")
	wantIDs(t, "told", tb.selected, "c1", "c0")
}

func TestARowThatIsGoneLeavesNothingSelected(t *testing.T) {
	tb, w := open(t, 6)
	w.Tap("Borealis")
	tb.rows = slices.Delete(tb.rows, 1, 2)
	tb.Reload()
	wantEqual(t, "selected", tb.Selected(), "")
	wantIDs(t, "told", tb.selected, "c1", "")
	w.Press(fyne.KeyDelete, fyne.KeyReturn)
	if len(tb.deleted) > 0 || len(tb.opened) > 0 {
		t.Error("a key went to a row that nobody has selected")
	}
	w.Press(fyne.KeyDown)
	wantEqual(t, "selected below", tb.Selected(), "c3")
}

func TestRefreshItemShowsTheRowAsItIsNow(t *testing.T) {
	tb, w := open(t, 6)
	tb.rows[2].name = "Cobalt Mines"
	tb.rows[3].name = "not told of"
	tb.RefreshItem(2)
	w.WantTexts("Cobalt Mines", "Delta Foods")
	w.WantNoTexts("Cobalt", "not told of")
}

func TestRowsThatAreNotLoadedKeepTheirPlace(t *testing.T) {
	tb, w := open(t, 6)
	tb.missing[1] = true
	tb.Reload()
	w.WantNoTexts("Borealis")
	w.Tap("Acme Bank")
	w.Press(fyne.KeyDown, fyne.KeyReturn, fyne.KeySpace, fyne.KeyDelete)
	wantEqual(t, "selected", tb.Selected(), "")
	if len(tb.opened)+len(tb.deleted)+tb.ticks > 0 {
		t.Error("something was done with a row that is not there")
	}
	delete(tb.missing, 1)
	tb.RefreshItem(1)
	w.WantTexts("Borealis")
}

func TestAGridWithoutRowsTakesKeys(t *testing.T) {
	tb, w := open(t, 0)
	list(w)
	w.Press(fyne.KeyDown, fyne.KeyEnd, fyne.KeyReturn, fyne.KeySpace, fyne.KeyDelete, fyne.KeyPageDown)
	w.Type("a")
	wantEqual(t, "selected", tb.Selected(), "")
	wantIDs(t, "told", tb.selected)
}

func TestRowsMayBeGoneBeforeTheGridIsTold(t *testing.T) {
	tb, w := open(t, 100)
	w.Tap("Cobalt")
	tb.rows = tb.rows[:1]
	w.Press(fyne.KeyEnd, fyne.KeySpace)
	w.Hover("Delta Foods")
	tb.RefreshItem(5)
	wantIDs(t, "ticked", tb.Ticked(), "c0")
	tb.Reload()
	w.WantTexts("Acme Bank")
	w.WantNoTexts("Cobalt", "Delta Foods")
}

func TestALongNameEndsInAnEllipsis(t *testing.T) {
	tb, w := open(t, 3)
	tb.rows[0].name = strings.Repeat("Very Long Company Name ", 30)
	tb.Reload()
	w.WantFits()
	w.WantNoTexts(tb.rows[0].name)
	if !slices.ContainsFunc(w.Texts(), func(s string) bool { return strings.HasPrefix(s, "Very Long") && strings.HasSuffix(s, "…") }) {
		t.Errorf("no cut name in %q", w.Texts())
	}
}

func TestSelectScrollsToTheRow(t *testing.T) {
	tb, w := open(t, 1000)
	tb.Select("c500")
	w.WantTexts("mail500@client.example")
	tb.Select("c3")
	w.WantTexts("mail3@client.example")
	tb.Select("nobody")
	wantEqual(t, "selected", tb.Selected(), "")
	wantIDs(t, "told", tb.selected)
}
