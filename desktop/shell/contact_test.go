package shell_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// contact opens the form for the name and the address of a client.
func (s *stage) contact(name string) {
	s.t.Helper()
	s.details(name)
	s.Tap("Name and address…")
	s.until("Name and address of " + name)
}

func (s *stage) wantContact(id, name, email string) {
	s.t.Helper()
	now, err := s.sidecar.Owner.Clients().Get(s.t.Context(), id)
	if err != nil {
		s.t.Fatal(err)
	}
	if now.Value.Name != name || now.Value.Email != email {
		s.t.Errorf("the client is %s <%s>, want %s <%s>", now.Value.Name, now.Value.Email, name, email)
	}
}

// rename gives a client another name, as another admin would.
func (s *stage) rename(id, name string) {
	s.t.Helper()
	now, err := s.sidecar.Owner.Clients().Get(s.t.Context(), id)
	if err != nil {
		s.t.Fatal(err)
	}
	now.Value.Name = name
	if _, err := s.sidecar.Owner.Clients().Replace(s.t.Context(), id, now.Revision, now.Value, client.Terms{}); err != nil {
		s.t.Fatal(err)
	}
}

func TestAClientIsRenamedAndThatIsTakenBack(t *testing.T) {
	s := signedIn(t)
	s.contact("Acme Bank")
	s.until("whoever reads them there can take the account over")
	s.WantFits()
	s.Type(" of Berne")
	s.Press(fyne.KeyReturn)
	s.until("Acme Bank is called Acme Bank of Berne now.")
	s.wantContact("acme", "Acme Bank of Berne", "acme@client.example")
	s.pump.Until(func() bool {
		s.pump.Pass(time.Second)
		return s.shell.Window().Title() == "Acme Bank of Berne - Sightline"
	})
	s.Tap("Undo")
	s.until("are what they were before")
	s.wantContact("acme", "Acme Bank", "acme@client.example")
}

func TestWhatIsTypedIntoADialogIsNotGivenUpByQuittingUnasked(t *testing.T) {
	s := signedIn(t)
	s.contact("Acme Bank")
	s.Type(" of Berne")
	s.shell.Quit()
	s.WantTexts("Discard what you changed?", "What you changed for Acme Bank is not saved.")
	s.Tap("Keep editing")
	s.Tap("Save")
	s.until("Acme Bank is called Acme Bank of Berne now.")
}

func TestTheAddressOfAnInvitedClientIsChanged(t *testing.T) {
	s := signedIn(t)
	invited, err := s.sidecar.Owner.Invite(t.Context(), api.NewInvitation{Email: "gina@client.example", Name: "Gina Guest", Link: true}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	s.until("Gina Guest")
	s.contact("Gina Guest")
	s.until("a link that was sent to the old one opens nothing any more")
	s.Press(fyne.KeyTab)
	s.Type(".org")
	s.Tap("Save")
	s.until("The address of Gina Guest is gina@client.example.org now. Nothing was sent there")
	s.wantContact(string(invited.Value.Value.ID), "Gina Guest", "gina@client.example.org")
	link := invited.Value.Link
	_, err = s.sidecar.Owner.OpenLink(t.Context(), link[strings.LastIndex(link, "/")+1:])
	if policy.CodeOf(err) != policy.LinkFault {
		t.Errorf("the old link gives %v", err)
	}
}

func TestAnAddressThatAnotherClientHasIsToldBesideIt(t *testing.T) {
	s := signedIn(t)
	s.contact("Acme Bank")
	s.Press(fyne.KeyTab)
	for range "acme@client.example" {
		s.Press(fyne.KeyBackspace)
	}
	s.Type("dune")
	s.WantTexts("Must be one address, such as ann@example.com.")
	s.Press(fyne.KeyReturn) // does nothing
	s.Type("@client.example")
	s.WantTexts("Another client has this address.")
	s.WantFits()
	s.Press(fyne.KeyEscape)
	s.WantNoTexts("Name and address of Acme Bank")
	s.wantContact("acme", "Acme Bank", "acme@client.example")
}

func TestAnAddressThatIsTakenMeanwhileIsToldBesideIt(t *testing.T) {
	s := signedIn(t)
	s.contact("Acme Bank")
	s.Press(fyne.KeyTab)
	s.Type(".org")
	late := policy.Client{ID: "late", Name: "Late", Email: "acme@client.example.org", Status: policy.Active}
	if _, err := s.sidecar.Owner.Clients().Create(t.Context(), late, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.Tap("Save")
	s.until("Another client has this address.")
	s.WantTexts("Name and address of Acme Bank")
	s.wantContact("acme", "Acme Bank", "acme@client.example")
}

func TestANameThatSomebodyElseHasChangedIsNotOverwrittenUnseen(t *testing.T) {
	s := signedIn(t)
	s.contact("Acme Bank")
	s.Type(" of Berne")
	s.rename("acme", "Acme Group")
	s.until("Somebody has changed this to “Acme Group” meanwhile.")
	s.WantFits()
	s.wantContact("acme", "Acme Group", "acme@client.example")
	s.Tap("Save")
	s.until("Acme Group is called Acme Bank of Berne now.")
}

func TestAClientThatIsDeletedMeanwhileCannotBeRenamed(t *testing.T) {
	s := signedIn(t)
	s.contact("Acme Bank")
	s.Type(" of Berne")
	now, err := s.sidecar.Owner.Clients().Get(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.sidecar.Owner.Clients().Delete(t.Context(), "acme", now.Revision, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	s.until("This client does not exist any more.")
	s.Press(fyne.KeyReturn)
	s.Press(fyne.KeyEscape)
	s.until("Acme Bank was deleted.")
}

func TestTheSelectedClientOfTheListIsRenamed(t *testing.T) {
	s := signedIn(t)
	s.Tap("Dune Optics")
	s.Press(fyne.KeyF2)
	s.until("Name and address of Dune Optics")
	s.Type(" Ltd")
	s.Press(fyne.KeyReturn)
	s.until("Dune Optics is called Dune Optics Ltd now.")
	s.wantContact("dune", "Dune Optics Ltd", "dune@client.example")
}
