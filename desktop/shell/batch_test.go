package shell_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/widgetstest"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// table writes a file and returns its path.
func table(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "clients.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// openTable opens a file by its path.
func (s *stage) openTable(path string) {
	s.t.Helper()
	s.choose("Invite from a table…")
	s.until("Path of the file")
	s.Type(path)
	s.Press(fyne.KeyReturn)
}

func TestATableOfClientsIsInvitedAndTheRestExported(t *testing.T) {
	s := signedIn(t)
	path := table(t, "email,name,groups\nann@lumen.example,Lumen,design\nno address,Broken,design\nbea@quay.example,Quay,\n")
	s.openTable(path)
	s.until("3 rows")
	s.until("no address")
	s.Tap("Check")
	s.until("Ready: 2")
	s.until("Sees 0 employees and 0 projects.")
	s.Tap("Invite 2")
	s.until("Invited: 2")
	for _, email := range []string{"ann@lumen.example", "bea@quay.example"} {
		page, err := s.sidecar.Owner.ListClients(t.Context(), client.ClientQuery{Search: email})
		if err != nil || len(page.Value.Items) != 1 {
			t.Errorf("%s: %d clients, %v", email, len(page.Value.Items), err)
		}
	}

	s.Tap("Export the rest…")
	s.until("Export who was not invited")
	s.Press(fyne.KeyReturn)
	s.until("The table was exported to")
	files, err := filepath.Glob(filepath.Join(filepath.Dir(path), "not-invited-*.csv"))
	if err != nil || len(files) != 1 {
		t.Fatalf("files %v, %v", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if got := string(text); !strings.Contains(got, "no address,Broken,design") || strings.Contains(got, "ann@") {
		t.Errorf("the rest is\n%s", got)
	}
}

func TestWhatWasPutRightInATableIsNotGivenUpUnasked(t *testing.T) {
	s := signedIn(t)
	s.openTable(table(t, "email\nann@lumen.example\nno address\n"))
	s.until("2 rows")
	s.Press(fyne.KeyEscape)
	s.until("Iris Clinics") // the file is as it was
	s.openTable(table(t, "email\nann@lumen.example\nno address\n"))
	s.until("2 rows")
	s.Tap("no address")
	widgetstest.Find[*control.Entry](s.Window)[0].SetText("bea@quay.example")
	s.until("Invite 2")
	s.Canvas().Unfocus()
	s.Press(fyne.KeyEscape)
	s.until("What you put right in 1 row is not in the file.")
}

func TestATableIsNotLeftUnaskedWhileItIsInvited(t *testing.T) {
	s := signedIn(t)
	s.openTable(table(t, "email\nann@lumen.example\nbea@quay.example\n"))
	s.until("Invite 2")
	s.Tap("Invite 2")
	s.Press(fyne.KeyEscape)
	s.WantTexts("Discard what you changed?", "2 rows of the table are not invited yet.")
}

func TestATableFollowsWhatChangesAndHowTheSidecarIs(t *testing.T) {
	s := signedIn(t)
	s.openTable(table(t, "email,groups\nann@lumen.example,Research\nbea@quay.example,\n"))
	s.until("Needs fixing: 1")
	stored, err := s.sidecar.Owner.Groups().Create(t.Context(), policy.Group{ID: "research", Name: "Research"}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	s.until("Invite 2")
	if _, err := s.sidecar.Owner.AtLeast(stored.Token).Invite(t.Context(), api.NewInvitation{Email: "Bea@quay.example"}, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.until("A client has this address already.")
	if s.button("Invite 1").Disabled() {
		t.Error("it can't be invited")
	}
	s.sidecar.Stop(t)
	s.pump.Until(func() bool {
		s.pump.Pass(400 * time.Millisecond)
		return s.button("Invite 1").Disabled() && s.button("Check").Disabled()
	})
}

// button returns the button with the text.
func (s *stage) button(text string) *control.Button {
	s.t.Helper()
	for _, b := range widgetstest.Find[*control.Button](s.Window) {
		if b.Text == text {
			return b
		}
	}
	s.t.Fatalf("there is no button %q", text)
	return nil
}

func TestWhatIsNoTableIsTold(t *testing.T) {
	s := signedIn(t)
	missing := filepath.Join(t.TempDir(), "missing.csv")
	s.openTable(missing)
	s.untilTold("There is no file " + missing)
	s.tryPath(table(t, "email\n"))
	s.until("There are no rows in")
}
