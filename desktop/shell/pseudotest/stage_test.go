package pseudotest

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/session"
	"sightline.example/desktop/shell"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/widgetstest"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// stage is the app with a sidecar.
type stage struct {
	*widgetstest.Window
	t       *testing.T
	shell   *shell.Shell
	pump    *asynctest.Pump
	sidecar *sidecartest.Sidecar
	opened  *session.Session
	told    map[string]bool // texts that were found
}

// start shows the connect screen of an app, beside a sidecar with a little in it.
func start(t *testing.T) *stage {
	t.Helper()
	widgetstest.Start(t, look.Light)
	s := &stage{t: t, pump: asynctest.New(t), sidecar: sidecartest.Start(t, sidecartest.Options{}), told: map[string]bool{}}
	s.fill()
	dir := t.TempDir()
	settings, err := shell.OpenSettings(filepath.Join(dir, "settings.json"))
	if err != nil {
		t.Fatal(err)
	}
	s.shell = shell.New(shell.Config{
		App: fyne.CurrentApp(), On: s.pump, Book: &session.Book{}, Vault: &session.Vault{}, Settings: settings, Drafts: filepath.Join(dir, "drafts"),
	})
	s.Window = widgetstest.Over(t, s.shell.Window())
	s.Window.Resize(fyne.NewSize(1900, 1100)) // what has no room can't be read
	return s
}

func (s *stage) fill() {
	s.t.Helper()
	doc := api.Document{
		Directory: policy.Directory{
			Employees: []policy.Employee{{ID: "ada", Name: "Ada", Groups: []policy.GroupID{"design"}, Projects: []policy.ProjectID{"website"}}},
			Groups:    []policy.Group{{ID: "design", Name: "Design"}}, Projects: []policy.Project{{ID: "website", Name: "Website"}},
		},
		Clients: []policy.Client{
			{ID: "acme", Name: "Acme Bank", Email: "acme@client.example", Status: policy.Active, Scope: policy.Scope{Groups: []policy.GroupID{"design"}}},
			{ID: "dune", Name: "Dune Optics", Email: "dune@client.example", Status: policy.Active},
			{ID: "iris", Name: "Iris Clinics", Email: "iris@client.example", Status: policy.Suspended},
		},
	}
	stored, err := s.sidecar.Owner.Import(s.t.Context(), doc, client.Terms{})
	if err != nil {
		s.t.Fatal(err)
	}
	s.sidecar.Owner = s.sidecar.Owner.AtLeast(stored.Token)
	if _, err := s.sidecar.Owner.Invite(s.t.Context(), api.NewInvitation{Email: "gina@client.example", Name: "Gina Guest"}, client.Terms{}); err != nil {
		s.t.Fatal(err)
	}
}

// signedIn is start, with the owner signed in and everything read.
func signedIn(t *testing.T) *stage {
	t.Helper()
	s := start(t)
	s.signIn(session.Credentials{Email: sidecartest.Email, Password: sidecartest.Password})
	return s
}

// signIn has the app go on as who the credentials are of.
func (s *stage) signIn(as session.Credentials) {
	s.t.Helper()
	opened, err := session.Open(s.t.Context(), session.Connection{URL: s.sidecar.URL}, as)
	if err != nil {
		s.t.Fatal(err)
	}
	s.opened = opened
	s.t.Cleanup(opened.Close)
	s.shell.Open(opened)
	s.until(in("Live"))
	s.until("Gina Guest")
}

// until runs the app until a text is shown, and checks what is shown then.
func (s *stage) until(text string) {
	s.t.Helper()
	reached := false
	defer func() {
		if !reached {
			s.t.Logf("there is no %q; shown is %q", text, s.Texts())
		}
	}()
	s.pump.Until(func() bool {
		for range 3 { // what waits may be for something that waits
			s.pump.Pass(400 * time.Millisecond)
			s.Relayout()
			if strings.Contains(strings.Join(s.Texts(), " "), text) { // it may be broken into lines
				return true
			}
		}
		return false
	})
	reached = true
	s.check()
}

// check fails the test for each text that is shown, in the window, in its title and
// in its menus, and does not come from the catalogue.
func (s *stage) check() {
	s.t.Helper()
	s.Relayout()
	texts := append(s.Texts(), s.Title())
	for _, button := range widgetstest.Find[*control.Button](s.Window) {
		texts = append(texts, button.Tip)
	}
	for _, menu := range s.MainMenu().Items {
		texts = append(texts, menu.Label)
		for _, item := range menu.Items {
			texts = append(texts, item.Label)
		}
	}
	for _, text := range untranslated(texts) {
		if !s.told[text] {
			s.told[text] = true
			s.t.Errorf("%q does not come from the catalogue", text)
		}
	}
}

// choose runs the command with the title from the menu.
func (s *stage) choose(title string) {
	s.t.Helper()
	for _, menu := range s.MainMenu().Items {
		for _, item := range menu.Items {
			if item.Label == in(title) {
				item.Action()
				s.check()
				return
			}
		}
	}
	s.t.Fatalf("no menu has %q", title)
}

// press taps what shows a text of the catalogue.
func (s *stage) press(text string) {
	s.t.Helper()
	s.Tap(in(text))
	s.check()
}

// pick types into what has the keyboard, and sends that off.
func (s *stage) pick(text string) {
	s.t.Helper()
	s.Type(text)
	s.check()
	s.Press(fyne.KeyReturn)
	s.check()
}

// escape presses Escape.
func (s *stage) escape() {
	s.t.Helper()
	s.Press(fyne.KeyEscape)
	s.check()
}
