package shell_test

import (
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
