package checklist_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/widgets/checklist"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/widgetstest"
)

func groups() []checklist.Item {
	return []checklist.Item{
		{ID: "d", Text: "Design", Detail: "12"},
		{ID: "v", Text: "Development", Detail: "40"},
		{ID: "f", Text: "Finance", Detail: "5"},
		{ID: "old", Text: "Night shift", Missing: true},
		{ID: "s", Text: "Sales", Detail: "9"},
	}
}

// open shows a list of the groups, of which some are selected, and counts changes.
func open(t *testing.T, selected ...string) (*checklist.CheckList, *widgetstest.Window, *int) {
	t.Helper()
	widgetstest.Start(t, look.Light)
	changes := 0
	c := checklist.New("Filter groups")
	c.OnChange = func() { changes++ }
	c.SetItems(groups())
	c.SetSelected(selected)
	return c, widgetstest.Open(t, c, 320, 420), &changes
}

func wantSelected(t *testing.T, c *checklist.CheckList, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, c.Selected()); diff != "" {
		t.Errorf("selected: %s", diff)
	}
}

// order returns which of the groups are shown, from top to bottom.
func order(w *widgetstest.Window) (shown []string) {
	for _, text := range w.Texts() {
		for _, g := range groups() {
			if g.Text == text {
				shown = append(shown, text)
			}
		}
	}
	return shown
}

func wantOrder(t *testing.T, w *widgetstest.Window, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, order(w)); diff != "" {
		t.Errorf("shown: %s", diff)
	}
}

func TestATapTicksAndUnticks(t *testing.T) {
	c, w, changes := open(t, "f")
	w.WantTexts("Design", "12", "1 of 4 selected")
	w.Tap("Sales")
	w.Tap("Finance")
	w.Tap("Design")
	wantSelected(t, c, "d", "s")
	w.WantTexts("2 of 4 selected")
	if *changes != 3 {
		t.Errorf("%d changes told, want 3", *changes)
	}
}

func TestTheFilterFindsAllWordsAnywhere(t *testing.T) {
	_, w, _ := open(t)
	w.Press(fyne.KeyTab)
	w.Type("DE")
	wantOrder(t, w, "Design", "Development")
	w.Type(" opm")
	wantOrder(t, w, "Development")
	w.Type("x")
	w.WantTexts("Nothing found")
	w.Press(fyne.KeyEscape)
	wantOrder(t, w, "Design", "Development", "Finance", "Sales")
	w.WantNoTexts("Nothing found")
}

func TestAllAndNoneGoForWhatIsShown(t *testing.T) {
	c, w, changes := open(t, "s")
	w.Press(fyne.KeyTab)
	w.Type("de")
	w.Tap("All shown")
	wantSelected(t, c, "d", "v", "s")
	w.Tap("All shown")
	w.Tap("None shown")
	wantSelected(t, c, "s")
	if *changes != 2 {
		t.Errorf("%d changes told, want 2", *changes)
	}
}

func TestAListOfNothingSaysSo(t *testing.T) {
	c, w, _ := open(t)
	c.SetItems(nil)
	w.Relayout()
	w.WantTexts("There are none yet.")
	w.WantNoTexts("Nothing found")
}

func TestSelectedOnesComeFirstAndDoNotJumpWhenUnticked(t *testing.T) {
	_, w, _ := open(t, "s")
	w.Tap("Selected first")
	wantOrder(t, w, "Sales", "Design", "Development", "Finance")
	w.Tap("Finance")
	w.Tap("Sales")
	wantOrder(t, w, "Sales", "Design", "Development", "Finance")
	w.Tap("Selected first")
	wantOrder(t, w, "Design", "Development", "Finance", "Sales")
}

func TestAMissingItemIsMarkedUntilItIsDropped(t *testing.T) {
	c, w, changes := open(t, "old", "d")
	wantOrder(t, w, "Night shift", "Design", "Development", "Finance", "Sales")
	w.WantTexts("missing", "Drop missing", "2 of 4 selected")
	w.Tap("Drop missing")
	wantSelected(t, c, "d")
	wantOrder(t, w, "Design", "Development", "Finance", "Sales")
	w.WantNoTexts("missing", "Drop missing")
	if *changes != 1 {
		t.Errorf("%d changes told, want 1", *changes)
	}
	c.SetSelected([]string{"old"}) // an undo brings it back
	w.Tap("Night shift")
	wantSelected(t, c)
}

func TestNoneShownLeavesMissingOnesToADecision(t *testing.T) {
	c, w, _ := open(t, "old", "d")
	w.Tap("None shown")
	wantSelected(t, c, "old")
	w.Tap("All shown")
	wantSelected(t, c, "d", "v", "f", "old", "s")
}

func TestTheKeyboardReachesEverything(t *testing.T) {
	c, w, _ := open(t)
	w.Press(fyne.KeyTab, fyne.KeyDown) // from the filter into the list
	w.Press(fyne.KeySpace, fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnd, fyne.KeySpace, fyne.KeyUp, fyne.KeyHome, fyne.KeySpace)
	wantSelected(t, c, "v", "s")
	w.Press(fyne.KeyTab, fyne.KeyReturn)
	wantSelected(t, c, "d", "v", "f", "s")
	w.Press(fyne.KeyTab, fyne.KeyReturn)
	wantSelected(t, c)
}

func TestALockedListCannotBeChanged(t *testing.T) {
	c, w, changes := open(t, "old", "f")
	c.SetLocked(true)
	w.Tap("Sales")
	w.Tap("All shown")
	w.Tap("None shown")
	w.Tap("Drop missing")
	c.Focus()
	w.Press(fyne.KeySpace)
	wantSelected(t, c, "f", "old")
	c.SetLocked(false)
	w.Tap("Sales")
	wantSelected(t, c, "f", "old", "s")
	if *changes != 1 {
		t.Errorf("%d changes told, want 1", *changes)
	}
}

func TestTheSelectionSurvivesNewItems(t *testing.T) {
	c, w, _ := open(t, "f", "s")
	c.SetItems(groups()[:3])
	wantSelected(t, c, "f")
	c.SetItems(groups())
	wantSelected(t, c, "f", "s")
	w.WantTexts("2 of 4 selected")
}

func TestLongNamesDoNotWidenTheWindow(t *testing.T) {
	c, w, _ := open(t)
	c.SetItems([]checklist.Item{{ID: "x", Text: strings.Repeat("long ", 100), Detail: "1,000"}})
	w.WantFits()
	w.WantTexts("1,000")
}

// BenchmarkFilter is one key in the filter of 1,500 items, shown.
func BenchmarkFilter(b *testing.B) {
	widgetstest.Start(b, look.Light)
	var many []checklist.Item
	for i := range 1500 {
		many = append(many, checklist.Item{ID: fmt.Sprint(i), Text: fmt.Sprint("Partners project ", i), Detail: fmt.Sprint(i % 40)})
	}
	c := checklist.New("Filter projects")
	c.SetItems(many)
	w := widgetstest.Open(b, c, 320, 600)
	w.Press(fyne.KeyTab)
	b.ReportAllocs()
	for b.Loop() {
		w.Type("9")
		w.Press(fyne.KeyBackspace)
	}
}

func TestEscapeInTheLinesReachesTheWindow(t *testing.T) {
	c, w, _ := open(t)
	got := 0
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { got++ })
	c.Focus()
	w.Press(fyne.KeyDown, fyne.KeyEscape)
	if got != 1 {
		t.Errorf("%d keys came through, want Escape alone", got)
	}
}

func TestReplacingIsOfferedWhereSomebodyDoesIt(t *testing.T) {
	c, w, changes := open(t, "old", "d")
	w.WantTexts("Drop missing")
	w.WantNoTexts("Replace…")
	asked := 0
	c.OnReplace = func() { asked++ }
	c.SetSelected([]string{"old", "d"})
	w.Relayout()
	w.Tap("Replace…")
	c.SetLocked(true)
	w.Tap("Replace…")
	if asked != 1 || *changes != 0 {
		t.Errorf("asked %d times, %d changes", asked, *changes)
	}
	c.SetLocked(false)
	w.Tap("Drop missing")
	w.Relayout()
	w.WantNoTexts("Replace…")
	wantSelected(t, c, "d")
}
