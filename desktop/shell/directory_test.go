package shell_test

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/client"
)

func TestAGroupIsMadeAndItsMembersAreChosen(t *testing.T) {
	s := reviewed(t)
	s.choose("Groups")
	s.until("In scopes")
	s.WantTexts("Design", "New group")
	s.WantFits()
	s.choose("New…")
	s.until("Members")
	s.Type("Research")
	s.until("Unsaved")
	s.Tap("Ada")
	s.choose("Save")
	s.until("Research is saved.")
	s.until("No client can see it")
	ada, err := s.sidecar.Owner.Employees().Get(t.Context(), "ada")
	if err != nil {
		t.Fatal(err)
	}
	if len(ada.Value.Groups) != 2 {
		t.Errorf("Ada is in %v", ada.Value.Groups)
	}
}

func TestLeavingAnUnsavedGroupAsks(t *testing.T) {
	s := reviewed(t)
	s.choose("Groups")
	s.until("In scopes")
	s.choose("New…")
	s.until("Members")
	s.Type("Research")
	s.until("Unsaved")
	s.choose("Clients")
	s.WantTexts("Discard what you changed?", "What you changed for Research is not saved.")
	s.Press(fyne.KeyEscape)
	s.WantTexts("New group")
}

// deleting shows what is lost by the deletion of the group Design.
func deleting(t *testing.T) *stage {
	t.Helper()
	s := reviewed(t)
	s.choose("Groups")
	s.until("In scopes")
	s.Tap("Design")
	s.choose("Delete…")
	s.until("Acme Bank loses 1 employee, 1 group.")
	return s
}

func TestDeletingAGroupNamesWhoLosesWhat(t *testing.T) {
	s := deleting(t)
	s.Type("Design")
	s.Press(fyne.KeyReturn)
	s.until("Design is deleted.")
	if _, err := s.sidecar.Owner.Groups().Get(t.Context(), "design"); policy.CodeOf(err) != policy.NotFound {
		t.Errorf("the sidecar says %v", err)
	}
}

func TestADeletionAsksAgainWhereOthersLoseBySinceItAsked(t *testing.T) {
	s := deleting(t)
	dune := s.shell.Store().Client("dune")
	now := dune.Client
	now.Scope.Groups = []policy.GroupID{"design"}
	if _, err := s.sidecar.Owner.Clients().Replace(t.Context(), "dune", dune.Revision, now, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.pump.Until(func() bool { return len(s.shell.Store().Client("dune").Scope.Groups) == 1 })
	s.Type("Design")
	s.Press(fyne.KeyReturn)
	s.until("Who loses something by that has changed meanwhile.")
	s.WantTexts("Dune Optics loses 1 employee, 1 group.")
	if _, err := s.sidecar.Owner.Groups().Get(t.Context(), "design"); err != nil {
		t.Fatal(err)
	}
	s.Type("Design")
	s.Press(fyne.KeyReturn)
	s.until("Design is deleted.")
}

func TestADeletionGoesOnThoughSomethingElseHasChanged(t *testing.T) {
	s := deleting(t)
	s.rename("dune", "Dune Lenses")
	s.pump.Until(func() bool { return s.shell.Store().Client("dune").Name == "Dune Lenses" })
	s.Type("Design")
	s.Press(fyne.KeyReturn)
	s.until("Design is deleted.")
}

func TestADeletionSaysAtOnceThatItIsLookedIntoAndCanBeLeft(t *testing.T) {
	s := reviewed(t)
	s.choose("Groups")
	s.until("In scopes")
	s.Tap("Design")
	s.choose("Delete…")
	s.WantTexts("Delete Design?", "Finding out who would lose something by that…", "Cancel")
	s.Press(fyne.KeyEscape)
	s.WantNoTexts("Delete Design?")
	s.choose("Employees")
	s.until("Ada")
	s.WantNoTexts("Delete Design?")
}

func TestADeletionThatCantBeLookedIntoIsTriedAgain(t *testing.T) {
	s := reviewed(t)
	s.choose("Groups")
	s.until("In scopes")
	s.Tap("Design")
	if _, err := s.opened.Client.SignOut(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.choose("Delete…")
	s.until("It could not be found out who would lose something by that.")
	s.Tap("Try again")
	s.WantTexts("Finding out who would lose something by that…")
	s.until("It could not be found out who would lose something by that.")
	s.Press(fyne.KeyEscape)
	s.WantNoTexts("Delete Design?")
}

// add adds a file with a text to the import that is shown.
func (s *stage) add(name, text string) {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
	s.Tap("Add a file…")
	s.Type(path)
	s.Press(fyne.KeyReturn)
	s.until(name)
}

func TestAnImportTellsWhatChangesBeforeItDoes(t *testing.T) {
	s := reviewed(t)
	s.choose("Employees")
	s.until("Ada")
	s.choose("Import…")
	s.until("Choose a file")
	s.add("employees.csv", "id,name\nada,Ada Okafor\nben,Ben\n")
	s.until("1 to be added, 1 to be changed, 0 to be removed.")
	s.WantTexts("employees.csv", "Added", "Changed", "Ada (ada)", "ben")
	s.Tap("Import")
	s.until("The directory is imported.")
	s.WantTexts("1 added, 1 changed, 0 removed.")
	ben, err := s.sidecar.Owner.Employees().Get(t.Context(), "ben")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(policy.Employee{ID: "ben", Name: "Ben"}, ben.Value); diff != "" {
		t.Error(diff)
	}
}

func TestAnImportThatRemovesAsks(t *testing.T) {
	s := reviewed(t)
	s.choose("Groups")
	s.until("In scopes")
	s.choose("Import…")
	s.until("Choose a file")
	s.add("all.json", `{"employees": [], "groups": [], "projects": []}`)
	s.until("0 to be added, 0 to be changed, 2 to be removed.")
	s.until("1 client has dead references afterwards.")
	s.WantTexts("Dead reference", "Acme Bank keeps selecting what does not exist any more: design")
	s.Tap("Import")
	s.WantTexts("Remove 2 by this import?")
	s.Press(fyne.KeyEscape)
	if _, err := s.sidecar.Owner.Groups().Get(t.Context(), "design"); err != nil {
		t.Error(err)
	}
}

func TestMistakesInATableAreListed(t *testing.T) {
	s := reviewed(t)
	s.choose("Groups")
	s.until("In scopes")
	s.choose("Import…")
	s.until("Choose a file")
	s.add("groups.csv", "id,name\nno spaces,Design\n")
	s.until("1 mistake has to be put right in the files.")
	s.WantTexts("Groups, line 2, id")
	s.add("all.json", `{"groups": []}`)
	s.until("A JSON file has everything")
}

func TestANameIsTypedOnAtItsEnd(t *testing.T) {
	s := reviewed(t)
	s.choose("Employees")
	s.until("Ada")
	s.Tap("Ada")
	s.Press(fyne.KeyReturn)
	s.until("Acme Bank")
	s.Type(" Okafor")
	s.choose("Save")
	s.until("Ada Okafor is saved.")
}

func TestARefusedIdentifierIsToldBesideIt(t *testing.T) {
	s := reviewed(t)
	s.choose("Groups")
	s.until("In scopes")
	s.choose("New…")
	s.until("Members")
	s.Type("Another design")
	s.Press(fyne.KeyTab)
	s.Type("design")
	s.until("Unsaved")
	s.choose("Save")
	s.until("Not everything was saved. Identifier:")
	s.WantTexts("There is one with this identifier already, or there was: identifiers are never used again. Choose")
}
