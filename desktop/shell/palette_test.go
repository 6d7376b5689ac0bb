package shell_test

import (
	"slices"
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
	for typed, want := range map[string]string{
		"New group": "New group", "New project": "New project", "New employee": "New employee",
		"Invite a client": "E-mail addresses", "Invite from a table": "Path of the file", "Import": "Import the directory",
		"Deleted clients": "No client was deleted", "Findings": "Findings",
	} {
		s.choose("Audit log")
		s.until("Anybody…")
		s.choose("Find a command…")
		s.Type(typed)
		s.until(typed)
		s.Press(fyne.KeyReturn)
		s.until(want)
		s.WantNoTexts("Nothing found")
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
