package shell_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/model"
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

func TestASaveIsNotAskedAboutOverAnotherPage(t *testing.T) {
	s := signedIn(t)
	s.Tap("Acme Bank")
	s.Press(fyne.KeyReturn)
	s.until("Allow seeing screencasts")
	s.Tap("Design") // the preview is not there yet
	s.choose("Save")
	s.choose("Details of the client")
	s.until("The scope of Acme Bank is not saved yet")
	s.WantNoTexts("Save so that Acme Bank sees nothing?")
	s.WantTexts("What they see")
	s.Tap("Go on")
	s.until("Allow seeing screencasts")
	s.choose("Save")
	s.until("Save so that Acme Bank sees nothing?")
}

func TestWhatCanBeSelectedIsListedAnewWhenTheDirectoryChangesAlone(t *testing.T) {
	s := signedIn(t)
	before := s.shell.Selectable()
	stored, err := s.sidecar.Owner.Suspend(t.Context(), "acme", 0, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	s.pump.Until(func() bool { return s.shell.Store().Client("acme").Revision == stored.Revision })
	after := s.shell.Selectable()
	if &before.Groups[0] != &after.Groups[0] || before.Token == after.Token {
		t.Error("a change of a client lists everything anew, or has the revision of before")
	}
	if _, err := s.sidecar.Owner.Groups().Create(t.Context(), policy.Group{ID: "dev", Name: "Development"}, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.pump.Until(func() bool { return s.shell.Store().Group("dev") != nil })
	if now := s.shell.Selectable(); !now.HasGroup("dev") {
		t.Error("a group that is new can't be selected")
	}
}

func TestNobodyIsDeletedWhileNotEverythingIsRead(t *testing.T) {
	s := signedIn(t)
	whole := s.shell.Store().Data()
	s.details("Acme Bank")
	broken := model.Link{State: model.LinkReconnecting}
	s.install(&model.Data{}, broken)
	s.WantNoTexts("Acme Bank was deleted. What is shown here is of before.")
	s.install(whole, model.Link{State: model.LinkLive})
	s.Tap("Edit")
	s.until("Allow seeing screencasts")
	gone := "Acme Bank was deleted meanwhile. You can invite this address again, with the scope as you have it here."
	s.install(&model.Data{}, broken)
	s.WantNoTexts(gone)
	if strings.Contains(strings.Join(s.Texts(), " "), "do not exist any more") {
		t.Error("what is selected is said to be gone")
	}
	s.WantTexts("Acme Bank")
	s.install(&model.Data{Groups: whole.Groups, Token: whole.Token}, broken)
	s.WantTexts(gone)
}

// install has the store hold other data.
func (s *stage) install(d *model.Data, l model.Link) {
	s.t.Helper()
	s.shell.Store().Install(d, l)
	s.pump.Pass(time.Second)
	s.Relayout()
}
