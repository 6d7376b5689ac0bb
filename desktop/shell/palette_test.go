package shell_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sightline.example/policy"
	"sightline.example/sidecar/client"
)

func TestThePaletteFindsWhateverThereIs(t *testing.T) {
	s := signedIn(t)
	ada := policy.Employee{ID: "ada", Name: "Ada Lovelace"}
	if _, err := s.sidecar.Owner.Employees().Create(t.Context(), ada, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.until("Employees 1")
	for typed, want := range map[string]struct{ line, page string }{
		"dune@client": {"dune@client.example", "Allow seeing screencasts"},
		"lovel":       {"Employee", "Ada Lovelace"},
		"desig":       {"Group", "Design"},
	} {
		s.choose("Find a command…")
		s.WantNoTexts(want.line)
		s.Type(typed)
		s.until(want.line)
		s.Press(fyne.KeyReturn)
		s.until(want.page)
		s.Press(fyne.KeyEscape)
	}
}

func TestThePaletteDoesWhatIsDoneInOtherSections(t *testing.T) {
	s := signedIn(t)
	for typed, page := range map[string]struct{ title, shows string }{
		"New group":           {"New group", "Projects of the group"},
		"New project":         {"New project", "Members"},
		"New employee":        {"New employee", "Identifier"},
		"Invite a client":     {"Invite", "E-mail addresses"},
		"Invite from a table": {"Clients", "Path of the file"},
		"Import":              {"Import the directory", "Choose a file, or drop some on the window"},
		"Deleted clients":     {"Deleted clients", "No client was deleted"},
		"Findings":            {"Findings", "Why it matters"},
	} {
		s.choose("Audit log")
		s.until("Anybody…")
		s.choose("Find a command…")
		s.Type(typed)
		s.Press(fyne.KeyReturn)
		s.until(page.shows)
		if title := s.Window.Title(); !strings.Contains(title, page.title) {
			t.Errorf("%s leads to %q", typed, title)
		}
		s.Press(fyne.KeyEscape)
	}
}

func TestThePaletteHasEachCommandOnce(t *testing.T) {
	s := signedIn(t)
	s.choose("Clients") // has a command of its own to invite
	s.choose("Find a command…")
	s.Type("invite")
	s.until("Invite from a table")
	for _, text := range []string{"Invite a client", "Invite from a table"} {
		if n := len(slices.DeleteFunc(s.Texts(), func(shown string) bool { return shown != text })); n != 1 {
			t.Errorf("%q is there %d times", text, n)
		}
	}
}
