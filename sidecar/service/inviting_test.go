package service_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/policy/policytest"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/mail"
	"sightline.example/sidecar/mail/mailtest"
	"sightline.example/sidecar/service"
	"sightline.example/sidecar/sidecartest"
)

const (
	lee    = "ann@lumen.example"
	herons = "four quiet herons at dawn"
	plums  = "seven plums fell on tin"
)

// through returns the settings by which messages go through a mail server.
func through(s *mailtest.Server) service.Mail {
	return service.Mail{From: "hello@harbour.example", SMTP: &mail.SMTPConfig{Host: s.Host, Port: s.Port, CAFile: s.CAFile}}
}

// office is a sidecar with a mail server, whose company has Ann in the group
// design and Bob in the group sales.
func office(t *testing.T) (*sidecartest.Sidecar, *mailtest.Server) {
	t.Helper()
	post := mailtest.Start(t, mailtest.Script{})
	s := sidecartest.Start(t, sidecartest.Options{Mail: through(post)})
	w := *policytest.Company().Group("design", "ann").Group("sales", "bob")
	build(t, s, w)
	return s, post
}

func lumen() api.NewInvitation {
	return api.NewInvitation{
		Email: lee, Name: "Lumen Energy", Note: "Welcome aboard.",
		Scope: policy.Scope{Groups: []policy.GroupID{"design"}},
	}
}

// invite invites a client, and returns it and the address in the message.
func invite(t *testing.T, s *sidecartest.Sidecar, post *mailtest.Server) (c policy.Client, link string) {
	t.Helper()
	before := len(post.Messages())
	done, err := s.Owner.Invite(t.Context(), lumen(), client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	if done.Value.Link != "" {
		t.Error("a link that nobody asked for is told")
	}
	link, _ = post.Wait(t, before+1)[before].Link(t)
	return done.Value.Value, link
}

// browser is somebody's browser at the portal.
type browser struct {
	http.Client
	base string
}

func browse(t *testing.T, s *sidecartest.Sidecar) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{http.Client{Jar: jar}, s.URL}
}

// get returns the page that an address leads to.
func (b *browser) get(t *testing.T, address string) (status int, page string) {
	t.Helper()
	answer, err := b.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, answer)
}

// fill sends a form from a page of the portal.
func (b *browser) fill(t *testing.T, path string, fields url.Values) (status int, page string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.base+path, strings.NewReader(fields.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", b.base)
	answer, err := b.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, answer)
}

func read(t *testing.T, answer *http.Response) (status int, page string) {
	t.Helper()
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

func wantPage(t *testing.T, status int, page string, want int, says string) {
	t.Helper()
	if status != want || !strings.Contains(page, says) {
		t.Errorf("the page has status %d, want %d and %q:\n%s", status, want, says, page)
	}
}

// decide asks about the work of an employee.
func decide(t *testing.T, s *sidecartest.Sidecar, c policy.ClientID, employee string) string {
	t.Helper()
	got, err := s.App.Evaluate(t.Context(), policytest.View(c, policy.Entity{
		Type: policy.TypeTimeEntry, ID: "t", Properties: map[string]any{"employee": employee},
	}))
	if err != nil {
		t.Fatal(err)
	}
	if got.Allow {
		return "yes: " + got.Reason.Code
	}
	return "no: " + got.Reason.Code
}

func wantDecision(t *testing.T, s *sidecartest.Sidecar, c policy.ClientID, employee, want string) {
	t.Helper()
	if got := decide(t, s, c, employee); got != want {
		t.Errorf("the decision on the work of %s is %q, want %q", employee, got, want)
	}
}

// TestClientFromInvitationToDeletion follows a client through everything that
// can become of one.
func TestClientFromInvitationToDeletion(t *testing.T) {
	s, post := office(t)
	c, link := invite(t, s, post)
	message := post.Messages()[0]
	if message.To != lee || !strings.Contains(message.Text, "> Welcome aboard.") || !strings.HasPrefix(link, s.URL+"/portal/setup/") {
		t.Errorf("to %s:\n%s", message.To, message.Text)
	}
	wantDecision(t, s, c.ID, "ann", "no: not_active")

	b := browse(t, s)
	lookAt(t, link, 1_000)
	status, page := b.get(t, link)
	wantPage(t, status, page, 200, "You were invited as <strong>"+lee+"</strong>")
	wantDecision(t, s, c.ID, "ann", "no: not_active")
	status, page = b.fill(t, "/portal/setup/password", url.Values{"name": {"Ann Lee"}, "password": {herons}})
	wantPage(t, status, page, 200, "You can see all work of the people in these groups, on any project.")
	wantDecision(t, s, c.ID, "ann", "yes: in_group")
	wantDecision(t, s, c.ID, "bob", "no: not_in_scope")
	status, page = browse(t, s).get(t, link)
	wantPage(t, status, page, 410, "This link was used already.")

	scopeIs(t, s, c.ID, "sales")
	wantDecision(t, s, c.ID, "ann", "no: not_in_scope")
	wantDecision(t, s, c.ID, "bob", "yes: in_group")
	if _, err := s.Owner.Suspend(t.Context(), c.ID, 0, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	wantDecision(t, s, c.ID, "bob", "no: not_active")
	status, page = b.get(t, s.URL+"/portal")
	wantPage(t, status, page, 200, "<h1>Sign in</h1>")
	resumed, err := s.Owner.Resume(t.Context(), c.ID, 0, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	wantDecision(t, s, c.ID, "bob", "yes: in_group")
	if _, err := s.Owner.Clients().Delete(t.Context(), string(c.ID), resumed.Revision, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	wantDecision(t, s, c.ID, "bob", "no: unknown_client")
	status, page = browse(t, s).get(t, link)
	wantPage(t, status, page, 410, "This link is not valid; ask for another one.")
	status, page = b.fill(t, "/portal/sign-in", url.Values{"email": {lee}, "password": {herons}})
	wantPage(t, status, page, 401, "The address or the password is wrong.")
	gone, err := s.Owner.DeletedClients(t.Context(), "", 0)
	if err != nil || len(gone.Items) != 1 || gone.Items[0].ID != c.ID || gone.Items[0].By != "Olive" {
		t.Errorf("the deleted clients are %v (%v)", gone.Items, err)
	}
}

// lookAt looks at a link as programs do that check messages.
func lookAt(t *testing.T, link string, times int) {
	t.Helper()
	stay := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for i := range times {
		method := []string{http.MethodGet, http.MethodHead}[i%2]
		r, err := http.NewRequestWithContext(t.Context(), method, link, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := stay.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if status, _ := read(t, answer); status != http.StatusSeeOther {
			t.Fatalf("look %d: the status is %d", i, status)
		}
	}
}

// scopeIs makes a group all that the client's scope selects.
func scopeIs(t *testing.T, s *sidecartest.Sidecar, id policy.ClientID, group policy.GroupID) {
	t.Helper()
	stored, err := s.Owner.Clients().Get(t.Context(), string(id))
	if err != nil {
		t.Fatal(err)
	}
	wanted := stored.Value
	wanted.Scope.Groups = []policy.GroupID{group}
	if _, err := s.Owner.Clients().Replace(t.Context(), string(id), stored.Revision, wanted, client.Terms{}); err != nil {
		t.Fatal(err)
	}
}

func TestAdminFromInvitationToSignIn(t *testing.T) {
	s, post := office(t)
	invited, err := s.Owner.InviteAdmin(t.Context(), api.NewAdmin{Email: "aude@test.example", Role: policy.RoleAuditor}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	message := post.Wait(t, 1)[0]
	if message.Subject() != "You are to look after client access at Harbour Studio" || !strings.Contains(message.Text, "Olive makes you auditor") {
		t.Errorf("%s:\n%s", message.Subject(), message.Text)
	}
	_, secret := message.Link(t)
	nobody := &client.Client{BaseURL: s.URL}
	in := api.SignIn{Email: "aude@test.example", Password: herons}
	if _, err := nobody.SignIn(t.Context(), in); policy.CodeOf(err) != policy.Unauthenticated {
		t.Errorf("signing in before: %v", err)
	}
	accepted, err := nobody.Accept(t.Context(), api.Acceptance{Link: secret, Name: "Aude Itor", Password: herons})
	want := api.Accepted{Type: policy.SubjectAdmin, Purpose: policy.PurposeSetup, ID: string(invited.Value.Value.ID), Email: "aude@test.example"}
	if diff := cmp.Diff(want, accepted); diff != "" || err != nil {
		t.Fatal(diff, err)
	}
	session, err := nobody.SignIn(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	aude := nobody.As(session)
	if who, err := aude.Who(t.Context()); err != nil || who.Name != "Aude Itor" || who.Role != policy.RoleAuditor {
		t.Errorf("signed in as %+v (%v)", who, err)
	}
	if _, err := aude.Invite(t.Context(), lumen(), client.Terms{}); policy.CodeOf(err) != policy.Forbidden {
		t.Errorf("an auditor invites: %v", err)
	}
	if _, err := nobody.Accept(t.Context(), api.Acceptance{Link: secret, Name: "Eve", Password: plums}); policy.CodeOf(err) != policy.LinkFault {
		t.Errorf("a second use: %v", err)
	}
}

func TestPasswordIsForgottenAndSetAnew(t *testing.T) {
	s, post := office(t)
	_, link := invite(t, s, post)
	b := browse(t, s)
	b.get(t, link)
	b.fill(t, "/portal/setup/password", url.Values{"name": {"Ann Lee"}, "password": {herons}})

	other := browse(t, s)
	status, page := other.fill(t, "/portal/forgot", url.Values{"email": {lee}})
	wantPage(t, status, page, 200, "If there is an account with this address, a message with a link is on its way.")
	message := post.Wait(t, 2)[1]
	reset, _ := message.Link(t)
	if message.Subject() != "Choose another password for Harbour Studio" || message.To != lee {
		t.Errorf("to %s: %s", message.To, message.Subject())
	}
	status, page = other.get(t, reset)
	wantPage(t, status, page, 200, "<h1>Choose a new password</h1>")
	status, page = b.get(t, s.URL+"/portal")
	wantPage(t, status, page, 200, "<h1>Your access</h1>")
	status, page = other.fill(t, "/portal/reset/password", url.Values{"password": {plums}})
	wantPage(t, status, page, 200, "You were signed out everywhere.")
	news := post.Wait(t, 3)[2]
	if news.Subject() != "Your password for Harbour Studio was changed" || news.To != lee {
		t.Errorf("to %s: %s", news.To, news.Subject())
	}
	status, page = b.get(t, s.URL+"/portal")
	wantPage(t, status, page, 200, "<h1>Sign in</h1>")
	status, page = b.fill(t, "/portal/sign-in", url.Values{"email": {lee}, "password": {herons}})
	wantPage(t, status, page, 401, "The address or the password is wrong.")
	status, page = b.fill(t, "/portal/sign-in", url.Values{"email": {lee}, "password": {plums}})
	wantPage(t, status, page, 200, "<h1>Your access</h1>")
	status, page = other.get(t, reset)
	wantPage(t, status, page, 410, "This link was used already.")
}
