package httpd_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// guests is a list of clients to be invited, with a line that has a fault.
func guests() client.InvitationTable {
	return client.InvitationTable{
		File:    strings.NewReader("Contact;Gruppen;Screencasts\na@lumen.example;Design;ja\nb@lumen.example;Art;\n"),
		Mapping: map[string]map[string]string{"invitations": {"email": "Contact"}},
	}
}

// withDesign starts a sidecar whose directory has the group Design.
func withDesign(t *testing.T) *sidecartest.Sidecar {
	t.Helper()
	s := sidecartest.Start(t, sidecartest.Options{})
	if _, err := s.Owner.Groups().Create(t.Context(), policy.Group{ID: "design", Name: "Design"}, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTableIsInvitedThroughTheClient(t *testing.T) {
	s := withDesign(t)
	tried, err := s.Owner.TryInviteCSV(t.Context(), guests())
	if err != nil {
		t.Fatal(err)
	}
	fault := policy.Fault{Table: "invitations", Row: 3, Column: "Gruppen", Message: `there is no group "Art"`}
	want := api.InvitedRows{DryRun: true, Made: 1, Failed: 1, Rows: []api.InvitedRow{
		{Row: 2, Email: "a@lumen.example", Mode: policy.ModeGroups},
		{Row: 3, Email: "b@lumen.example", Mode: policy.ModeNone, Error: &api.Problem{
			Status: 400, Title: "Bad Request", Detail: fault.Message, Code: policy.Invalid, Field: "Gruppen", Faults: []policy.Fault{fault},
		}},
	}}
	if diff := cmp.Diff(want, tried.Value); diff != "" {
		t.Error(diff)
	}
	together := guests()
	together.All = true
	none, err := s.Owner.InviteCSV(t.Context(), together, client.Terms{})
	if err != nil || none.Value.Made != 0 || none.Value.Skipped != 1 || none.Value.Failed != 1 {
		t.Errorf("%+v (%v)", none.Value, err)
	}
	done, err := s.Owner.InviteCSV(t.Context(), guests(), client.Terms{IdempotencyKey: "k"})
	if err != nil || done.Value.Made != 1 || done.Value.Failed != 1 {
		t.Fatalf("%+v (%v)", done.Value, err)
	}
	made, err := s.Owner.Clients().Get(t.Context(), string(done.Value.Rows[0].ID))
	if scope := (policy.Scope{Groups: []policy.GroupID{"design"}, Screencasts: true}); err != nil || cmp.Diff(scope, made.Value.Scope) != "" {
		t.Errorf("the client is %+v (%v)", made.Value, err)
	}
	again, err := s.Owner.InviteCSV(t.Context(), guests(), client.Terms{IdempotencyKey: "k"})
	if diff := cmp.Diff(done.Value, again.Value); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestTableThatMakesNoSenseIsRefusedThroughTheClient(t *testing.T) {
	s := withDesign(t)
	_, err := s.Owner.InviteCSV(t.Context(), client.InvitationTable{File: strings.NewReader("name\nAcme\n")}, client.Terms{})
	wantFaults(t, err, policy.Fault{Table: "invitations", Row: 1, Message: "has no column for the email"})
	_, err = s.Owner.InviteCSV(t.Context(), client.InvitationTable{}, client.Terms{})
	if e, ok := errors.AsType[*policy.Error](err); !ok || e.Field != "invitations" || e.Message != "is missing" {
		t.Errorf("without a table: %v", err)
	}
	_, err = s.App.InviteCSV(t.Context(), client.InvitationTable{File: endless{}}, client.Terms{})
	if code := policy.CodeOf(err); code != policy.Forbidden {
		t.Errorf("of an app: %v", err)
	}
}

func wantFaults(t *testing.T, err error, want ...policy.Fault) {
	t.Helper()
	e, ok := errors.AsType[*policy.Error](err)
	if !ok {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, e.Faults); diff != "" || e.Code != policy.Invalid {
		t.Error(e.Code, diff)
	}
}

func TestManyAreInvitedTogetherOrEachByItself(t *testing.T) {
	s := withDesign(t)
	wanted := api.Invitations{All: true, Invitations: []api.NewInvitation{{Email: "a@lumen.example"}, {Email: "none"}}}
	none, err := s.Owner.InviteMany(t.Context(), wanted, client.Terms{})
	if err != nil || none.Value.Skipped != 1 || none.Value.Failed != 1 || none.Value.Rows[1].Error.Field != "email" {
		t.Errorf("%+v (%v)", none.Value, err)
	}
	wanted.All = false
	tried, err := s.Owner.TryInviteMany(t.Context(), wanted, client.Terms{})
	if err != nil || !tried.Value.DryRun || tried.Value.Made != 1 || tried.Value.Failed != 1 {
		t.Errorf("%+v (%v)", tried.Value, err)
	}
}

func TestWaitingInvitationsAreListedThroughTheClient(t *testing.T) {
	s := withDesign(t)
	made, err := s.Owner.Invite(t.Context(), api.NewInvitation{Email: "ann@lumen.example"}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	c, ends := s.Owner.AtLeast(made.Token), made.Value.Invitation.Expires
	for name, ask := range map[string]struct {
		endsBefore time.Time
		want       int
	}{"all": {time.Time{}, 1}, "those that end before this one": {ends, 0}, "those that end until then": {ends.Add(time.Millisecond), 1}} {
		got, err := c.Waiting(t.Context(), "", 0, ask.endsBefore)
		if err != nil || len(got.Items) != ask.want || got.Next != "" {
			t.Errorf("%s: %+v (%v)", name, got, err)
		}
	}
	after, err := c.Waiting(t.Context(), made.Value.Value.ID, 1, time.Time{})
	if err != nil || len(after.Items) != 0 {
		t.Errorf("after the last one: %+v (%v)", after, err)
	}
}
