package control_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
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

func TestTheButtonThatHasTheFocusHasARing(t *testing.T) {
	b := control.NewButton("Save", nil)
	w := widgetstest.Open(t, b, 200, 100)
	bare := test.RenderToMarkup(w.Canvas())
	w.Press(fyne.KeyTab)
	ringed := test.RenderToMarkup(w.Canvas())
	if bare == ringed {
		t.Error("the focus can't be seen")
	}
	w.Canvas().Unfocus()
	if diff := cmp.Diff(bare, test.RenderToMarkup(w.Canvas())); diff != "" {
		t.Error(diff)
	}
}

func TestAKeyThatIsTakenDoesNotReachTheControl(t *testing.T) {
	var got []fyne.KeyName
	take := func(key fyne.KeyName) bool {
		got = append(got, key)
		return key == fyne.KeyReturn || key == fyne.KeyBackspace
	}
	b := control.NewButton("Save", func() { t.Error("it was pressed") })
	e := control.NewEntry("name")
	b.OnKey, e.OnKey = take, take
	w := widgetstest.Open(t, container.NewVBox(b, e), 200, 100)
	w.Press(fyne.KeyTab, fyne.KeyReturn, fyne.KeyTab)
	w.Type("ab")
	w.Press(fyne.KeyBackspace, fyne.KeyLeft)
	if diff := cmp.Diff([]fyne.KeyName{fyne.KeyReturn, fyne.KeyBackspace, fyne.KeyLeft}, got); diff != "" {
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
