package shell_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/session"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// details opens the page of a client of the list.
func (s *stage) details(name string) {
	s.t.Helper()
	s.Tap(name)
	s.choose("Details of the client")
	s.until("What they see")
}

// guest invites a client, who is in the list then.
func (s *stage) guest() policy.ClientID {
	s.t.Helper()
	invited, err := s.sidecar.Owner.Invite(s.t.Context(), api.NewInvitation{Email: "gina@client.example", Name: "Gina Guest"}, client.Terms{})
	if err != nil {
		s.t.Fatal(err)
	}
	s.until("Gina Guest")
	return invited.Value.Value.ID
}

func TestThePageOfAClientFollowsWhatOthersDo(t *testing.T) {
	s := signedIn(t)
	s.details("Acme Bank")
	s.until("0 employees")
	s.WantTexts("acme@client.example", "Sees: Groups")
	s.WantFits()
	ada := policy.Employee{ID: "ada", Name: "Ada", Groups: []policy.GroupID{"design"}}
	if _, err := s.sidecar.Owner.Employees().Create(t.Context(), ada, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.until("Ada")
	if _, err := s.sidecar.Owner.Suspend(t.Context(), "acme", 0, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.until("The client is suspended")
	now, err := s.sidecar.Owner.Clients().Get(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.sidecar.Owner.Clients().Delete(t.Context(), "acme", now.Revision, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.until("Acme Bank was deleted.")
	s.Tap("Close")
	s.until("2 clients")
}

func TestTheEditorAndTheDetailsLeadToEachOther(t *testing.T) {
	s := signedIn(t)
	s.details("Dune Optics")
	s.Tap("Edit")
	s.until("Allow seeing screencasts")
	s.choose("Details of the client")
	s.until("What they see")
	s.Press(fyne.KeyEscape)
	s.until("3 clients") // there was one page of it only
	s.Tap("Dune Optics")
	s.Press(fyne.KeyReturn)
	s.until("Allow seeing screencasts")
	s.choose("Details of the client")
	s.until("What they see")
	s.Tap("Edit")
	s.until("Allow seeing screencasts")
	s.Press(fyne.KeyEscape)
	s.until("3 clients")
}

func TestAccessIsSuspendedAndTakenBackFromThePage(t *testing.T) {
	s := signedIn(t)
	s.details("Acme Bank")
	s.Tap("Access")
	s.Relayout()
	s.Tap("Suspend")
	s.until("Acme Bank is suspended")
	wantStatus(t, s, policy.Suspended)
	s.Tap("Undo")
	s.until("Acme Bank is active again.")
	wantStatus(t, s, policy.Active)
}

func TestAClientIsDeletedAndErased(t *testing.T) {
	s := signedIn(t)
	s.details("Dune Optics")
	s.choose("Delete…")
	s.Type("Dune Optics")
	s.Press(fyne.KeyReturn)
	s.until("Dune Optics is deleted.")
	s.until("2 clients") // the page is left
	s.choose("Deleted clients…")
	s.until("dune@client.example")
	s.Tap("Dune Optics")
	s.Tap("Erase personal data…")
	s.WantTexts("Erase the personal data of Dune Optics?")
	s.Type("Dune")
	s.Press(fyne.KeyReturn)
	s.WantTexts("Erase the personal data of Dune Optics?") // it is not the whole name
	s.Type(" Optics")
	s.Press(fyne.KeyReturn)
	s.until("Erased")
	left, err := s.sidecar.Owner.DeletedClients(t.Context(), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(left.Items) != 1 || !left.Items[0].Erased || left.Items[0].Name != "" {
		t.Errorf("left is %+v", left.Items)
	}
}

func TestWhoIsDeletedByOthersIsListedWhoeverElseComes(t *testing.T) {
	s := signedIn(t)
	s.choose("Deleted clients…")
	s.until("No client was deleted")
	store := s.shell.Store()
	if _, err := s.sidecar.Owner.Clients().Delete(t.Context(), "dune", store.Client("dune").Revision, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	zeta := policy.Client{ID: "zeta", Name: "Zeta", Email: "zeta@client.example", Status: policy.Active}
	if _, err := s.sidecar.Owner.Clients().Create(t.Context(), zeta, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.pump.Until(func() bool { return store.Client("dune") == nil && store.Client("zeta") != nil }) // told together
	s.until("dune@client.example")
}

func TestAnInvitationIsSentAgainCopiedAndRevoked(t *testing.T) {
	s := signedIn(t)
	id := s.guest()
	s.details("Gina Guest")
	s.Tap("Invitation")
	s.until("Its link opens until")
	before, err := s.sidecar.Owner.Invitation(t.Context(), policy.SubjectClient, string(id))
	if err != nil {
		t.Fatal(err)
	}
	s.Tap("Send the invitation again")
	s.until("Gina Guest gets another")
	after, err := s.sidecar.Owner.Invitation(t.Context(), policy.SubjectClient, string(id))
	if err != nil || !after.Value.Expires.After(before.Value.Expires) {
		t.Errorf("it expires at %v, before at %v: %v", after.Value.Expires, before.Value.Expires, err)
	}
	s.Tap("New link to copy")
	s.until("A new link for Gina Guest")
	link := fyne.CurrentApp().Clipboard().Content()
	text := link[strings.LastIndex(link, "/")+1:]
	if opened, err := s.sidecar.Owner.OpenLink(t.Context(), text); err != nil || opened.Email != "gina@client.example" {
		t.Errorf("the link on the clipboard opens %+v: %v", opened, err)
	}
	s.Tap("Revoke…")
	s.WantTexts("Revoke the invitation of Gina Guest?")
	s.Tap("Revoke")
	s.until("Its links open nothing any more.")
	if _, err := s.sidecar.Owner.OpenLink(t.Context(), text); policy.CodeOf(err) != policy.LinkFault {
		t.Errorf("the link says %v", err)
	}
}

func TestAnAuditorSeesThePageAndChangesNothing(t *testing.T) {
	s := start(t)
	key, err := s.sidecar.Owner.CreateKey(t.Context(), api.NewKey{Name: "reader", Role: policy.RoleAuditor}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	s.signIn(session.Credentials{Token: key.Value.Text})
	s.details("Acme Bank")
	s.Tap("Access")
	s.Relayout()
	s.Tap("Suspend")
	s.Tap("Delete the client…")
	s.choose("Suspend")
	s.choose("Delete…")
	s.WantNoTexts("Delete client Acme Bank?")
	wantStatus(t, s, policy.Active)
}
