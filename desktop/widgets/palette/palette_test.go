package palette_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/widgets/palette"
	"sightline.example/desktop/widgets/widgetstest"
)

func TestWhatFitsBestComesFirst(t *testing.T) {
	titles := []string{"Invite a client", "Access review: who can see this?", "Go to clients", "Export the clients shown", "Sign out", "Über uns"}
	cases := map[string][]string{
		"":          titles,
		"  ":        titles,
		"who":       {"Access review: who can see this?"},
		"client":    {"Go to clients", "Invite a client", "Export the clients shown"},
		"CLIENT GO": {"Go to clients"},
		"sig":       {"Sign out"},
		"ign":       {"Sign out"},
		"sgnt":      {"Sign out"},
		"über":      {"Über uns"},
		"zzz":       nil,
		"sign zzz":  nil,
	}
	for typed, want := range cases {
		if diff := cmp.Diff(want, palette.Rank(titles, typed)); diff != "" {
			t.Errorf("%q: %s", typed, diff)
		}
	}
}

func show(t *testing.T, items []palette.Item) (*palette.Palette, *widgetstest.Window, *[]string) {
	t.Helper()
	w := widgetstest.Open(t, widget.NewLabel("page"), 800, 600)
	var chosen []string
	p := palette.Show(w.Canvas(), items, func(id string) {
		if w.Canvas().Overlays().Top() != nil {
			t.Error("the palette is still open")
		}
		chosen = append(chosen, id)
	})
	return p, w, &chosen
}

func commands() []palette.Item {
	return []palette.Item{
		{ID: "invite", Title: "Invite a client", Detail: "Ctrl+N"},
		{ID: "review", Title: "Access review: who can see this?", Detail: "Go"},
		{ID: "sign-out", Title: "Sign out"},
	}
}

func wantChosen(t *testing.T, got *[]string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, *got); diff != "" {
		t.Error(diff)
	}
}

func TestTypingAndEnterChoose(t *testing.T) {
	_, w, chosen := show(t, commands())
	w.WantTexts("Invite a client", "Ctrl+N", "Sign out")
	w.Type("who")
	w.WantNoTexts("Invite a client")
	w.Press(fyne.KeyReturn)
	wantChosen(t, chosen, "review")
}

func TestEnterWaitsForWhatIsSearchedElsewhere(t *testing.T) {
	found := []palette.Item{{ID: "bank", Title: "Sig"}}
	searched := func() (*palette.Palette, *widgetstest.Window, *[]string) {
		p, w, chosen := show(t, commands())
		p.OnTyped = func(string) {}
		w.Type("sig")
		w.Press(fyne.KeyReturn)
		wantChosen(t, chosen)
		return p, w, chosen
	}
	p, _, chosen := searched()
	p.SetFound(found)
	wantChosen(t, chosen, "bank")

	p, w, chosen := searched()
	w.Type("n")
	p.SetFound(found)
	wantChosen(t, chosen) // what is typed now was not entered

	p, w, chosen = searched()
	w.Press(fyne.KeyEscape)
	p.SetFound(found)
	wantChosen(t, chosen)

	_, w, chosen = searched()
	w.Press(fyne.KeyReturn) // does not want to wait
	wantChosen(t, chosen, "sign-out")

	p, w, chosen = searched()
	w.WantNoTexts("Nothing found")
	w.Press(fyne.KeyDown, fyne.KeyReturn) // is about a line that is there
	wantChosen(t, chosen, "sign-out")
	p.SetFound(found)
	wantChosen(t, chosen, "sign-out")
}

func TestArrowsWalkThroughTheList(t *testing.T) {
	_, w, chosen := show(t, commands())
	w.Press(fyne.KeyUp, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn)
	wantChosen(t, chosen, "review")
}

func TestATapChooses(t *testing.T) {
	_, w, chosen := show(t, commands())
	w.Tap("Sign out")
	wantChosen(t, chosen, "sign-out")
}

func TestEscapeAndATapBesideItChooseNothing(t *testing.T) {
	_, w, chosen := show(t, commands())
	w.Press(fyne.KeyEscape)
	if w.Canvas().Overlays().Top() != nil {
		t.Error("Escape left it open")
	}
	palette.Show(w.Canvas(), commands(), func(string) {})
	test.TapCanvas(w.Canvas(), fyne.NewPos(5, 5))
	if w.Canvas().Overlays().Top() != nil {
		t.Error("a tap beside it left it open")
	}
	wantChosen(t, chosen)
}

func TestNothingFoundIsSaidAndNotChosen(t *testing.T) {
	_, w, chosen := show(t, commands())
	w.WantNoTexts("Nothing found")
	w.Type("zzz")
	w.WantTexts("Nothing found")
	w.Press(fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn)
	wantChosen(t, chosen)
}

func TestWhatIsFoundElsewhereIsRankedToo(t *testing.T) {
	p, w, chosen := show(t, commands())
	var typed []string
	p.OnTyped = func(text string) { typed = append(typed, text) }
	w.Type("sig")
	if diff := cmp.Diff([]string{"s", "si", "sig"}, typed); diff != "" {
		t.Error(diff)
	}
	p.SetFound([]palette.Item{{ID: "bank", Title: "Acme Bank", Detail: "sig@acme.example"}, {ID: "sigma", Title: "Sigma", Detail: "Client"}})
	w.WantTexts("Sigma", "Sign out", "Acme Bank")
	w.Type("n")
	w.WantTexts("Sign out")
	w.WantNoTexts("Acme Bank", "Sigma") // until they are found again
	p.SetFound([]palette.Item{{ID: "bank", Title: "Acme Bank", Detail: "sign@acme.example"}})
	w.Press(fyne.KeyDown, fyne.KeyReturn)
	wantChosen(t, chosen, "bank")
}

func TestWhatIsFoundElsewhereTooIsShownOnce(t *testing.T) {
	p, w, _ := show(t, []palette.Item{{ID: "bank", Title: "Acme Bank"}, {ID: "mill", Title: "Acme Mill"}})
	w.Type("acme")
	p.SetFound([]palette.Item{{ID: "bank", Title: "Acme Bank", Detail: "found"}})
	w.WantTexts("found", "Acme Mill")
	texts := slices.DeleteFunc(w.Texts(), func(text string) bool { return text != "Acme Bank" })
	if len(texts) != 1 {
		t.Errorf("it is shown %d times", len(texts))
	}
}

func TestTheChosenLineIsScrolledIntoView(t *testing.T) {
	var items []palette.Item
	for i := range 200 {
		items = append(items, palette.Item{ID: fmt.Sprint(i), Title: strings.Repeat("very long title ", 20)[:i%200] + fmt.Sprint(" item ", i)})
	}
	_, w, chosen := show(t, items)
	for range 6 {
		w.Press(fyne.KeyPageDown)
	}
	if !slices.ContainsFunc(w.Texts(), func(s string) bool { return strings.HasPrefix(s, "very long title very long title very long title ") }) {
		t.Errorf("item 48 is not in %q", w.Texts())
	}
	w.Press(fyne.KeyReturn)
	wantChosen(t, chosen, "48")
}

func TestTabLeavesTheKeyboardWithTheField(t *testing.T) {
	_, w, chosen := show(t, commands())
	w.Press(fyne.KeyTab)
	w.Type("sig")
	w.Press(fyne.KeyTab, fyne.KeyReturn)
	wantChosen(t, chosen, "sign-out")
}
