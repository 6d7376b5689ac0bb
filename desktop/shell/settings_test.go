package shell_test

import (
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/shell"
	"sightline.example/desktop/widgets/look"
)

// stored returns the settings that are on disk.
func (s *stage) stored() *shell.Settings {
	s.t.Helper()
	settings, err := shell.OpenSettings(filepath.Join(s.dir, "settings.json"))
	if err != nil {
		s.t.Fatal(err)
	}
	return settings
}

func TestSettingsAreChosenAndKept(t *testing.T) {
	s := signedIn(t)
	s.choose("Settings…")
	s.until("Where things are kept")
	s.WantTexts(s.dir, filepath.Join(s.dir, "drafts"), "built from source")
	s.pump.Until(func() bool { return !slices.Contains(s.Texts(), "Not known") })
	s.WantFits()
	s.choose("Dark theme")
	s.WantTexts("Dark")
	s.TapLast("As the system") // the language: the theme is another one now
	s.Tap("Deutsch")
	s.Tap("100 %")
	s.Tap("150 %")
	s.until("Everything is shown at 150 % from the next start on.")
	if got := s.stored(); got.Theme != look.Dark || got.Language != lang.German || got.ScaleText() != "1.50" {
		t.Errorf("kept is %+v", got)
	}
	if fyne.CurrentApp().Settings().Theme().Color(theme.ColorNameBackground, theme.VariantLight) == look.New(look.Light).Color(theme.ColorNameBackground, theme.VariantLight) {
		t.Error("the theme is not dark")
	}
	s.Press(fyne.KeyEscape)
	s.until("Iris Clinics")
}

func TestTheLayoutIsReset(t *testing.T) {
	s := signedIn(t)
	before := s.Place("E-mail")
	s.Tap("E-mail")
	s.settings.Widths = map[string]float32{"name": 500}
	s.Window.Resize(fyne.NewSize(1000, 700))
	s.choose("Settings…")
	s.Tap("Reset layout")
	s.until("The layout is what it was at first.")
	s.Press(fyne.KeyEscape)
	s.Relayout()
	if at := s.Place("E-mail"); at != before {
		t.Errorf("the column is at %v, want %v", at, before)
	}
	if got := s.stored(); got.Widths != nil || got.Sort.Key == "email" || got.Window.Width != 1320 {
		t.Errorf("kept is %+v", got)
	}
}
