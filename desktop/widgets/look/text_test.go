package look_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"pgregory.net/rapid"

	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/widgetstest"
)

func TestACutTextFitsAndNoMoreIsCutThanHasToBe(t *testing.T) {
	widgetstest.Start(t, look.Light)
	measure := func(text string) float32 { return fyne.MeasureText(text, 14, fyne.TextStyle{}).Width }
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("abcdefiMW ÄÖüß")), 1, 60, -1).Draw(t, "text")
		width := float32(rapid.IntRange(12, 300).Draw(t, "width"))
		got := look.Fit(text, 14, fyne.TextStyle{}, width)
		kept, cut := strings.CutSuffix(got, "…")
		switch {
		case !cut && (got != text || measure(text) > width):
			t.Fatalf("%q in %v: %q", text, width, got)
		case cut && (!strings.HasPrefix(text, kept) || !utf8.ValidString(kept) || measure(text) <= width):
			t.Fatalf("%q in %v was cut to %q", text, width, got)
		case cut && kept != "" && measure(got) > width:
			t.Fatalf("%q is %v wide, more than %v", got, measure(got), width)
		}
		if next := []rune(text); cut && utf8.RuneCountInString(kept)+1 < len(next) {
			if longer := string(next[:utf8.RuneCountInString(kept)+1]) + "…"; measure(longer) <= width {
				t.Fatalf("%q would have fitted in %v, got %q", longer, width, got)
			}
		}
	})
}

func TestABrokenTextFitsInTwoLinesAndLosesNoWordThatFits(t *testing.T) {
	widgetstest.Start(t, look.Light)
	fits := func(text string, width float32) bool {
		return fyne.MeasureText(text, 14, fyne.TextStyle{}).Width <= width
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.StringOfN(rapid.RuneFrom([]rune("abiMWÄß")), 1, 12, -1), 1, 12).Draw(t, "words"), " ")
		width := float32(rapid.IntRange(20, 300).Draw(t, "width"))
		first, second := look.Break(text, 14, fyne.TextStyle{}, width)
		if !fits(first, width) || !fits(second, width) {
			t.Fatalf("%q and %q are wider than %v", first, second, width)
		}
		whole := strings.TrimSpace(first + " " + second)
		if kept, cut := strings.CutSuffix(whole, "…"); !cut && whole != text || !strings.HasPrefix(text, strings.TrimSpace(kept)) {
			t.Fatalf("%q became %q and %q", text, first, second)
		}
		if word, _, _ := strings.Cut(second, " "); second != "" && !strings.HasSuffix(word, "…") && fits(first+" "+word, width) {
			t.Fatalf("%q had room for %q", first, word)
		}
	})
}

func TestWhatLiesOverIsMixedIn(t *testing.T) {
	widgetstest.Start(t, look.Light)
	label := look.Line("x")
	white := look.Over(label, look.Surface, "")
	if r, g, b, a := white.RGBA(); r != 0xFFFF || g != 0xFFFF || b != 0xFFFF || a != 0xFFFF {
		t.Errorf("the surface alone is %v", white)
	}
	hovered := look.Over(label, look.Surface, theme.ColorNameHover)
	if r, _, b, a := hovered.RGBA(); a != 0xFFFF || r >= 0xFFFF || r < 0xE000 || b <= r {
		t.Errorf("hovered over it is %v: not opaque, or not a little darker and bluer", hovered)
	}
}

func TestTheDetailNeverTakesTheTextsPlace(t *testing.T) {
	widgetstest.Start(t, look.Light)
	text, detail := look.Line("A name"), look.Caption(strings.Repeat("detail ", 40))
	w := widgetstest.Open(t, look.Ends(text, detail), 300, 60)
	w.WantFits()
	if detail.Size().Width != 120 || text.Size().Width != 180 {
		t.Errorf("detail %v, text %v wide; want 120 and 180", detail.Size().Width, text.Size().Width)
	}
	detail.SetText("12")
	w.Relayout()
	if detail.Size().Width > 40 || text.Size().Width < 260 {
		t.Errorf("detail %v, text %v wide", detail.Size().Width, text.Size().Width)
	}
}
