package shell_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/session"
	"sightline.example/desktop/shell"
	"sightline.example/desktop/widgets/look"
	"sightline.example/policy"
	"sightline.example/sidecar/sidecartest"
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

// restarted ends the app as a shutdown does, and starts it over what it kept.
func (s *stage) restarted() *stage {
	s.t.Helper()
	s.shell.Save()
	next := s.with(s.stored())
	next.shell.Open(s.opened)
	next.until("Live")
	return next
}

func TestTheAppIsStartedAsItWasLeft(t *testing.T) {
	s := signedIn(t)
	s.Tap("E-mail")
	s.Tap("Status")
	s.TapLast("Suspended")
	s.until("Status: Suspended")
	s.settings.Widths = map[string]float32{"email": 300}
	s.Window.Resize(fyne.NewSize(1100, 700))
	s = s.restarted()
	s.until("Status: Suspended")
	s.until("Iris Clinics")
	s.WantNoTexts("Acme Bank")
	if size := s.Canvas().Size(); size != fyne.NewSize(1100, 700) {
		t.Errorf("the window has %v", size)
	}
	s.choose("Groups")
	s = s.restarted()
	s.until("Design")
	if got := s.settings; got.Sort.Key != "email" || got.Filter.Standing != policy.Suspended || got.Widths["email"] != 300 {
		t.Errorf("kept is %+v", got)
	}
}

func TestWhatWasFoundOutElsewhereIsNotKept(t *testing.T) {
	s := signedIn(t)
	s.choose("Overview")
	s.until("Clients by status")
	s.pump.Pass(3 * time.Second) // findings are asked for once the data have come to rest
	s.until("See nothing")
	s.Tap("See nothing")
	s.until("Dune Optics")
	s.pump.Until(func() bool { return !slices.Contains(s.Texts(), "Iris Clinics") })
	s.restarted().until("Iris Clinics")
}

func TestSettingsThatMakeNoSenseDoNoHarm(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	text := `{"theme": "pink", "scale": -3, "language": "xx", "section": "nowhere", "window": {"width": 1e9, "height": 1e9},
		"widths": {"status": -5}, "sort": {"Key": "nothing"}}`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	settings, err := shell.OpenSettings(path)
	if err != nil || settings.ScaleText() != "0.70" {
		t.Fatalf("got %+v, %v", settings, err)
	}
	s := start(t).with(settings)
	s.signIn(session.Credentials{Email: sidecartest.Email, Password: sidecartest.Password})
	if size := s.Canvas().Size(); size.Width > 2000 {
		t.Errorf("the window has %v", size)
	}
	s.choose("Settings…")
	s.until("70 %")
}
