package shell_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/session"
	"sightline.example/desktop/shell"
	"sightline.example/desktop/widgets/widgetstest"
	"sightline.example/policy"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// again starts the app a second time over what the first one has stored, as after
// a crash, and signs in.
func (s *stage) again() *stage {
	s.t.Helper()
	next := s.with(&shell.Settings{})
	next.Window.Resize(fyne.NewSize(1320, 800))
	next.signIn(session.Credentials{Email: sidecartest.Email, Password: sidecartest.Password})
	return next
}

// with starts the app another time, with settings.
func (s *stage) with(settings *shell.Settings) *stage {
	s.t.Helper()
	next := *s
	next.settings = settings
	next.shell = shell.New(shell.Config{App: fyne.CurrentApp(), On: s.pump, Book: &session.Book{}, Vault: &session.Vault{}, Settings: settings, Drafts: filepath.Join(s.dir, "drafts")})
	next.Window = widgetstest.Over(s.t, next.shell.Window())
	return &next
}

// wantGroups checks which groups the stored scope of a client has.
func (s *stage) wantGroups(id string, want ...policy.GroupID) {
	s.t.Helper()
	stored, err := s.sidecar.Owner.Clients().Get(s.t.Context(), id)
	if err != nil {
		s.t.Fatal(err)
	}
	if diff := cmp.Diff(want, stored.Value.Scope.Groups); diff != "" {
		s.t.Errorf("groups of %s: -want +got\n%s", id, diff)
	}
}

// kept returns how many drafts there are on disk.
func (s *stage) kept() (n int) {
	s.t.Helper()
	err := filepath.WalkDir(filepath.Join(s.dir, "drafts"), func(path string, d os.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil
		}
		if err == nil && !d.IsDir() {
			n++
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// editDune opens the editor of Dune Optics and ticks a group there.
func editDune(t *testing.T) *stage {
	t.Helper()
	s := signedIn(t)
	ada := policy.Employee{ID: "ada", Name: "Ada", Groups: []policy.GroupID{"design"}}
	if _, err := s.sidecar.Owner.Employees().Create(t.Context(), ada, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.Tap("Dune Optics")
	s.Press(fyne.KeyReturn)
	s.until("Allow seeing screencasts")
	s.Tap("Design")
	return s
}

// leaveDraft waits until the draft is kept, and nothing is under way that would
// keep it again: the app lives on beside the one that is started after it.
func (s *stage) leaveDraft() {
	s.t.Helper()
	s.until("Gains 1 employee")
	s.pump.Pass(2 * time.Second)
	if n := s.kept(); n != 1 {
		s.t.Fatalf("%d drafts are kept, want 1", n)
	}
}

func TestASaveIsUndone(t *testing.T) {
	s := editDune(t)
	s.choose("Save")
	s.until("The scope of Dune Optics is saved.")
	s.wantGroups("dune", "design")
	s.Tap("Undo")
	s.until("The scope of Dune Optics is what it was before.")
	s.wantGroups("dune")
}

func TestASaveThatSomebodyHasBuiltUponIsNotUndone(t *testing.T) {
	s := editDune(t)
	s.choose("Save")
	s.until("The scope of Dune Optics is saved.")
	clients := s.sidecar.Owner.Clients()
	now, err := clients.Get(t.Context(), "dune")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := clients.Delete(t.Context(), "dune", now.Revision, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.Tap("Undo")
	s.until("The scope of Dune Optics stays as it is.")
}

func TestWhatWasNotSavedIsThereAfterACrash(t *testing.T) {
	s := editDune(t)
	s.leaveDraft()
	after := s.again()
	after.until("You have changed the scope of Dune Optics, and not saved it.")
	after.Tap("Go on")
	after.until("What you changed for Dune Optics and did not save is back.")
	after.choose("Save")
	after.until("The scope of Dune Optics is saved.")
	after.wantGroups("dune", "design")
	if n := after.kept(); n != 0 {
		t.Errorf("%d drafts are left", n)
	}
}

// beginInvitation types an invitation, and waits until it is kept.
func beginInvitation(t *testing.T) *stage {
	t.Helper()
	s := signedIn(t)
	s.choose("Invite a client")
	s.until("E-mail addresses")
	s.pump.Pass(2 * time.Second)
	s.Type("gina@client.example")
	s.Tap("Design")
	s.pump.Pass(2 * time.Second)
	if n := s.kept(); n != 1 {
		t.Fatalf("%d drafts are kept, want 1", n)
	}
	return s
}

func TestAnInvitationThatWasNotSentIsThereAfterACrash(t *testing.T) {
	s := beginInvitation(t).again()
	s.until("You have begun an invitation, and not sent it.")
	s.Tap("Go on")
	s.until("The invitation you had not sent is back.")
	s.WantTexts("gina@client.example")
	s.Tap("Send")
	s.until("Copy")
	s.pump.Pass(2 * time.Second)
	if n := s.kept(); n != 0 {
		t.Errorf("%d drafts are left", n)
	}
	page, err := s.sidecar.Owner.ListClients(t.Context(), client.ClientQuery{Search: "gina@client.example"})
	if err != nil || len(page.Value.Items) != 1 {
		t.Fatalf("the clients with the address are %v: %v", page.Value.Items, err)
	}
	s.wantGroups(string(page.Value.Items[0].Value.ID), "design")
}

func TestAnInvitationThatIsGivenUpIsNotKept(t *testing.T) {
	s := beginInvitation(t)
	s.Press(fyne.KeyEscape)
	s.Tap("Discard")
	s.until("3 clients")
	s.pump.Pass(2 * time.Second)
	if n := s.kept(); n != 0 {
		t.Errorf("%d drafts are left", n)
	}
}

func TestAnInvitationThatIsGivenUpByQuittingIsNotKept(t *testing.T) {
	s := beginInvitation(t)
	s.shell.Quit()
	s.Tap("Discard")
	if n := s.kept(); n != 0 {
		t.Errorf("%d drafts are left", n)
	}
}

func TestAnInvitationIsKeptWhenTheAppIsEnded(t *testing.T) {
	s := signedIn(t)
	s.choose("Invite a client")
	s.until("E-mail addresses")
	s.Type("gina@client.example")
	s.shell.Save()
	s = s.again()
	s.choose("Invite a client")
	s.until("The invitation you had not sent is back.")
	s.Tap("Discard")
	s.WantNoTexts("gina@client.example")
	if n := s.kept(); n != 0 {
		t.Errorf("%d drafts are left", n)
	}
}

func TestADraftOutlivesTheClient(t *testing.T) {
	s := editDune(t)
	s.leaveDraft()
	clients := s.sidecar.Owner.Clients()
	now, err := clients.Get(t.Context(), "dune")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := clients.Delete(t.Context(), "dune", now.Revision, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	after := s.again()
	after.until("Dune Optics was deleted while you were changing what they see.")
	after.Tap("Go on")
	after.until("Dune Optics was deleted meanwhile.")
	after.Tap("Invite again")
	after.until("Dune Optics gets another invitation.")
}

func TestWhatIsOfferedEndsWithTheSession(t *testing.T) {
	s := editDune(t)
	s.leaveDraft()
	after := s.again()
	after.until("You have changed the scope of Dune Optics, and not saved it.")
	after.choose("Another sidecar…")
	after.until("Connect to a sidecar")
	after.WantNoTexts("Go on", "You have changed the scope of Dune Optics, and not saved it.")
}

func TestWhatWasNotSavedIsStoredWhenTheAppIsEnded(t *testing.T) {
	s := editDune(t)
	if n := s.kept(); n != 0 {
		t.Fatalf("%d drafts before it rested", n)
	}
	s.shell.Save()
	if n := s.kept(); n != 1 {
		t.Errorf("%d drafts, want 1", n)
	}
}

func TestADraftThatIsDiscardedIsGone(t *testing.T) {
	s := editDune(t)
	s.leaveDraft()
	after := s.again()
	after.until("You have changed the scope of Dune Optics, and not saved it.")
	after.Tap("Go on")
	after.until("is back.")
	after.Tap("Discard")
	after.pump.Until(func() bool { after.pump.Pass(time.Second); return after.kept() == 0 })
	after.wantGroups("dune")
}

func TestAClientWhoWasDeletedMeanwhileIsInvitedAgain(t *testing.T) {
	s := editDune(t)
	clients := s.sidecar.Owner.Clients()
	now, err := clients.Get(t.Context(), "dune")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := clients.Delete(t.Context(), "dune", now.Revision, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.until("Dune Optics was deleted meanwhile.")
	s.Tap("Invite again")
	s.until("Dune Optics gets another invitation.")
	s.until("3 clients") // there is nothing to be edited any more
	s.pump.Pass(2 * time.Second)
	if n := s.kept(); n != 0 {
		t.Errorf("%d drafts are left", n)
	}
}
