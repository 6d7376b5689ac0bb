package control_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/tooltip"
	"sightline.example/desktop/widgets/widgetstest"
)

func TestEnterAndSpacePressTheButtonThatHasTheFocus(t *testing.T) {
	pressed := 0
	b := control.NewPrimary("Save", func() { pressed++ })
	w := widgetstest.Open(t, b, 200, 100)
	w.Press(fyne.KeyTab, fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyX)
	if pressed != 3 {
		t.Errorf("pressed %d times, want 3", pressed)
	}
	b.Disable()
	w.Press(fyne.KeyReturn)
	if pressed != 3 {
		t.Error("it was pressed while disabled")
	}
}

func TestTheControlThatHasTheFocusHasARing(t *testing.T) {
	controls := map[string]fyne.CanvasObject{
		"button": control.NewButton("Save", nil),
		"select": control.NewSelect([]string{"Client", "Auditor"}, nil),
		"check":  control.NewCheck("Allow", nil),
	}
	for name, c := range controls {
		w := widgetstest.Open(t, container.NewVBox(c), 200, 100)
		if rings(w) != 0 {
			t.Errorf("%s: a ring without the focus", name)
		}
		w.Press(fyne.KeyTab)
		if rings(w) != 1 {
			t.Errorf("%s: the focus can't be seen", name)
		}
		w.Canvas().Unfocus()
		if rings(w) != 0 {
			t.Errorf("%s: the ring stays", name)
		}
	}
}

// rings returns how many rings can be seen.
func rings(w *widgetstest.Window) (n int) {
	for _, r := range widgetstest.Find[*canvas.Rectangle](w) {
		if r.StrokeWidth == 2 {
			n++
		}
	}
	return n
}

func TestAKeyThatIsTakenDoesNotReachTheControl(t *testing.T) {
	var got []fyne.KeyName
	take := func(key fyne.KeyName) bool {
		got = append(got, key)
		return key == fyne.KeyReturn || key == fyne.KeyBackspace
	}
	b := control.NewButton("Save", func() { t.Error("it was pressed") })
	s := control.NewSelect([]string{"Client"}, func(string) { t.Error("something was chosen") })
	c := control.NewCheck("Allow", func(bool) { t.Error("it was ticked") })
	e := control.NewEntry("name")
	b.OnKey, e.OnKey, s.OnKey, c.OnKey = take, take, take, take
	w := widgetstest.Open(t, container.NewVBox(b, s, c, e), 200, 200)
	for range 3 {
		w.Press(fyne.KeyTab, fyne.KeyReturn)
	}
	w.Press(fyne.KeyTab)
	w.Type("ab")
	w.Press(fyne.KeyBackspace, fyne.KeyLeft)
	if diff := cmp.Diff([]fyne.KeyName{fyne.KeyReturn, fyne.KeyReturn, fyne.KeyReturn, fyne.KeyBackspace, fyne.KeyLeft}, got); diff != "" {
		t.Error(diff)
	}
	if e.Text != "ab" || e.CursorColumn != 1 {
		t.Errorf("the field has %q with the cursor at %d, want ab at 1", e.Text, e.CursorColumn)
	}
}

func TestAnIconSaysWhatItDoes(t *testing.T) {
	pump := asynctest.New(t)
	tips := tooltip.NewLayer(pump.After)
	b := control.NewIcon(theme.DeleteIcon(), "Delete the client", tips, func() {})
	w := widgetstest.Open(t, container.NewStack(container.NewVBox(b), tips), 300, 200)
	test.MoveMouse(w.Canvas(), fyne.NewPos(100, 10))
	pump.Advance(time.Second)
	w.WantTexts("Delete the client")
	test.Tap(b)
	w.WantNoTexts("Delete the client")
	test.MoveMouse(w.Canvas(), fyne.NewPos(100, 190))
	pump.Advance(time.Second)
	w.WantNoTexts("Delete the client")
}

// searched opens a search field that notes what it is asked for.
func searched(t *testing.T) (*control.Search, *asynctest.Pump, *widgetstest.Window, *[]string) {
	t.Helper()
	pump := asynctest.New(t)
	s := control.NewSearch("Search clients", pump.After)
	var asked []string
	s.OnSearch = func(text string) { asked = append(asked, text) }
	w := widgetstest.Open(t, container.NewVBox(s), 300, 100)
	w.Press(fyne.KeyTab)
	return s, pump, w, &asked
}

func TestSearchWaitsForAPause(t *testing.T) {
	_, pump, w, asked := searched(t)
	for _, key := range []string{"a", "c", "m"} {
		w.Type(key)
		pump.Advance(100 * time.Millisecond)
	}
	pump.Advance(time.Second)
	if diff := cmp.Diff([]string{"acm"}, *asked); diff != "" {
		t.Error(diff)
	}
}

func TestSearchWithoutAClockSearchesAtEveryKey(t *testing.T) {
	s := control.NewSearch("Filter", nil)
	var asked []string
	s.OnSearch = func(text string) { asked = append(asked, text) }
	w := widgetstest.Open(t, s, 300, 100)
	w.Press(fyne.KeyTab)
	w.Type("ac")
	w.Press(fyne.KeyEscape)
	if diff := cmp.Diff([]string{"a", "ac", ""}, asked); diff != "" {
		t.Error(diff)
	}
}

func TestEnterSearchesAtOnceAndOnlyOnce(t *testing.T) {
	_, pump, w, asked := searched(t)
	w.Type("acme")
	w.Press(fyne.KeyReturn)
	if diff := cmp.Diff([]string{"acme"}, *asked); diff != "" {
		t.Error(diff)
	}
	pump.Advance(time.Second)
	if len(*asked) != 1 {
		t.Errorf("asked %q, want once", *asked)
	}
}

func TestEscapeClearsThenLeaves(t *testing.T) {
	s, _, w, asked := searched(t)
	left, down := 0, 0
	s.OnLeave, s.OnDown = func() { left++ }, func() { down++ }
	w.Type("acme")
	w.Press(fyne.KeyReturn, fyne.KeyEscape)
	if diff := cmp.Diff([]string{"acme", ""}, *asked); diff != "" || s.Text != "" {
		t.Errorf("text %q, asked %s", s.Text, diff)
	}
	w.Press(fyne.KeyDown, fyne.KeyEscape)
	if left != 1 || down != 1 {
		t.Errorf("left %d, down %d, want 1 each", left, down)
	}
}

func TestTheClearButtonIsThereWhenThereIsSomethingToClear(t *testing.T) {
	s, _, w, asked := searched(t)
	if s.ActionItem.Visible() {
		t.Error("there is nothing to clear")
	}
	w.Type("acme")
	w.Press(fyne.KeyReturn)
	if !s.ActionItem.Visible() {
		t.Fatal("no way to clear")
	}
	test.Tap(s.ActionItem.(fyne.Tappable))
	if diff := cmp.Diff([]string{"acme", ""}, *asked); diff != "" || s.ActionItem.Visible() {
		t.Errorf("after clearing: visible %v, %s", s.ActionItem.Visible(), diff)
	}
}

func TestFunctionKeysAndEscapeReachTheWindowWhateverHasTheFocus(t *testing.T) {
	entry, button, check := control.NewEntry(""), control.NewButton("Go", nil), control.NewCheck("Yes", nil)
	choice, search := control.NewSelect([]string{"a"}, nil), control.NewSearch("", nil)
	w := widgetstest.Open(t, container.NewVBox(entry, button, check, choice, search), 300, 300)
	got := 0
	w.Canvas().SetOnTypedKey(func(key *fyne.KeyEvent) {
		if key.Name == fyne.KeyF1 || key.Name == fyne.KeyEscape {
			got++
		}
	})
	for _, o := range []fyne.Focusable{entry, button, check, choice, search} {
		w.Canvas().Focus(o)
		w.Press(fyne.KeyF1, fyne.KeyHome, fyne.KeyEscape)
	}
	if got != 10 {
		t.Errorf("F1 and Escape came through %d times, want 10", got)
	}
	w.Type("a")
	w.Press(fyne.KeyEscape) // clears what is searched for
	if got != 10 || search.Text != "" {
		t.Errorf("%d keys came through, and %q is searched for", got, search.Text)
	}
}
