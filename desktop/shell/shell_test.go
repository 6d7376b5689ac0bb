package shell_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/pquerna/otp/totp"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/session"
	"sightline.example/desktop/shell"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/form"
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
	t        *testing.T
	shell    *shell.Shell
	pump     *asynctest.Pump
	sidecar  *sidecartest.Sidecar
	settings *shell.Settings
	dir      string
	opened   *session.Session
}

// start shows the connect screen of an app, beside a sidecar with three clients.
func start(t *testing.T) *stage {
	t.Helper()
	return startBeside(t, sidecartest.Start(t, sidecartest.Options{}))
}

// startBeside is start with a sidecar that has nothing in it yet.
func startBeside(t *testing.T, sidecar *sidecartest.Sidecar) *stage {
	t.Helper()
	widgetstest.Start(t, look.Light)
	s := &stage{t: t, pump: asynctest.New(t), sidecar: sidecar, dir: t.TempDir()}
	s.fill()
	book, err := session.OpenBook(filepath.Join(s.dir, "connections.json"))
	if err != nil {
		t.Fatal(err)
	}
	if s.settings, err = shell.OpenSettings(filepath.Join(s.dir, "settings.json")); err != nil {
		t.Fatal(err)
	}
	s.shell = shell.New(shell.Config{App: fyne.CurrentApp(), On: s.pump, Book: book, Vault: &session.Vault{}, Settings: s.settings, Drafts: filepath.Join(s.dir, "drafts")})
	s.Window = widgetstest.Over(t, s.shell.Window())
	s.Window.Resize(fyne.NewSize(1320, 800))
	return s
}

func (s *stage) fill() {
	s.t.Helper()
	doc := api.Document{
		Directory: policy.Directory{Employees: []policy.Employee{}, Groups: []policy.Group{{ID: "design", Name: "Design"}}, Projects: []policy.Project{}},
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
}

// signedIn is start, with the owner signed in and everything read.
func signedIn(t *testing.T) *stage {
	t.Helper()
	s := start(t)
	s.signIn(session.Credentials{Email: sidecartest.Email, Password: sidecartest.Password})
	return s
}

func (s *stage) signIn(with session.Credentials) {
	s.t.Helper()
	opened, err := session.Open(s.t.Context(), session.Connection{URL: s.sidecar.URL}, with)
	if err != nil {
		s.t.Fatal(err)
	}
	s.opened = opened
	s.t.Cleanup(opened.Close)
	s.shell.Open(opened)
	s.until("Live")
	s.until("Iris Clinics")
}

// until runs the app until a text is shown.
func (s *stage) until(text string) {
	s.t.Helper()
	s.pump.Until(func() bool {
		quiet := 0 // what waits may be for something that waits
		for turn := 0; turn < 30 && quiet < 3; turn++ {
			if quiet++; s.pump.Pass(400 * time.Millisecond) {
				quiet = 0
			}
			s.Relayout()
			if strings.Contains(strings.Join(s.Texts(), " "), text) { // it may be broken into lines
				return true
			}
		}
		return false
	})
}

// choose runs the command with the title from the menu.
func (s *stage) choose(title string) {
	s.t.Helper()
	for _, menu := range s.MainMenu().Items {
		for _, item := range menu.Items {
			if item.Label == title {
				item.Action()
				s.Relayout()
				return
			}
		}
	}
	s.t.Fatalf("no menu has %q", title)
}

func TestWithoutASessionTheConnectScreenIsShown(t *testing.T) {
	s := start(t)
	s.WantTexts("Connect to a sidecar")
	s.WantFits()
	if got := s.Title(); got != "Sightline" {
		t.Errorf("the title is %q", got)
	}
}

func TestTheClientsAreShownAndFollowWhatChanges(t *testing.T) {
	s := signedIn(t)
	s.WantTexts("Acme Bank", "Dune Optics", "3 clients")
	s.WantFits()
	if _, err := s.sidecar.Owner.Suspend(t.Context(), "acme", 0, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.until("Just now")
}

func TestSuspendingIsTakenBackByUndo(t *testing.T) {
	s := signedIn(t)
	s.Tap("Acme Bank")
	s.choose("Suspend the ticked clients")
	s.until("Acme Bank is suspended")
	wantStatus(t, s, policy.Suspended)
	s.Tap("Undo")
	s.until("Acme Bank is active again.")
	wantStatus(t, s, policy.Active)
}

func wantStatus(t *testing.T, s *stage, want policy.Status) {
	t.Helper()
	got, err := s.sidecar.Owner.Clients().Get(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	if got.Value.Status != want {
		t.Errorf("the sidecar has the client as %s, want %s", got.Value.Status, want)
	}
}

func TestAnActWithManyIsAskedAboutAndCanBeStopped(t *testing.T) {
	s := signedIn(t)
	for i := range 100 {
		id := fmt.Sprintf("c%03d", i)
		more := policy.Client{ID: policy.ClientID(id), Name: "Client " + id, Email: id + "@client.example", Status: policy.Active}
		if _, err := s.sidecar.Owner.Clients().Create(t.Context(), more, client.Terms{}); err != nil {
			t.Fatal(err)
		}
	}
	s.until("Client c000")
	s.pump.Until(func() bool {
		s.pump.Pass(time.Second)
		return slices.Contains(s.Texts(), "103 clients")
	})
	s.Tap("Acme Bank")
	s.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	s.choose("Suspend the ticked clients")
	s.WantTexts("Suspend 103 clients?")
	s.Press(fyne.KeyReturn)
	s.until("of 102 done")
	s.choose("Sign out")
	s.WantTexts("Leave before it is done?", "as they are.")
	s.Tap("Stay")
	s.Tap("Stop")
	s.until("Stopped: ")
	s.WantNoTexts("Stop")
	all, err := s.sidecar.Owner.ListClients(t.Context(), client.ClientQuery{Status: policy.Suspended})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(all.Value.Items); n < 2 || n > 100 {
		t.Errorf("%d are suspended", n)
	}
}

func TestAClientWhoIsDeletedIsTickedNoMore(t *testing.T) {
	s := signedIn(t)
	s.Tap("Acme Bank")
	s.Press(fyne.KeySpace, fyne.KeyDown, fyne.KeySpace)
	s.Relayout()
	s.WantTexts("2 ticked")
	if _, err := s.sidecar.Owner.Clients().Delete(t.Context(), "dune", s.shell.Store().Client("dune").Revision, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.until("1 ticked")
	s.WantNoTexts("1 ticked, 1 not listed")
}

func TestDeletingAsksForTheName(t *testing.T) {
	s := signedIn(t)
	s.Tap("Dune Optics")
	s.Press(fyne.KeyDelete)
	s.WantTexts("Delete client Dune Optics?")
	s.Type("Dune Optics")
	s.Press(fyne.KeyReturn)
	s.until("Dune Optics is deleted.")
	if _, err := s.sidecar.Owner.Clients().Get(t.Context(), "dune"); policy.CodeOf(err) != policy.NotFound {
		t.Errorf("the sidecar says %v", err)
	}
}

func TestAnAuditorCanLookAndChangeNothing(t *testing.T) {
	s := start(t)
	key, err := s.sidecar.Owner.CreateKey(t.Context(), api.NewKey{Name: "reader", Role: policy.RoleAuditor}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	s.signIn(session.Credentials{Token: key.Value.Text})
	s.WantTexts("You can look at everything and change nothing: your role is Auditor.")
	s.Tap("Acme Bank")
	s.Press(fyne.KeyDelete)
	s.WantNoTexts("Delete client Acme Bank?")
}

func TestASessionThatIsOverIsRenewedInPlace(t *testing.T) {
	s := signedIn(t)
	if _, err := s.opened.Client.SignOut(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Tap("Acme Bank")
	s.choose("Suspend the ticked clients")
	s.until("Sign in again")
	s.Type("not the password")
	s.Press(fyne.KeyReturn)
	s.until("The sidecar does not let you in with this.")
	s.Type(sidecartest.Password)
	s.Press(fyne.KeyReturn)
	s.until("You are signed in again.")
	s.until("Live")
	s.WantTexts("Acme Bank")
}

func TestAMissingCodeIsAskedForBesideItsField(t *testing.T) {
	s := signedIn(t)
	begun, err := s.opened.Client.BeginCodes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	code, err := totp.GenerateCode(begun.Value.Secret, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.opened.Client.ConfirmCodes(t.Context(), code); err != nil {
		t.Fatal(err)
	}
	if _, err := s.opened.Client.SignOut(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.until("Sign in again")
	s.Type(sidecartest.Password)
	s.Press(fyne.KeyReturn)
	s.until("Enter the one-time code")
	var wrong []bool
	for _, row := range widgetstest.Find[*form.Row](s.Window) {
		wrong = append(wrong, row.Error() != "")
	}
	if diff := cmp.Diff([]bool{false, true}, wrong); diff != "" {
		t.Errorf("which rows have an error: -want +got\n%s", diff)
	}
	fields := widgetstest.Find[*control.Entry](s.Window)
	if fields[0].Text != sidecartest.Password || s.Canvas().Focused() != fyne.Focusable(fields[1]) {
		t.Errorf("the password is %q, the keyboard with %v", fields[0].Text, s.Canvas().Focused())
	}
}

func TestCommandsWaitForWhatLiesOverTheWindow(t *testing.T) {
	s := signedIn(t)
	s.choose("Find a command…")
	s.choose("Keyboard shortcuts")
	s.WantNoTexts("Move, open, tick")
	s.Type("overv")
	s.Press(fyne.KeyReturn)
	s.until("Clients by status")
	s.choose("Keyboard shortcuts")
	s.WantTexts("Ctrl+K", "Ctrl+1")
	s.Press(fyne.KeyEscape)
	s.WantTexts("Clients by status")
}

func TestANumberOfTheOverviewLeadsToItsList(t *testing.T) {
	s := signedIn(t)
	s.choose("Overview")
	s.until("Clients by status")
	s.Tap("Suspended")
	s.until("Status: Suspended")
	s.until("Iris Clinics")
	s.WantNoTexts("Acme Bank")
}

func TestTheListIsExported(t *testing.T) {
	s := signedIn(t)
	s.choose("Export the clients shown…")
	path := filepath.Join(s.dir, "out.csv")
	s.pump.Step()
	entries := widgetstest.Find[interface {
		fyne.Focusable
		SetText(string)
	}](s.Window)
	for _, e := range entries {
		e.SetText(path)
	}
	s.Press(fyne.KeyReturn)
	s.until("3 clients were exported")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(string(text), "\r\n"); lines != 4 {
		t.Errorf("the file has %d lines, want 4:\n%s", lines, text)
	}
}

func TestSigningOutShowsTheConnectScreenAndEndsTheSession(t *testing.T) {
	s := signedIn(t)
	s.choose("Sign out")
	s.until("Connect to a sidecar")
	s.pump.Settle()
	if _, err := s.opened.Client.Who(t.Context()); policy.CodeOf(err) != policy.Unauthenticated {
		t.Errorf("the session says %v", err)
	}
}

func TestHowTheAppWasLeftIsRemembered(t *testing.T) {
	s := signedIn(t)
	s.choose("Dark theme")
	s.choose("Larger")
	s.Tap("E-mail")
	s.Window.Resize(fyne.NewSize(1000, 700))
	s.shell.Save()
	again, err := shell.OpenSettings(filepath.Join(s.dir, "settings.json"))
	if err != nil {
		t.Fatal(err)
	}
	if again.Theme != look.Dark || again.ScaleText() != "1.10" || again.Window.Width != 1000 || again.Lists["clients"].Sort.Key != "email" {
		t.Errorf("remembered is %+v", again)
	}
}

func TestSettingsThatCantBeReadDoNotKeepTheAppFromStarting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	if err := os.WriteFile(path, []byte("{cut"), 0o600); err != nil {
		t.Fatal(err)
	}
	settings, err := shell.OpenSettings(path)
	if err == nil || settings.Theme != "" {
		t.Errorf("got %+v, %v", settings, err)
	}
	if err := settings.Save(); err != nil {
		t.Error(err)
	}
}

func TestWhatCannotBeDoneNowIsFoundToo(t *testing.T) {
	s := signedIn(t)
	s.choose("Find a command…")
	s.Type("try to connect")
	s.WantTexts("Try to connect now", "Not now")
	s.Press(fyne.KeyReturn)
	s.until("This can't be done now: Try to connect now.")
}
