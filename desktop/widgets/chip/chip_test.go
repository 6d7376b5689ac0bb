package chip_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/widgets/chip"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/widgetstest"
)

func TestAChipSaysWhatItIsToldAndChangesColor(t *testing.T) {
	c := chip.New("Invited", look.Info)
	w := widgetstest.Open(t, container.NewVBox(container.NewHBox(c)), 300, 100)
	w.WantTexts("Invited")
	c.Set("Suspended", look.Danger)
	w.Relayout()
	w.WantTexts("Suspended")
	w.WantMarkup("suspended")
}

func TestColorsAreReadAgainWhenTheThemeChanges(t *testing.T) {
	c := chip.New("Invited", look.Info)
	w := widgetstest.Open(t, container.NewVBox(c), 300, 100)
	light := test.RenderToMarkup(w.Canvas())
	fyne.CurrentApp().Settings().SetTheme(look.New(look.Dark))
	c.Refresh()
	dark := test.RenderToMarkup(w.Canvas())
	if light == dark {
		t.Error("the chip kept its colors")
	}
}

func TestALongChipIsCut(t *testing.T) {
	c := chip.New(strings.Repeat("long ", 100), look.Neutral)
	w := widgetstest.Open(t, container.NewVBox(c), 300, 100)
	w.WantFits()
	if text := w.Texts()[0]; !strings.HasSuffix(text, "…") {
		t.Errorf("it says %q", text)
	}
}

// filters opens a bar with filters, and returns what it told.
func filters(t *testing.T, filters ...chip.Filter) (*chip.FilterBar, *widgetstest.Window, *[]string) {
	t.Helper()
	bar := chip.NewFilterBar()
	var told []string
	bar.OnRemove = func(id string) { told = append(told, "remove "+id) }
	bar.OnClear = func() { told = append(told, "clear") }
	w := widgetstest.Open(t, container.NewVBox(bar), 500, 300)
	bar.Set(filters)
	w.Relayout()
	return bar, w, &told
}

func TestFiltersAreTakenOffOneByOneOrAllAtOnce(t *testing.T) {
	_, w, told := filters(t, chip.Filter{ID: "status", Text: "Status: invited"}, chip.Filter{ID: "mode", Text: "Mode: groups"})
	w.Tap("Mode: groups")
	w.Tap("Clear filters")
	if diff := cmp.Diff([]string{"remove mode", "clear"}, *told); diff != "" {
		t.Error(diff)
	}
}

func TestFiltersAreTakenOffByKeyboard(t *testing.T) {
	_, w, told := filters(t, chip.Filter{ID: "status", Text: "Status: invited"}, chip.Filter{ID: "mode", Text: "Mode: groups"})
	w.Press(fyne.KeyTab, fyne.KeyTab, fyne.KeyDelete, fyne.KeyTab, fyne.KeyReturn)
	if diff := cmp.Diff([]string{"remove mode", "clear"}, *told); diff != "" {
		t.Error(diff)
	}
}

func TestABarWithoutFiltersTakesNoRoom(t *testing.T) {
	bar, w, _ := filters(t)
	if bar.Visible() {
		t.Error("it is there")
	}
	bar.Set([]chip.Filter{{ID: "a", Text: "A"}})
	w.Relayout()
	w.WantTexts("A", "Clear filters")
	bar.Set(nil)
	w.WantNoTexts("A", "Clear filters")
}

func TestFiltersWrapAndTheWindowMayShrinkAgain(t *testing.T) {
	var many []chip.Filter
	for _, name := range strings.Fields("Design Development Finance Marketing Operations Research Sales Support") {
		many = append(many, chip.Filter{ID: name, Text: "Group: " + name})
	}
	bar, w, _ := filters(t, many...)
	wide := bar.MinSize().Height
	w.Window.Resize(fyne.NewSize(260, 600))
	w.Relayout()
	if narrow := bar.MinSize().Height; narrow <= wide {
		t.Errorf("%v high when narrow, %v when wide", narrow, wide)
	}
	w.WantFits()
}

func TestAFilterKeepsTheKeyboardWhenTheSameAreShown(t *testing.T) {
	shown := []chip.Filter{{ID: "status", Text: "Status: invited"}, {ID: "mode", Text: "Mode: groups"}}
	bar, w, told := filters(t, shown...)
	w.Press(fyne.KeyTab, fyne.KeyTab)
	bar.Set(slices.Clone(shown))
	w.Press(fyne.KeyDelete, fyne.KeyTab, fyne.KeyReturn)
	if diff := cmp.Diff([]string{"remove mode", "clear"}, *told); diff != "" {
		t.Error(diff)
	}
}
