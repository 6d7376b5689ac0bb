package grid_test

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sightline.example/desktop/widgets/grid"
	"sightline.example/desktop/widgets/widgetstest"
)

func TestKeysWalkThroughTheRows(t *testing.T) {
	tb, w := open(t, 1000)
	list(w)
	steps := []struct {
		key  fyne.KeyName
		want string
	}{
		{fyne.KeyDown, "c0"},
		{fyne.KeyDown, "c1"},
		{fyne.KeyUp, "c0"},
		{fyne.KeyUp, "c0"},
		{fyne.KeyEnd, "c999"},
		{fyne.KeyDown, "c999"},
		{fyne.KeyHome, "c0"},
		{fyne.KeyPageDown, "c8"},
		{fyne.KeyPageDown, "c16"},
		{fyne.KeyPageUp, "c8"},
	}
	for _, step := range steps {
		w.Press(step.key)
		wantEqual(t, string(step.key), tb.Selected(), step.want)
	}
	w.WantTexts("mail8@client.example")
}

func TestTheSelectedRowIsScrolledIntoView(t *testing.T) {
	_, w := open(t, 1000)
	list(w)
	w.Press(fyne.KeyEnd)
	w.WantTexts("mail999@client.example")
	w.Press(fyne.KeyHome)
	w.WantTexts("mail0@client.example")
	for range 30 {
		w.Press(fyne.KeyDown)
	}
	w.WantTexts("mail29@client.example")
}

func TestEnterOpensAndDeleteDeletes(t *testing.T) {
	tb, w := open(t, 6)
	w.Tap("Cobalt")
	w.Press(fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDelete)
	wantIDs(t, "opened", tb.opened, "c2", "c2")
	w.Press(fyne.KeySpace, fyne.KeyDown, fyne.KeySpace, fyne.KeyDelete)
	if want := [][]string{{"c2"}, {"c2", "c3"}}; !slices.EqualFunc(tb.deleted, want, slices.Equal[[]string]) {
		t.Errorf("deleted %q, want %q", tb.deleted, want)
	}
}

func TestEscapeUnticksThenLeaves(t *testing.T) {
	tb, w := open(t, 6)
	w.Tap("Cobalt")
	w.Press(fyne.KeySpace, fyne.KeyEscape)
	wantIDs(t, "ticked", tb.Ticked())
	wantEqual(t, "left", tb.left, 0)
	w.Press(fyne.KeyEscape)
	wantEqual(t, "left", tb.left, 1)
}

func TestTypingFindsANameByItsBeginning(t *testing.T) {
	tb, w := open(t, 6)
	list(w)
	w.Type("D")
	wantEqual(t, "after D", tb.Selected(), "c3")
	w.Type("u")
	wantEqual(t, "after Du", tb.Selected(), "c4")
	w.Type("x")
	wantEqual(t, "after Dux", tb.Selected(), "c4")
	tb.now = tb.now.Add(2 * time.Second)
	w.Type("d")
	wantEqual(t, "after a pause and d", tb.Selected(), "c3")
	tb.now = tb.now.Add(2 * time.Second)
	w.Type("d")
	wantEqual(t, "after another", tb.Selected(), "c4")
}

// shiftDown holds Shift on what has the focus.
func shiftDown(w *widgetstest.Window, down bool) {
	key := &fyne.KeyEvent{Name: desktop.KeyShiftLeft}
	if held := w.Canvas().Focused().(desktop.Keyable); down {
		held.KeyDown(key)
	} else {
		held.KeyUp(key)
	}
}

func TestShiftAndArrowsTickARangeThatMayShrink(t *testing.T) {
	tb, w := open(t, 10)
	w.Tap("Cobalt")
	shiftDown(w, true)
	w.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
	wantIDs(t, "after three down", tb.Ticked(), "c2", "c3", "c4", "c5")
	w.Press(fyne.KeyUp)
	wantIDs(t, "after one up", tb.Ticked(), "c2", "c3", "c4")
	w.Press(fyne.KeyHome)
	wantIDs(t, "to the top", tb.Ticked(), "c0", "c1", "c2")
	shiftDown(w, false)
	w.Press(fyne.KeyDown)
	wantIDs(t, "without Shift", tb.Ticked(), "c0", "c1", "c2")
	wantEqual(t, "selected", tb.Selected(), "c1")
}

func TestShiftIsForgottenWithTheFocus(t *testing.T) {
	tb, w := open(t, 10)
	w.Tap("Cobalt")
	shiftDown(w, true)
	w.Canvas().Unfocus() // the key comes up in another window
	list(w)
	w.Press(fyne.KeyDown)
	wantIDs(t, "ticked", tb.Ticked())
}

func TestControlATicksAll(t *testing.T) {
	tb, w := open(t, 1000)
	list(w).(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	wantEqual(t, "ticked", len(tb.Ticked()), 1000)
	wantEqual(t, "told", tb.ticks, 1)
}

func TestWithoutTicksTheKeysOnlyWalk(t *testing.T) {
	tb := newTable(10, func(cfg *grid.Config[client]) { cfg.Ticks = false })
	w := widgetstest.Open(t, tb, 700, 440)
	w.Tap("Cobalt")
	shiftDown(w, true)
	w.Press(fyne.KeyDown, fyne.KeySpace)
	w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	wantIDs(t, "ticked", tb.Ticked())
	wantEqual(t, "selected", tb.Selected(), "c3")
}

func TestTheMenuKeyOpensTheMenuOfTheSelectedRow(t *testing.T) {
	tb, w := open(t, 10)
	w.Press(fyne.KeyTab, fyne.KeyTab, desktop.KeyMenu)
	if w.Canvas().Overlays().Top() != nil {
		t.Error("a menu for no row")
	}
	w.Press(fyne.KeyDown, fyne.KeyDown, desktop.KeyMenu)
	w.Tap("Suspend Borealis")
	wantIDs(t, "chosen", tb.chosen, "c1")
}

func TestEscapeUnticksAndThenReachesTheWindow(t *testing.T) {
	g := grid.New(grid.Config[string]{
		Columns: []grid.Column[string]{{ID: "name", Title: "Name", Text: func(row string) string { return row }}},
		Len:     func() int { return 2 }, At: func(i int) (string, bool) { return []string{"a", "b"}[i], true },
		ID: func(row string) string { return row }, Ticks: true,
	})
	w := widgetstest.Open(t, g, 300, 300)
	got := 0
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { got++ })
	g.Focus()
	w.Press(fyne.KeyDown, fyne.KeySpace, fyne.KeyEscape)
	if got != 0 || len(g.Ticked()) != 0 {
		t.Errorf("%d keys came through, ticked are %v", got, g.Ticked())
	}
	w.Press(fyne.KeyEscape)
	wantEqual(t, "keys that came through", got, 1)
}
