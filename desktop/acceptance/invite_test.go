//go:build acceptance

package acceptance

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// invite opens the page on which clients are invited.
func (a *app) invite() {
	a.t.Helper()
	a.press("ctrl+n")
	a.when("the addresses", func(s seen) bool { return focused(s) == "name@example.com, another@example.com" })
}

func TestCheck09InviteWithMistakes(t *testing.T) {
	a, _ := begin(t)
	a.invite()
	a.wantDisabled("Send", true)
	for text, says := range map[string]string{
		"nobody":                         "nobody: This is no e-mail address.",
		"bank@acme.example":              "bank@acme.example: A client has this address already.",
		"a@firm.example, a@firm.example": "a@firm.example: This address is there twice.",
	} {
		a.press("ctrl+a", "BackSpace")
		a.write(text)
		a.until(says)
		a.wantDisabled("Send", true)
	}
	a.press("ctrl+a", "BackSpace")
	a.write("new@firm.example")
	a.untilGone("This address is there twice.")
	a.until("Sees nothing: neither groups nor projects are selected.")
	a.wantDisabled("Send", false)
}

// wantDisabled waits until a button can't be pressed, or can.
func (a *app) wantDisabled(button string, want bool) {
	a.t.Helper()
	a.when(fmt.Sprintf("%s, disabled: %t", button, want), func(s seen) bool {
		for _, i := range s.Items {
			if i.Kind == "button" && strings.HasPrefix(i.Text, button) {
				return i.Disabled == want
			}
		}
		return false
	})
}

func TestCheck10Invite(t *testing.T) {
	a, sidecar := begin(t)
	a.invite()
	a.write("nina.north@firm.example")
	a.click("Allow seeing screencasts")
	a.clickKind("line", "Team 01")
	scope := policy.Scope{Groups: []policy.GroupID{"g1"}, Screencasts: true}
	preview, err := sidecar.Owner.Preview(t.Context(), api.NewPreview{Scope: scope})
	if err != nil {
		t.Fatal(err)
	}
	a.until("Sees all work of the people in the selected groups", fmt.Sprintf("%d employees", preview.Employees.Count), fmt.Sprintf("%d projects", preview.Projects.Count))
	a.clickKind("button", "Send")
	a.until("1 invitation is on its way.", "nina.north@firm.example")
	got := byAddress(t, sidecar, "nina.north@firm.example")
	if got.Status != policy.Invited {
		t.Errorf("the client is %s", got.Status)
	}
	if diff := cmp.Diff(scope, got.Scope); diff != "" {
		t.Errorf("the scope: -want +got\n%s", diff)
	}
	if employees, projects := counts(t, sidecar, got.ID); employees != preview.Employees.Count || projects != preview.Projects.Count {
		t.Errorf("the client sees %d employees and %d projects, and the preview had %d and %d", employees, projects, preview.Employees.Count, preview.Projects.Count)
	}
	if all := records(t, sidecar, got.ID); len(all) == 0 || all[len(all)-1].Actor.Name != "Olive" || all[len(all)-1].Action != "invite" {
		t.Errorf("the audit log has %+v of it", all)
	}
}

// guest invites Gina by the API, and opens what there is to know of her invitation.
func (a *app) guest(s *sidecartest.Sidecar) policy.ClientID {
	a.t.Helper()
	invited, err := s.Owner.Invite(a.t.Context(), api.NewInvitation{Email: "gina@client.example", Name: "Gina Green"}, client.Terms{})
	if err != nil {
		a.t.Fatal(err)
	}
	a.until("241 clients")
	a.search("gina")
	a.until("1 of 241 clients")
	a.click("Gina Green")
	a.press("ctrl+i")
	a.click("Invitation")
	a.until("Its link opens until")
	return invited.Value.Value.ID
}

func TestCheck16InvitationAgain(t *testing.T) {
	a, sidecar := begin(t)
	id := a.guest(sidecar)
	expires := func() time.Time {
		got, err := sidecar.Owner.Invitation(t.Context(), policy.SubjectClient, string(id))
		if err != nil {
			t.Fatal(err)
		}
		return got.Value.Expires
	}
	before := expires()
	a.click("Send the invitation again")
	a.until("Gina Green gets another invitation.")
	if !expires().After(before) {
		t.Error("it expires when it did before")
	}
	a.click("New link to copy")
	a.until("A new link for Gina Green is on the clipboard.")
	text := a.clipboard()
	link := text[strings.LastIndex(text, "/")+1:]
	if opened, err := sidecar.Owner.OpenLink(t.Context(), link); err != nil || opened.Email != "gina@client.example" {
		t.Errorf("the link on the clipboard opens %+v: %v", opened, err)
	}
	a.click("Revoke…")
	a.until("Revoke the invitation of Gina Green?")
	a.clickKind("button", "Revoke")
	a.until("Its links open nothing any more.")
	if _, err := sidecar.Owner.OpenLink(t.Context(), link); policy.CodeOf(err) != policy.LinkFault {
		t.Errorf("the link says %v", err)
	}
}

func TestCheck16ManyInvitationsAgain(t *testing.T) {
	a, sidecar := begin(t)
	for _, name := range []string{"Gina Green", "Greta Gold"} {
		email := strings.ToLower(strings.Fields(name)[0]) + "@guests.example"
		if _, err := sidecar.Owner.Invite(t.Context(), api.NewInvitation{Email: email, Name: name}, client.Terms{}); err != nil {
			t.Fatal(err)
		}
	}
	a.until("242 clients")
	a.search("guests.example")
	a.until("2 of 242 clients")
	a.click("Gina Green")
	a.press("ctrl+a")
	a.choose("Send the ticked clients their invitations again")
	a.until("2 clients get another invitation.")
}

// Who has come in has no invitation to send again, or to revoke.
func TestCheck16NoInvitationOfActiveClients(t *testing.T) {
	a, _ := begin(t)
	a.search("acme bank")
	a.until("1 of 240 clients")
	a.click("Acme Bank")
	a.press("ctrl+i")
	now := a.when("the details", func(s seen) bool { return strings.HasPrefix(s.Title, "Acme Bank") && s.has("Activity") })
	for _, name := range []string{"Invitation", "Send the invitation again", "Revoke…"} {
		if len(now.all(name)) > 0 {
			t.Errorf("there is %q", name)
		}
	}
}

func TestCheck18InviteFromATable(t *testing.T) {
	p, sidecar := newSidecar(t)
	relay := newRelay(t, p.url)
	a := launch(t, options{})
	a.signIn(relay.url)
	path := filepath.Join(a.home, "clients.csv")
	if err := os.WriteFile(path, []byte(guests(200)), 0o600); err != nil {
		t.Fatal(err)
	}
	a.openTable(path)
	a.until("200 rows", "Needs fixing: 5", "E-mail: This is no e-mail address.")
	a.wantFaults()
	a.click("Invite 195")
	if err := wait(patience, func() bool { return invited(t, sidecar) >= 100 }); err != nil {
		t.Fatal(err)
	}
	p.kill() // with some invited, and some not
	if n := invitedOf(t, p, relay, sidecar); n == 195 {
		t.Fatal("all had been invited before")
	}
	a.until("Live")
	all := func(s seen) bool { return s.has("Invited: 195") }
	a.when("what to do with the rest", func(s seen) bool { return all(s) || len(again(s)) > 0 })
	if rest := again(a.see()); len(rest) > 0 {
		a.clickOn(rest[0])
	}
	a.when("all of them", all)
	if n := invited(t, sidecar); n != 195 {
		t.Errorf("the sidecar has %d of them, want 195", n)
	}
	a.wantRest(path)
}

// wantFaults goes through the rows of the table, and looks for those without an
// address and for why they are not invited.
func (a *app) wantFaults() {
	a.t.Helper()
	a.click("row1@table.example")
	for i := range 5 {
		bad := fmt.Sprintf("row%d", i*40)
		a.when(bad, func(s seen) bool {
			for _, row := range s.all(bad) {
				if slices.ContainsFunc(s.all("E-mail: This is no e-mail address."), func(why item) bool { return near(why.Y, row.Y) }) {
					return true
				}
			}
			a.press("Next")
			return false
		})
	}
}

// invitedOf starts a sidecar again that was killed, and returns how many of the table
// it has.
func invitedOf(t *testing.T, p *process, relay *relay, sidecar *sidecartest.Sidecar) int {
	t.Helper()
	p.start()
	relay.lead(p.url)
	sidecar.Owner.BaseURL, sidecar.App.BaseURL = p.url, p.url
	n := invited(t, sidecar)
	t.Logf("%d were invited when the sidecar was killed", n)
	return n
}

// wantRest exports the rows of which nothing came, and looks at them.
func (a *app) wantRest(table string) {
	a.t.Helper()
	a.click("Export the rest…")
	a.when("the path", func(s seen) bool { return s.Overlay && focused(s) != "" })
	a.press("Return")
	a.when("the end of the question", func(s seen) bool { return !s.Overlay })
	var text []byte
	if err := wait(patience, func() bool {
		files, _ := filepath.Glob(filepath.Join(a.home, "*.csv"))
		for _, file := range files {
			if file != table {
				text, _ = os.ReadFile(file)
			}
		}
		return len(text) > 0
	}); err != nil {
		a.t.Fatal("the rest is not exported:", err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(rows) != 6 {
		a.t.Fatalf("%v: the rest is\n%s", err, text)
	}
	for i, row := range rows[1:] {
		if row[0] != fmt.Sprintf("row%d", i*40) {
			a.t.Errorf("row %d of the rest is %q", i, row)
		}
	}
}

// openTable opens a file with clients to invite.
func (a *app) openTable(path string) {
	a.t.Helper()
	a.choose("Invite from a table")
	a.when("the path", func(s seen) bool { return s.Overlay && focused(s) == "Path of the file" })
	a.write(path)
	a.press("Return")
	a.when("the table", func(s seen) bool { return !s.Overlay && s.has(" rows") })
}

// guests returns a table with these many rows, of which every fortieth has no address.
func guests(n int) string {
	table := "email,name,groups\n"
	for i := range n {
		email := fmt.Sprintf("row%d@table.example", i)
		if i%40 == 0 {
			email = fmt.Sprintf("row%d", i)
		}
		table += fmt.Sprintf("%s,Row %d,Team 01\n", email, i)
	}
	return table
}

// invited returns how many of them the sidecar has.
func invited(t *testing.T, sidecar *sidecartest.Sidecar) int {
	t.Helper()
	found, err := sidecar.Owner.ListClients(t.Context(), client.ClientQuery{Search: "@table.example", Count: true})
	if err != nil {
		t.Fatal(err)
	}
	return *found.Value.Matching
}

// again returns the button that invites those that are left.
func again(s seen) []item {
	return slices.DeleteFunc(slices.Clone(s.Items), func(i item) bool {
		return i.Kind != "button" || i.Disabled || !strings.HasPrefix(i.Text, "Invite ")
	})
}
