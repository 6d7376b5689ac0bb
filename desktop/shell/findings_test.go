package shell_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sightline.example/policy"
	"sightline.example/sidecar/client"
)

// found is signedIn, with the findings about Lena, who is in no group and on no
// project, and about Dune Optics, whose scope is empty.
func found(t *testing.T) *stage {
	t.Helper()
	s := signedIn(t)
	if _, err := s.sidecar.Owner.Employees().Create(t.Context(), policy.Employee{ID: "lena", Name: "Lena"}, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.until("revision 16")
	s.choose("Access review")
	s.Tap("Findings")
	s.until("On its own")
	return s
}

func TestAFindingLeadsToWhatItIsAbout(t *testing.T) {
	s := found(t)
	s.WantTexts("Lena", "Dune Optics", "Sees nothing", "All findings (3)", "3 findings")
	s.WantNoTexts("Iris Clinics") // is suspended
	s.Tap("Lena")
	s.until("No client can see it")
	s.choose("Back")
	s.until("On its own")
	s.Tap("Dune Optics")
	s.until("What they see")
}

func TestTheOverviewLeadsToTheFindings(t *testing.T) {
	s := found(t)
	s.choose("Overview")
	s.until("Needs a look")
	s.Tap("Show all findings")
	s.until("On its own")
	s.choose("Overview")
	s.choose("Findings")
	s.until("On its own")
	s.choose("Back")
	s.until("Who can see it?") // they are a part of the access review
}

func TestFindingsAreLookedForAnewAfterChanges(t *testing.T) {
	s := found(t)
	if _, err := s.sidecar.Owner.Employees().Create(t.Context(), policy.Employee{ID: "mona", Name: "Mona"}, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.until("revision 17")
	s.pump.Pass(2 * time.Second) // changes have to rest
	s.until("Mona")
}

func TestTheFindingsShownAreExported(t *testing.T) {
	s := found(t)
	s.Tap("All findings (3)")
	s.Tap("On its own (1)")
	s.until("1 finding")
	home := t.TempDir()
	t.Setenv("HOME", home)
	s.choose("Export the findings shown…")
	s.until("Export 1 finding")
	s.Press(fyne.KeyReturn)
	s.until("The table was exported to")
	files, err := filepath.Glob(filepath.Join(home, "findings-*.csv"))
	if err != nil || len(files) != 1 {
		t.Fatalf("files %v, %v", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if table := string(text); strings.Count(table, "\n") != 2 || !strings.Contains(table, "alone,employee,lena,Lena") {
		t.Errorf("the table is\n%s", table)
	}
}
