package shell_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

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
	s.openTable(table(t, "email,name,groups\nann@lumen.example,Lumen,design\nno address,Broken,design\nbea@quay.example,Quay,\n"))
	s.until("3 rows")
	s.until("no address")
	s.Tap("Check")
	s.until("Ready: 2")
	s.Tap("Invite 2")
	s.until("Invited: 2")
	for _, email := range []string{"ann@lumen.example", "bea@quay.example"} {
		page, err := s.sidecar.Owner.ListClients(t.Context(), client.ClientQuery{Search: email})
		if err != nil || len(page.Value.Items) != 1 {
			t.Errorf("%s: %d clients, %v", email, len(page.Value.Items), err)
		}
	}

	home := t.TempDir()
	t.Setenv("HOME", home)
	s.Tap("Export the rest…")
	s.until("Export who was not invited")
	s.Press(fyne.KeyReturn)
	s.until("The table was exported to")
	files, err := filepath.Glob(filepath.Join(home, "not-invited-*.csv"))
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

func TestWhatIsNoTableIsTold(t *testing.T) {
	s := signedIn(t)
	missing := filepath.Join(t.TempDir(), "missing.csv")
	s.openTable(missing)
	s.until("could not be read. Check that the file exists")
	s.openTable(table(t, "email\n"))
	s.until("There are no rows in")
}
