package germantest

import (
	"log"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/lang"
	"sightline.example/desktop/session"
	"sightline.example/desktop/shell"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/widgetstest"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

func TestMain(m *testing.M) {
	if err := os.Setenv("LC_ALL", "de_DE.UTF-8"); err != nil {
		log.Fatal(err)
	}
	if err := lang.Load(lang.System); err != nil {
		log.Fatal(err)
	}
	m.Run()
}

// stage is the app in a small window, with the owner of a sidecar signed in.
type stage struct {
	*widgetstest.Window
	t    *testing.T
	pump *asynctest.Pump
}

// long is a name of the length some companies have.
const long = "The Royal Northern Society for the Advancement of Lighthouse Engineering and Coastal Safety"

func signedIn(t *testing.T) *stage {
	t.Helper()
	widgetstest.Start(t, look.Light)
	pump, sidecar := asynctest.New(t), sidecartest.Start(t, sidecartest.Options{})
	stored, err := sidecar.Owner.Import(t.Context(), api.Document{
		Directory: policy.Directory{
			Employees: []policy.Employee{{ID: "ada", Name: long, Groups: []policy.GroupID{"design"}}},
			Groups:    []policy.Group{{ID: "design", Name: long}, {ID: "gone", Name: "Gone"}}, Projects: []policy.Project{{ID: "website", Name: long}},
		},
		Clients: []policy.Client{{
			ID: "acme", Name: long, Email: "acme@client.example", Status: policy.Active,
			Scope: policy.Scope{Groups: []policy.GroupID{"gone", "design"}, Projects: []policy.ProjectID{"website"}},
		}},
	}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	groups := sidecar.Owner.AtLeast(stored.Token).Groups()
	gone, err := groups.Get(t.Context(), "gone")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := groups.Delete(t.Context(), "gone", gone.Revision, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	settings, err := shell.OpenSettings(filepath.Join(t.TempDir(), "settings.json"))
	if err != nil {
		t.Fatal(err)
	}
	app := shell.New(shell.Config{App: fyne.CurrentApp(), On: pump, Book: &session.Book{}, Vault: &session.Vault{}, Settings: settings})
	s := &stage{Window: widgetstest.Over(t, app.Window()), t: t, pump: pump}
	s.Window.Resize(fyne.NewSize(900, 572)) // what a menu bar leaves of 900 x 600
	opened, err := session.Open(t.Context(), session.Connection{URL: sidecar.URL}, session.Credentials{Email: sidecartest.Email, Password: sidecartest.Password})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(opened.Close)
	app.Open(opened)
	s.until("acme@client.example")
	return s
}

// until runs the app until a text is shown, and checks that there is room for it.
func (s *stage) until(text string) {
	s.t.Helper()
	s.pump.Until(func() bool {
		s.pump.Pass(400 * time.Millisecond)
		s.Relayout()
		for _, shown := range s.Texts() {
			if shown == text {
				return true
			}
		}
		return false
	})
	s.WantFits()
}

// choose runs the command with the title from the menu.
func (s *stage) choose(title string) {
	s.t.Helper()
	for _, menu := range s.MainMenu().Items {
		for _, item := range menu.Items {
			if item.Label == title {
				item.Action()
				return
			}
		}
	}
	s.t.Fatalf("no menu has %q", title)
}

func TestTheListOfClientsFits(t *testing.T) {
	s := signedIn(t)
	s.Tap("acme@client.example")
	s.Press(fyne.KeySpace)
	s.until("1 angekreuzt")
}

func TestTheContactFits(t *testing.T) {
	s := signedIn(t)
	s.Tap("acme@client.example")
	s.choose("Name und Adresse ändern…")
	s.until("Abbrechen")
}

func TestTheEditorFits(t *testing.T) {
	s := signedIn(t)
	s.Tap("acme@client.example")
	s.Press(fyne.KeyReturn)
	s.until("Ersetzen…")
	s.Tap("Entfernen")
	s.until("Nicht gespeichert: -1 Gruppe")
}

func TestTheDetailsFit(t *testing.T) {
	s := signedIn(t)
	s.Tap("acme@client.example")
	s.choose("Einzelheiten zum Kunden")
	s.until("Was sie sehen")
	for _, section := range []string{"Zugang", "Verlauf", "Was sie sehen"} {
		s.Tap(section)
		s.until(section)
	}
}

func TestWhyAClientSeesSomethingFits(t *testing.T) {
	s := signedIn(t)
	s.choose("Zugänge prüfen")
	s.choose("Kann ein Kunde es sehen?…")
	s.Press(fyne.KeyReturn)
	s.until("Kann dieser Kunde es sehen?")
}

func TestTheOtherPagesFit(t *testing.T) {
	s := signedIn(t)
	for _, title := range []string{"Übersicht", "Gruppen", "Projekte", "Mitarbeiter", "Zugänge prüfen", "Protokoll", "Einstellungen…"} {
		s.choose(title)
		s.pump.Pass(2 * time.Second)
		s.Relayout()
		s.WantFits()
		if page := strings.TrimSuffix(title, "…"); !strings.HasPrefix(s.Title(), page) {
			t.Errorf("shown is %q in the place of %s", s.Title(), page)
		}
	}
	s.choose("Kunden")
	s.until("acme@client.example")
	s.choose("Kunden einladen")
	s.until("E-Mail-Adressen")
}
