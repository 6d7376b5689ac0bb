package shell_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/session"
	"sightline.example/desktop/shell"
	"sightline.example/desktop/widgets/grid"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/widgetstest"
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
	s.settings.Lists = map[string]shell.ListLayout{"clients": {Widths: map[string]float32{"name": 500}}, "groups": {Sort: grid.Sort{Key: "clients"}}}
	s.Window.Resize(fyne.NewSize(1000, 700))
	s.choose("Settings…")
	s.Tap("Reset layout")
	s.until("The layout is what it was at first.")
	s.Press(fyne.KeyEscape)
	s.Relayout()
	if at := s.Place("E-mail"); at != before {
		t.Errorf("the column is at %v, want %v", at, before)
	}
	if got := s.stored(); got.Lists != nil || got.Window.Width != 1320 {
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
	s.settings.Lists = map[string]shell.ListLayout{"clients": {Widths: map[string]float32{"email": 300}}}
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
	if got := s.settings; got.Lists["clients"].Sort.Key != "email" || got.Filter.Standing != policy.Suspended || got.Lists["clients"].Widths["email"] != 300 {
		t.Errorf("kept is %+v", got)
	}
}

// widen drags the first column of the list that is shown wider.
func (s *stage) widen() {
	s.t.Helper()
	type edge interface {
		fyne.Draggable
		fyne.DoubleTappable
	}
	edges := widgetstest.Find[edge](s.Window)
	first := edges[slices.IndexFunc(edges, func(e edge) bool {
		_, field := e.(fyne.Focusable) // one can drag in those too
		return !field
	})]
	first.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(333, 0)})
	first.DragEnd()
	s.Relayout()
}

func TestEachListIsAsItWasLeft(t *testing.T) {
	s := reviewed(t)
	lists := []struct{ id, title, shows, second string }{
		{"groups", "Groups", "Design", "Identifier"},
		{"employees", "Employees", "Ada", "Identifier"},
		{"audit", "Audit log", "records shown", "Who"},
	}
	places := map[string]fyne.Position{}
	for _, l := range lists {
		s.choose(l.title)
		s.until(l.shows)
		if l.id == "groups" {
			s.Tap("In scopes")
		}
		before := s.Place(l.second)
		s.widen()
		places[l.id] = s.Place(l.second)
		if places[l.id] == before {
			t.Fatalf("%s: the second column is still at %v", l.id, before)
		}
	}
	s.choose("Access review")
	s.choose("Choose an employee…")
	s.pick("ada")
	s.until("acme@client.example")
	s.widen()
	s = s.restarted()
	for _, l := range lists {
		s.choose(l.title)
		s.until(l.shows)
		if at := s.Place(l.second); at != places[l.id] {
			t.Errorf("%s: the second column is at %v, want %v", l.id, at, places[l.id])
		}
	}
	if kept := s.settings.Lists; kept["groups"].Sort.Key != "clients" || kept["review"].Widths["name"] < 300 {
		t.Errorf("kept is %+v", kept)
	}
	s.choose("Settings…")
	s.Tap("Reset layout")
	s.choose("Employees")
	s.until("Ada")
	if at := s.Place("Identifier"); at == places["employees"] || s.stored().Lists != nil {
		t.Errorf("the second column is at %v, kept is %+v", at, s.stored().Lists)
	}
}

func TestSettingsOfEarlierVersionsAreTakenOver(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	if err := os.WriteFile(path, []byte(`{"widths": {"email": 300}, "sort": {"Key": "email", "Descending": true}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	settings, err := shell.OpenSettings(path)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]shell.ListLayout{"clients": {Widths: map[string]float32{"email": 300}, Sort: grid.Sort{Key: "email", Descending: true}}}
	if diff := cmp.Diff(want, settings.Lists); diff != "" {
		t.Error(diff)
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
