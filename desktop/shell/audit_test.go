package shell_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// rescoped is signedIn, with the group Design, in which Ada is, taken from Acme
// Bank's scope.
func rescoped(t *testing.T) *stage {
	t.Helper()
	s := reviewed(t)
	clients := s.sidecar.Owner.Clients()
	stored, err := clients.Get(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	stored.Value.Scope.Groups = nil
	if _, err := clients.Replace(t.Context(), "acme", stored.Revision, stored.Value, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.choose("Audit log")
	s.until("Client Acme Bank")
	return s
}

func TestAChangeIsShownInTheAuditLogAndTakenBack(t *testing.T) {
	s := rescoped(t)
	s.Press(fyne.KeyHome)
	s.until("Groups: − Design")
	s.Tap("Take back…")
	s.until("Take back this change of Acme Bank?")
	s.WantTexts("Gains 1 employee", "Ada", "Gains 1 group", "Design")
	s.until("+1 group")
	s.Press(fyne.KeyReturn)
	s.until("The scope of Acme Bank is what it was before.")
	s.wantGroups("acme", "design")
	s.until("revision 18")
	s.pump.Pass(2 * time.Second) // new records are looked for after a rest
	s.until("8 records shown")
	s.Tap("Just now") // the first of them
	s.until("Groups: + Design")
}

func TestAChangeThatWasTakenBackIsNotAskedAboutAgain(t *testing.T) {
	s := rescoped(t)
	clients := s.sidecar.Owner.Clients()
	stored, err := clients.Get(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	stored.Value.Scope.Groups = []policy.GroupID{"design"}
	if _, err := clients.Replace(t.Context(), "acme", stored.Revision, stored.Value, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.Press(fyne.KeyHome) // what took the group
	s.until("Groups: − Design")
	s.Tap("Take back…")
	s.until("The scope of Acme Bank is what it was before.")
	s.WantNoTexts("Take back this change of Acme Bank?")
}

func TestTheAuditLogIsVerified(t *testing.T) {
	s := rescoped(t)
	s.Tap("Verify")
	s.until("records of the audit log are whole")
}

func TestTheAuditLogIsFollowed(t *testing.T) {
	s := rescoped(t)
	if _, err := s.sidecar.Owner.Groups().Create(t.Context(), policy.Group{ID: "zebras", Name: "Zebras"}, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.until("revision 18")
	s.pump.Pass(2 * time.Second) // new records are looked for after a rest
	s.until("Zebras")
}

func TestTheAuditLogIsFilteredAndExported(t *testing.T) {
	s := rescoped(t)
	s.choose("Find a record")
	s.Type("acme")
	s.until("1 record shown")

	home := t.TempDir()
	t.Setenv("HOME", home)
	s.choose("Export the records shown…")
	s.until("A table as CSV, or records in JSON")
	s.Press(fyne.KeyReturn)
	s.until("1 record was exported to")
	files, err := filepath.Glob(filepath.Join(home, "audit-*.csv"))
	if err != nil || len(files) != 1 {
		t.Fatalf("files %v, %v", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(text), "\n") != 2 {
		t.Errorf("the table is\n%s", text)
	}
}

func TestTheAuditLogIsFilteredByDays(t *testing.T) {
	s := rescoped(t)
	s.Tap("Any time")
	s.Tap("Last 24 hours")
	s.until("7 records shown")
	s.Tap("Last 24 hours")
	s.Tap("From … until …")
	s.until("Show records of which days?")
	s.Type(" ") // after what the last 24 hours are
	s.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	s.Type("2020-01-01")
	s.Press(fyne.KeyTab)
	s.Type("2019-01-01")
	s.until("Is before the first day.")
	s.Press(fyne.KeyReturn)
	s.WantTexts("Show records of which days?")
	s.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	s.Type("2020-01-31")
	s.Press(fyne.KeyReturn)
	s.until("No record of the audit log fits.")
	s.WantTexts("2020-01-01 – 2020-01-31")
	s.Tap("Show all")
	s.until("7 records shown")
	s.WantTexts("Any time")
}

func TestWhoDidNothingYetIsAmongThePeopleToChooseFrom(t *testing.T) {
	s := signedIn(t)
	if _, err := s.sidecar.Owner.CreateKey(t.Context(), api.NewKey{Name: "Idle tracker", Role: policy.RoleAuditor}, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.choose("Audit log")
	s.until("records shown")
	s.pump.Until(func() bool { // those who could act are read meanwhile
		s.pump.Pass(400 * time.Millisecond)
		s.Tap("Anybody…")
		if slices.Contains(s.Texts(), "Idle tracker") {
			return true
		}
		s.Press(fyne.KeyEscape)
		return false
	})
	s.WantTexts("Idle tracker", "Key", "Olive", "Admin")
	s.pick("idle")
	s.until("No record of the audit log fits.")
	s.WantTexts("By Idle tracker ×")
	s.Tap("By Idle tracker ×")
	s.until("records shown")
}

func TestThePageOfAClientShowsWhatHasHappened(t *testing.T) {
	s := rescoped(t)
	s.choose("Clients")
	s.until("Iris Clinics")
	s.Tap("Acme Bank")
	s.choose("Details of the client")
	s.until("What they see")
	s.Tap("Activity")
	s.until("Did what")
	s.Tap("Just now")
	s.until("Groups: − Design")
}
