package invite_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model/invite"
	"sightline.example/desktop/model/sketch"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

func newSidecar(t *testing.T) *client.Client {
	t.Helper()
	owner := sidecartest.Start(t, sidecartest.Options{}).Owner
	doc := api.Document{Directory: policy.Directory{
		Employees: []policy.Employee{},
		Groups:    []policy.Group{{ID: "design", Name: "Design"}, {ID: "dev", Name: "Development"}},
		Projects:  []policy.Project{{ID: "site", Name: "Website"}},
	}}
	if _, err := owner.Import(t.Context(), doc, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	return owner
}

func directory() *sketch.Directory {
	return sketch.NewDirectory(
		[]sketch.Thing{{ID: "design", Name: "Design"}, {ID: "dev", Name: "Development"}, {ID: "dev2", Name: "development"}},
		[]sketch.Thing{{ID: "site", Name: "Website"}})
}

// stage is a form in front of a sidecar.
type stage struct {
	*invite.Form
	t     *testing.T
	pump  *asynctest.Pump
	owner *client.Client
}

func newForm(t *testing.T, owner *client.Client, adjust ...func(*invite.Config)) *stage {
	t.Helper()
	s := &stage{t: t, pump: asynctest.New(t), owner: owner}
	cfg := invite.Calls(s.pump, owner)
	for _, f := range adjust {
		f(&cfg)
	}
	s.Form = invite.NewForm(cfg)
	t.Cleanup(s.Close)
	return s
}

func (s *stage) rest() { s.pump.Advance(time.Second) }

func (s *stage) send() {
	s.t.Helper()
	s.Send()
	s.rest()
}

// clients returns the addresses and scopes of all clients.
func clients(t *testing.T, owner *client.Client) map[string]policy.Scope {
	t.Helper()
	page, err := owner.Clients().List(t.Context(), "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]policy.Scope{}
	for _, c := range page.Items {
		all[c.Value.Email] = c.Value.Scope
	}
	return all
}

func TestSeveralAreInvitedWithOneScopeAndOthersAfterThem(t *testing.T) {
	s := newForm(t, newSidecar(t))
	s.Sketch.SetGroups([]policy.GroupID{"design"})
	s.Sketch.SetScreencasts(true)
	s.SetText("ann@client.example; Bob Lee <bob@client.example>")
	s.SetNote("Welcome")
	if !s.CanSend() || !s.Dirty() {
		t.Fatal("it can't be sent")
	}
	s.send()
	if s.Phase() != invite.Sent || s.Dirty() {
		t.Fatalf("the form is %s, %v", s.Phase(), s.Err())
	}
	want := []invite.Outcome{{Email: "ann@client.example"}, {Email: "bob@client.example"}}
	if diff := cmp.Diff(want, s.Outcome(), cmpopts.IgnoreFields(invite.Outcome{}, "ID", "Link")); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for _, o := range s.Outcome() {
		if o.ID == "" || o.Link == "" {
			t.Errorf("%s has id %q and link %q", o.Email, o.ID, o.Link)
		}
	}
	s.Again()
	if s.Text() != "" || !s.Sketch.Scope().Screencasts || s.Note() != "Welcome" {
		t.Error("the scope or the note did not stay")
	}
	s.SetText("carl@client.example")
	s.SetName("Carl")
	s.send()
	scope := policy.Scope{Groups: []policy.GroupID{"design"}, Screencasts: true}
	all := map[string]policy.Scope{"ann@client.example": scope, "bob@client.example": scope, "carl@client.example": scope}
	if diff := cmp.Diff(all, clients(t, s.owner)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestWhoIsRefusedIsToldAndTriedAgain(t *testing.T) {
	s := newForm(t, newSidecar(t))
	s.SetText("ann@client.example")
	s.send()
	s.Again()
	s.SetText("ann@client.example, bob@client.example") // this form knows nobody
	s.send()
	out := s.Outcome()
	if policy.CodeOf(out[0].Err) != policy.Exists || out[1].Err != nil {
		t.Errorf("the outcome is %+v", out)
	}
	s.Retry()
	if s.Text() != "ann@client.example\n" || s.Phase() != invite.Editing {
		t.Errorf("%s with %q", s.Phase(), s.Text())
	}
}

func TestWhoIsTriedAgainIsCalledAsBefore(t *testing.T) {
	s := newForm(t, newSidecar(t), func(c *invite.Config) {
		c.Many = func(_ context.Context, w api.Invitations, _ client.Terms) (stored client.Stored[api.InvitedRows], _ error) {
			for _, one := range w.Invitations {
				row := api.InvitedRow{Email: one.Email}
				if one.Email != "carl@client.example" {
					row.Error = new(api.ProblemOf(policy.Errorf(policy.TooMany, "too often")))
				}
				stored.Value.Rows = append(stored.Value.Rows, row)
			}
			return stored, nil
		}
	})
	s.SetText("Carl <carl@client.example>, Ann Lee <ann@client.example>; bob@client.example")
	s.SetName("is of one alone")
	s.send()
	s.Retry()
	if want := "Ann Lee <ann@client.example>\nbob@client.example\n"; s.Text() != want || s.Name() != "" {
		t.Errorf("%q called %q are tried again, want %q", s.Text(), s.Name(), want)
	}
	s.SetText("ann@client.example")
	s.SetName("Lee, Ann")
	s.send()
	s.Retry()
	if s.Text() != "ann@client.example\n" || s.Name() != "Lee, Ann" {
		t.Errorf("%q called %q is tried again", s.Text(), s.Name())
	}
}

func TestAnAddressIsHeldAgainstThoseOfTheRole(t *testing.T) {
	s := newForm(t, newSidecar(t), func(c *invite.Config) { c.Known = func(string) bool { return true } })
	s.SetText("ann@client.example")
	for _, c := range []struct {
		role policy.Role
		want invite.Fault
	}{{policy.RoleAdmin, ""}, {"", invite.Known}, {policy.RoleOwner, ""}} {
		s.SetRole(c.role)
		if got := s.Addresses()[0].Fault; got != c.want || s.CanSend() != (c.want == "") {
			t.Errorf("as %q the address is %q, and can be sent: %t", c.role, got, s.CanSend())
		}
	}
}

func TestAdminsAreInvitedWithARole(t *testing.T) {
	s := newForm(t, newSidecar(t), func(c *invite.Config) { c.Known = func(string) bool { return true } })
	s.SetRole(policy.RoleAuditor)
	s.Sketch.SetUntil("nonsense") // is of clients only
	s.SetText("dora@team.example")
	s.send()
	page, err := s.owner.Admins(t.Context(), "", 100)
	if err != nil || s.Phase() != invite.Sent {
		t.Fatal(err, s.Phase(), s.Err())
	}
	found := false
	for _, a := range page.Items {
		found = found || a.Value.Email == "dora@team.example" && a.Value.Role == policy.RoleAuditor
	}
	if !found || s.Outcome()[0].Link == "" {
		t.Errorf("admins are %+v", page.Items)
	}
}

func TestAdminsWhoAreInvitedBeforeTheSidecarGoesAwayAreTold(t *testing.T) {
	var calls atomic.Int32
	s := newForm(t, newSidecar(t), func(c *invite.Config) {
		admin := c.Admin
		c.Admin = func(ctx context.Context, a api.NewAdmin, terms client.Terms) (client.Stored[api.Invited[policy.Admin]], error) {
			if calls.Add(1) > 1 {
				return client.Stored[api.Invited[policy.Admin]]{}, policy.Errorf(policy.Unavailable, "cut off")
			}
			return admin(ctx, a, terms)
		}
	})
	s.SetRole(policy.RoleAuditor)
	s.SetText("dora@team.example, emil@team.example, finn@team.example")
	s.send()
	if s.Phase() != invite.Sent || calls.Load() != 2 {
		t.Fatal(s.Phase(), s.Err(), calls.Load())
	}
	var got []policy.Code
	for _, o := range s.Outcome() {
		got = append(got, policy.CodeOf(o.Err))
	}
	if diff := cmp.Diff([]policy.Code{"", policy.Unavailable, policy.Unavailable}, got); diff != "" || s.Outcome()[0].Link == "" {
		t.Errorf("-want +got\n%s%+v", diff, s.Outcome())
	}
}

func TestNothingIsSentThatIsKnownToBeWrong(t *testing.T) {
	owner := newSidecar(t)
	for name, spoil := range map[string]func(*stage){
		"no address":   func(s *stage) { s.SetText("") },
		"a bad one":    func(s *stage) { s.SetText("ann@client.example, nobody") },
		"a long name":  func(s *stage) { s.SetName(string(make([]byte, 300))) },
		"a long note":  func(s *stage) { s.SetNote(string(make([]byte, 3000))) },
		"a bad period": func(s *stage) { s.Sketch.SetUntil("soon") },
		"offline":      func(s *stage) { s.SetOffline(true) },
		"too many": func(s *stage) {
			text := ""
			for i := range invite.MaxAddresses + 1 {
				text += string(rune('a'+i%26)) + string(rune('a'+i/26)) + "@client.example\n"
			}
			s.SetText(text)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newForm(t, owner)
			s.SetText("ann@client.example")
			spoil(s)
			s.send()
			if s.CanSend() || s.Phase() != invite.Editing || len(clients(t, owner)) != 0 {
				t.Errorf("%s, %d clients", s.Phase(), len(clients(t, owner)))
			}
		})
	}
}

func TestAnInvitationThatNobodyKnowsOfIsNotSentTwice(t *testing.T) {
	var calls atomic.Int32
	s := newForm(t, newSidecar(t), func(c *invite.Config) {
		many := c.Many
		c.Many = func(ctx context.Context, w api.Invitations, terms client.Terms) (client.Stored[api.InvitedRows], error) {
			stored, err := many(ctx, w, terms)
			if calls.Add(1) == 1 && err == nil {
				return stored, policy.Errorf(policy.Unavailable, "cut off")
			}
			return stored, err
		}
	})
	s.SetText("ann@client.example")
	s.send()
	if s.Phase() != invite.Editing || s.Err() == nil {
		t.Fatalf("the form is %s, %v", s.Phase(), s.Err())
	}
	s.send()
	if s.Phase() != invite.Sent || s.Outcome()[0].Err != nil {
		t.Errorf("the outcome is %+v, %v", s.Outcome(), s.Err())
	}
}

func TestWhatIsRefusedOfAllIsPutRightInTheForm(t *testing.T) {
	s := newForm(t, newSidecar(t))
	s.SetText("ann@client.example, bob@client.example")
	s.Sketch.SetUntil("2020-01-31") // only the sidecar knows what day it is
	s.send()
	if refused, ok := s.Err().(*policy.Error); s.Phase() != invite.Editing || !ok || refused.Field != "scope.until" {
		t.Fatalf("the form is %s, %v", s.Phase(), s.Err())
	}
	s.Sketch.SetUntil("")
	if s.Err() != nil {
		t.Errorf("it is still refused: %v", s.Err())
	}
	s.send()
	if s.Phase() != invite.Sent {
		t.Errorf("the form is %s, %v", s.Phase(), s.Err())
	}
}

func TestAnotherScopeIsAnotherInvitation(t *testing.T) {
	cut := true
	s := newForm(t, newSidecar(t), func(c *invite.Config) {
		many := c.Many
		c.Many = func(ctx context.Context, w api.Invitations, terms client.Terms) (client.Stored[api.InvitedRows], error) {
			stored, err := many(ctx, w, terms)
			if cut && err == nil {
				err = policy.Errorf(policy.Unavailable, "cut off")
			}
			return stored, err
		}
	})
	s.SetText("ann@client.example")
	s.send()
	cut = false
	s.Sketch.SetGroups([]policy.GroupID{"design"})
	s.send()
	if err := s.Err(); policy.CodeOf(err) != policy.Exists {
		t.Errorf("it is refused by %v, %+v", err, s.Outcome())
	}
}
