package pseudotest

import (
	"io"
	"log"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/session"
	"sightline.example/desktop/widgets/control"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

func TestWhatIsUntranslatedIsFound(t *testing.T) {
	for _, test := range []struct {
		texts []string
		found []string
	}{
		{[]string{"[Save]", "Acme Bank", "3", "2026-11-25 21:40 UTC"}, nil},
		{[]string{"Save", "[Ctrl]+K", "Acme Bank is gone"}, []string{"Save", "Acme Bank is gone"}},
		{[]string{"[Broken into", "lines]", "lines"}, []string{"lines"}},
		{[]string{"[Cut o…", "off"}, []string{"off"}},
		{[]string{"[Groups ([2 groups])], Dune Op…", "Dust…"}, []string{"Dust…"}},
	} {
		if got := untranslated(test.texts); !slices.Equal(got, test.found) {
			t.Errorf("%q: found %q, want %q", test.texts, got, test.found)
		}
	}
}

func TestConnecting(t *testing.T) {
	s := start(t)
	s.until(in("Connect to a sidecar"))
	s.press("Sign in")
	s.press("E-mail and password")
	s.press("Admin key")
	s.press("Sign in")
	s.press("Admin key")
	s.press("Set-up code, as the first owner")
	s.check()
}

func TestACertificateToTrust(t *testing.T) {
	s := start(t)
	behind, err := url.Parse(s.sidecar.URL)
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewUnstartedServer(httputil.NewSingleHostReverseProxy(behind))
	front.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of who does not trust it
	front.StartTLS()
	t.Cleanup(front.Close)
	s.until(in("Connect to a sidecar"))
	s.Tap("https://sightline.example")
	s.Type(front.URL)
	s.Press(fyne.KeyTab)
	s.Type(sidecartest.Email)
	s.Press(fyne.KeyTab)
	s.pick(sidecartest.Password)
	s.until(in("Fingerprint (SHA-256)"))
}

func TestAnAuditor(t *testing.T) {
	s := start(t)
	key, err := s.sidecar.Owner.CreateKey(t.Context(), api.NewKey{Name: "test", Role: policy.RoleAuditor}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	s.signIn(session.Credentials{Token: key.Value.Text})
	s.Tap("Acme Bank")
	s.Press(fyne.KeyReturn)
	s.until("Ada")
	s.choose("Details of the client")
	s.until(in("What they see"))
	s.press("Activity")
	s.press("Access")
	for _, section := range []string{"Overview", "Groups", "Projects", "Employees", "Access review", "Audit log", "Settings…"} {
		s.choose(section)
		s.pump.Pass(time.Second)
		s.check()
		if page := in(strings.TrimSuffix(section, "…")); !strings.HasPrefix(s.Title(), page) {
			t.Errorf("shown is %q in the place of %s", s.Title(), page)
		}
	}
	s.choose("Groups")
	s.until("Design")
	s.Tap("Design")
	s.Press(fyne.KeyReturn)
	s.until("Acme Bank")
}

func TestTwoChangesThatDoNotMeet(t *testing.T) {
	s := signedIn(t)
	s.Tap("Acme Bank")
	s.Press(fyne.KeyReturn)
	s.until(in("Allow seeing screencasts"))
	s.press("Allow seeing screencasts")
	s.Tap("Website")
	s.until("[Not saved: ")
	clients := s.sidecar.Owner.Clients()
	stored, err := clients.Get(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	stored.Value.Scope = policy.Scope{Until: new(time.Now().Add(time.Hour))}
	stored.Value.Name = "Acme Bank Optics"
	if _, err := clients.Replace(t.Context(), "acme", stored.Revision, stored.Value, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.until(in("Merge…"))
	s.press("Merge…")
	s.until(in("Take the result"))
}

func TestTheFrame(t *testing.T) {
	s := signedIn(t)
	s.choose("Find a command…")
	s.escape()
	s.choose("Keyboard shortcuts")
	s.escape()
	s.choose("About Sightline")
	s.escape()
	s.choose("Dark theme")
	s.choose("Larger")
	s.choose("Settings…")
	s.until(in("Where things are kept"))
	s.press("Reset layout")
	s.until(in("The layout is what it was at first."))
	if _, err := s.opened.Client.SignOut(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.choose("Audit log")
	s.until(in("Sign in again"))
}

func TestOverviewAndClients(t *testing.T) {
	s := signedIn(t)
	s.choose("Overview")
	s.until(in("Clients by status"))
	s.pump.Pass(3 * time.Second)
	s.until(in("See nothing"))
	s.until(in("Version of the rules"))
	s.press("See nothing")
	s.until("Dune Optics")
	s.press("Clear filters")
	s.until("Gina Guest")
	for _, button := range []string{"Status", "Sees", "More"} {
		s.press(button)
		s.escape()
	}
	s.press("More")
	s.press("Screencasts: off")
	s.until(in("Screencasts"))
	s.choose("Find a client")
	s.Type("dust")
	s.until(in("Nothing found"))
	s.press("Clear search and filters")
	s.until("Gina Guest")
	s.Tap("Acme Bank")
	s.Press(fyne.KeySpace)
	s.check()
	s.choose("Suspend the ticked clients")
	s.until(in("Undo"))
	s.press("Undo")
	s.until("is active again.")
	s.nameAFile()
	s.Tap("Dune Optics")
	s.Press(fyne.KeyDelete)
	s.check()
	s.pick("Dune Optics")
	s.until("is deleted.")
	s.choose("Deleted clients…")
	s.until("dune@client.example")
	s.Tap("Dune Optics")
	s.press("Erase personal data…")
	s.pick("Dune Optics")
	s.until(in("Erased"))
}

// nameAFile sees all that can be asked of a file to export to, and writes none.
func (s *stage) nameAFile() {
	s.t.Helper()
	home := filepath.Join(s.t.TempDir(), "1") // is in 001
	if err := os.Mkdir(home, 0o700); err != nil {
		s.t.Fatal(err)
	}
	s.t.Setenv("HOME", home)
	old := filepath.Join(home, "old.csv")
	if err := os.WriteFile(old, nil, 0o600); err != nil {
		s.t.Fatal(err)
	}
	s.choose("Export the clients shown…")
	path := s.Canvas().Focused().(*control.Entry)
	path.SetText(filepath.Join(home, "missing", "new.csv"))
	s.Press(fyne.KeyReturn)
	s.until("[There is no folder")
	path.SetText(old)
	s.Press(fyne.KeyReturn)
	s.until("[Overwrite old.csv?]")
	s.escape()
	s.press("Browse…")
	s.until(in("Into this folder"))
	s.escape()
	s.escape()
}

func TestEditing(t *testing.T) {
	s := signedIn(t)
	s.Tap("Acme Bank")
	s.Press(fyne.KeyReturn)
	s.until(in("Allow seeing screencasts"))
	s.until("Ada")
	s.Tap("Website")
	s.until("[Not saved: ")
	s.pump.Pass(2 * time.Second)
	s.check()
	s.choose("Back")
	s.escape()
	s.press("Allow seeing screencasts")
	s.Tap("Design")
	s.pump.Pass(2 * time.Second)
	s.until("Website")
	s.choose("Save")
	s.pump.Pass(2 * time.Second)
	s.check()
}

func TestInviting(t *testing.T) {
	s := signedIn(t)
	s.choose("Invite a client")
	s.until(in("E-mail addresses"))
	s.Type("dust")
	s.check()
	for range "dust" {
		s.Press(fyne.KeyBackspace)
	}
	s.Type("ann@lumen.example")
	s.Tap("Design")
	s.until("Ada")
	s.press("Send")
	s.until(in("Copy link"))
	path := filepath.Join(t.TempDir(), "clients.csv")
	table := "email,name,groups\nann@lumen.example,Ann,design\nno address,Broken,design\nbea@lumen.example,Lumen,design\n"
	if err := os.WriteFile(path, []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}
	s.choose("Clients")
	s.until("Gina Guest")
	s.choose("Invite from a table…")
	s.until(in("Path of the file"))
	s.pick(path)
	s.until("no address")
	s.press("Check")
	s.until("[Ready]: 1")
	s.press("Invite 1")
	s.until("[Invited]: 1")
}

func TestTheDetailsOfAClient(t *testing.T) {
	s := signedIn(t)
	s.Tap("Gina Guest")
	s.choose("Details of the client")
	s.until(in("What they see"))
	s.press("Invitation")
	s.until("Its link opens until")
	s.press("New link to copy")
	s.until("[A new link for Gina Guest")
	s.press("Revoke…")
	s.escape()
	s.press("Activity")
	s.until(in("Did what"))
	s.Tap(in("Just now"))
	s.check()
	s.press("Access")
	s.escape()
	s.until("Acme Bank")
	s.Tap("Acme Bank")
	s.choose("Details of the client")
	s.until("Ada")
	s.press("Access")
	s.press("Suspend")
	s.until("[Acme Bank is suspended")
	s.press("Delete the client…")
	s.escape()
}

func TestTheDirectory(t *testing.T) {
	s := signedIn(t)
	for _, section := range []string{"Groups", "Projects", "Employees"} {
		s.choose(section)
		s.check()
		s.pump.Pass(time.Second)
		s.choose("New…")
		s.until(in("Name"))
		s.Type("Ann")
		s.check()
		s.escape()
		s.press("Discard")
		s.pump.Pass(time.Second)
		s.check()
	}
	s.choose("Groups")
	s.until("Design")
	s.Tap("Design")
	s.Press(fyne.KeyReturn)
	s.until("Acme Bank")
	s.choose("Delete…")
	s.until("[Acme Bank loses")
	s.escape()
	s.choose("Who can see it?")
	s.until("acme@client.example")
	s.choose("Groups")
	s.until("Design")
	s.choose("Import…")
	s.until("[Choose a file")
	s.add("groups.csv", "id,name\nno address,Design\n")
	s.until("1 mistake has")
}

func TestImporting(t *testing.T) {
	s := signedIn(t)
	s.choose("Groups")
	s.until("Design")
	s.choose("Import…")
	s.until("[Choose a file")
	s.add("all.json", `{"employees": [{"id": "ben", "name": "Broken"}], "groups": [], "projects": []}`)
	s.until(in("Dead reference"))
	s.press("Import")
	s.pump.Pass(time.Second)
	s.check()
	s.Press(fyne.KeyReturn)
	s.until("Design")
}

// add adds a file with a text to the import that is shown.
func (s *stage) add(name, text string) {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
	s.press("Add a file…")
	s.pick(path)
}

func TestReviewing(t *testing.T) {
	s := signedIn(t)
	s.choose("Access review")
	s.until(in("Who can see it?"))
	s.choose("Choose an employee…")
	s.pick("ada")
	s.until("acme@client.example")
	s.press("Export…")
	s.until("[A table as CSV")
	s.escape()
	s.press("Can a client see it?…")
	s.escape()
	s.choose("Clients")
	s.until("Gina Guest")
	for _, name := range []string{"Acme Bank", "Iris Clinics", "Dune Optics"} {
		s.Tap(name)
		s.choose("What the client can see, and why…")
		s.until("[What can ")
		s.press("Choose an employee…")
		s.pick("ada")
		s.until("[Can " + name)
		s.pump.Pass(time.Second)
		s.until("[Rule: ")
		s.escape()
		s.until("Gina Guest")
	}
}

func TestTheAuditLog(t *testing.T) {
	s := signedIn(t)
	clients := s.sidecar.Owner.Clients()
	stored, err := clients.Get(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	stored.Value.Scope = policy.Scope{Projects: []policy.ProjectID{"website"}, Screencasts: true, From: new(time.Now())}
	if _, err := clients.Replace(t.Context(), "acme", stored.Revision, stored.Value, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.sidecar.Owner.Suspend(t.Context(), "dune", 0, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.choose("Audit log")
	s.until("Acme Bank")
	s.Press(fyne.KeyHome)
	for range 12 {
		s.pump.Pass(time.Second)
		s.check()
		s.Press(fyne.KeyDown)
	}
	s.choose("Show what one person did…")
	s.escape()
	s.press("Any time")
	s.press("From … until …")
	s.Type("x")
	s.check()
	s.escape()
	s.press("Verify")
	s.until("records of the audit log are whole")
	s.choose("Export the records shown…")
	s.escape()
}

func TestCutOff(t *testing.T) {
	s := signedIn(t)
	s.sidecar.Stop(t)
	s.until(in("Reconnecting"))
	s.choose("Audit log")
	s.pump.Pass(time.Second)
	s.check()
	s.choose("Sign out")
	s.until(in("Connect to a sidecar"))
}
