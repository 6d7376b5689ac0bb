package shell_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/client"
)

func TestAScopeIsOpenedEditedAndSaved(t *testing.T) {
	s := signedIn(t)
	ada := policy.Employee{ID: "ada", Name: "Ada", Groups: []policy.GroupID{"design"}}
	if _, err := s.sidecar.Owner.Employees().Create(t.Context(), ada, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.Tap("Dune Optics")
	s.Press(fyne.KeyReturn)
	s.until("Allow seeing screencasts")
	s.Tap("Design")
	s.choose("Save")
	s.until("The scope of Dune Optics is saved.")
	stored, err := s.sidecar.Owner.Clients().Get(t.Context(), "dune")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]policy.GroupID{"design"}, stored.Value.Scope.Groups); diff != "" {
		t.Error(diff)
	}
}
