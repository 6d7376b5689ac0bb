package shell_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sightline.example/desktop/widgets/grid/frame"
	"sightline.example/desktop/widgets/widgetstest"
	"sightline.example/policy"
	"sightline.example/sidecar/client"
)

// reviewed is signedIn, with Ada in the group Design, which Acme Bank sees.
func reviewed(t *testing.T) *stage {
	t.Helper()
	s := signedIn(t)
	ada := policy.Employee{ID: "ada", Name: "Ada", Groups: []policy.GroupID{"design"}}
	if _, err := s.sidecar.Owner.Employees().Create(t.Context(), ada, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.until("revision 16") // Ada can be chosen
	return s
}

// pick chooses in the palette by typing.
func (s *stage) pick(text string) {
	s.t.Helper()
	s.Type(text)
	s.Press(fyne.KeyReturn)
}

func TestThePaletteLeadsToWhoCanSeeSomething(t *testing.T) {
	s := reviewed(t)
	s.choose("Find a command…")
	s.pick("who")
	s.until("Who can see it?")
}

func TestWhoCanSeeAnEmployeeIsListedAndExported(t *testing.T) {
	s := reviewed(t)
	s.choose("Access review")
	s.until("Who can see it?")
	s.choose("Choose an employee…")
	s.pick("ada")
	s.until("1 client can see it")
	s.until("Acme Bank")
	s.WantTexts("Who can see the employee Ada?", "acme@client.example", "Design")
	s.WantNoTexts("Dune Optics")

	home := t.TempDir()
	t.Setenv("HOME", home)
	s.Tap("Export…")
	s.until("A table as CSV")
	s.Press(fyne.KeyReturn)
	s.until("The table was exported to")
	files, err := filepath.Glob(filepath.Join(home, "who-sees-employee-*.csv"))
	if err != nil || len(files) != 1 {
		t.Fatalf("files %v, %v", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if table := string(text); strings.Count(table, "\n") != 2 || !strings.Contains(table, "acme@client.example") {
		t.Errorf("the table is\n%s", table)
	}
}

func TestWhyAClientSeesSomethingIsExplained(t *testing.T) {
	s := reviewed(t)
	s.Tap("Acme Bank")
	s.choose("What the client can see, and why…")
	s.until("What can Acme Bank see, and why?")
	s.Tap("Choose an employee…")
	s.pick("ada")
	s.until("Yes")
	s.WantTexts("Can Acme Bank see Ada?")
	s.until("Through the group Design")
	s.Tap("Show how the rules were evaluated")
	s.until("Enter ")
}

func TestWhoCanSeeSomethingIsFilteredByScreencasts(t *testing.T) {
	s := reviewed(t)
	s.choose("Access review")
	s.until("Who can see it?")
	s.choose("Choose an employee…")
	s.pick("ada")
	s.until("acme@client.example")
	s.Tap("All clients")
	s.Tap("Screencasts: on")
	s.until("All who can see it see it without screencasts.")
	s.WantTexts("0 of 1 client who can see it")
	clients := s.sidecar.Owner.Clients()
	stored, err := clients.Get(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	stored.Value.Scope.Screencasts = true
	if _, err := clients.Replace(t.Context(), "acme", stored.Revision, stored.Value, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.until("revision 17")
	s.pump.Pass(2 * time.Second) // changes rest before it is asked again
	s.until("acme@client.example")
	s.WantTexts("1 client can see it")
}

func TestARowOfTheReviewLeadsToTheEditorOfTheScope(t *testing.T) {
	s := reviewed(t)
	s.choose("Access review")
	s.until("Who can see it?")
	s.choose("Choose an employee…")
	s.pick("ada")
	s.until("acme@client.example")
	s.tapPencil("Acme Bank")
	s.until("What they will see")
}

// tapPencil taps the pencil of the row that shows a text.
func (s *stage) tapPencil(text string) {
	s.t.Helper()
	y := s.Place(text).Y
	var marks []*frame.Mark // of the row, from left to right
	for _, m := range widgetstest.Find[*frame.Mark](s.Window) {
		if at := fyne.CurrentApp().Driver().AbsolutePositionForObject(m).Y; at < y+10 && y+10 < at+m.Size().Height {
			marks = append(marks, m)
		}
	}
	if len(marks) < 2 {
		s.t.Fatalf("the row has %d marks, want a pencil and a menu at its end", len(marks))
	}
	test.Tap(marks[len(marks)-2])
}

func TestWhetherAClientCanSeeSomethingIsAskedOnThePage(t *testing.T) {
	s := reviewed(t)
	s.choose("Access review")
	s.until("Who can see it?")
	s.choose("Choose an employee…")
	s.pick("ada")
	s.until("1 client can see it")
	s.Tap("Can a client see it?…")
	s.WantTexts("dune@client.example") // the first are there before anything is typed
	s.Type("dune@client")
	s.until("dune@client.example")
	s.Press(fyne.KeyReturn)
	s.until("Can Dune Optics see Ada?")
	s.until("No")
	s.Tap("Choose a client…")
	s.pick("acme")
	s.until("Can Acme Bank see Ada?")
	s.until("Through the group Design")
	s.choose("Back")
	s.until("1 client can see it") // the page before, not the other client's
}

func TestTheClientIsChosenBeforeTheThing(t *testing.T) {
	s := reviewed(t)
	s.choose("Access review")
	s.until("Who can see it?")
	s.choose("Can a client see it?…")
	s.pick("acme")
	s.until("What can Acme Bank see, and why?")
	s.Tap("Choose an employee…")
	s.pick("ada")
	s.until("Yes")
}

func TestAnswersFollowWhatChanges(t *testing.T) {
	s := reviewed(t)
	s.Tap("Acme Bank")
	s.choose("What the client can see, and why…")
	s.until("What can Acme Bank see, and why?")
	s.Tap("Choose an employee…")
	s.pick("ada")
	s.until("Yes")
	if _, err := s.sidecar.Owner.Suspend(t.Context(), "acme", 0, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.until("Status: Suspended")
	s.WantTexts("No")

	s.choose("Access review")
	s.until("Who can see it?")
	s.choose("Choose an employee…")
	s.pick("ada")
	s.until("No client can see it")
	if _, err := s.sidecar.Owner.Resume(t.Context(), "acme", 0, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.until("1 client can see it")
}

func TestWhyAClientSeesNothingIsExplained(t *testing.T) {
	s := reviewed(t)
	s.Tap("Iris Clinics")
	s.choose("What the client can see, and why…")
	s.until("What can Iris Clinics see, and why?")
	s.Tap("Choose an employee…")
	s.pick("ada")
	s.until("Can Iris Clinics see Ada? ")
	s.until("Status: Suspended")
	s.WantTexts("No")
}
