package invite_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/table"
)

// list invites good ones, one whose address another has, and one with a dead
// reference.
func list() api.Invitations {
	dead := guest("dead@lumen.example")
	dead.Scope.Groups = []policy.GroupID{"art"}
	var l api.Invitations
	l.Invitations = []api.NewInvitation{guest("a@lumen.example"), guest("A@lumen.example"), dead, guest("b@lumen.example")}
	for i := range l.Invitations {
		l.Invitations[i].Link = false
	}
	return l
}

// outcome is what rows say, in short.
func outcome(r api.InvitedRows) []string {
	var all []string
	for _, row := range r.Rows {
		text := row.Email + " " + string(row.Mode)
		if row.ID != "" {
			text += " made"
		}
		if row.Error != nil {
			text += " " + string(row.Error.Code) + " " + row.Error.Field
		}
		all = append(all, text)
	}
	return all
}

func (h *house) clients(t *testing.T) int {
	t.Helper()
	page, err := h.store.Clients().List(t.Context(), "", 100)
	if err != nil {
		t.Fatal(err)
	}
	return len(page.Items)
}

func TestManyAreInvitedEachByItself(t *testing.T) {
	h := start(t)
	done, err := h.Many(t.Context(), olive, admin.Terms{}, list(), false)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"a@lumen.example groups made", "A@lumen.example groups exists email",
		"dead@lumen.example groups dead_reference scope.groups", "b@lumen.example groups made",
	}
	if diff := cmp.Diff(want, outcome(done.Value)); diff != "" {
		t.Error(diff)
	}
	if v := done.Value; v.Made != 2 || v.Failed != 2 || v.Skipped != 0 || v.DryRun || h.clients(t) != 2 || len(h.letters(t)) != 2 {
		t.Errorf("made %d, failed %d, skipped %d; there are %d clients", v.Made, v.Failed, v.Skipped, h.clients(t))
	}
}

func TestAllOrNoneAreInvited(t *testing.T) {
	h := start(t)
	wanted := list()
	wanted.All = true
	done, err := h.Many(t.Context(), olive, admin.Terms{}, wanted, false)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"a@lumen.example groups", "A@lumen.example groups invalid email",
		"dead@lumen.example groups dead_reference scope.groups", "b@lumen.example groups",
	}
	if diff := cmp.Diff(want, outcome(done.Value)); diff != "" {
		t.Error(diff)
	}
	if v := done.Value; v.Made != 0 || v.Failed != 2 || v.Skipped != 2 || h.clients(t) != 0 {
		t.Errorf("made %d, failed %d, skipped %d; there are %d clients", v.Made, v.Failed, v.Skipped, h.clients(t))
	}
	wanted.Invitations = []api.NewInvitation{wanted.Invitations[0], wanted.Invitations[3]}
	done, err = h.Many(t.Context(), olive, admin.Terms{}, wanted, false)
	if err != nil || done.Value.Made != 2 || h.clients(t) != 2 {
		t.Errorf("made %d (%v), want 2", done.Value.Made, err)
	}
}

func TestDryRunInvitesNobody(t *testing.T) {
	h := start(t)
	done, err := h.Many(t.Context(), olive, admin.Terms{}, list(), true)
	if err != nil {
		t.Fatal(err)
	}
	if v := done.Value; v.Made != 2 || v.Failed != 2 || v.Skipped != 0 || !v.DryRun || h.clients(t) != 0 {
		t.Errorf("made %d, failed %d, skipped %d; there are %d clients", v.Made, v.Failed, v.Skipped, h.clients(t))
	}
}

func TestNoneAndTooManyAreRefused(t *testing.T) {
	h := start(t)
	_, err := h.Many(t.Context(), olive, admin.Terms{}, api.Invitations{}, false)
	wantFault(t, err, policy.Invalid, "invitations", "are 0; there must be 1 to 1000")
	_, err = h.Many(t.Context(), olive, admin.Terms{}, api.Invitations{Invitations: make([]api.NewInvitation, 1_001)}, true)
	wantFault(t, err, policy.Invalid, "invitations", "are 1001; there must be 1 to 1000")
}

// TestRepeatGoesOn invites the first of a list under its place's name, as a call
// that broke off would have, and then repeats the call.
func TestRepeatGoesOn(t *testing.T) {
	h := start(t)
	terms := admin.Terms{IdempotencyKey: "k", Fingerprint: "f"}
	first := terms
	first.IdempotencyKey = "k\n0"
	made, err := h.Client(t.Context(), olive, first, list().Invitations[0])
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		done, err := h.Many(t.Context(), olive, terms, list(), false)
		if err != nil {
			t.Fatal(err)
		}
		if done.Value.Made != 2 || done.Value.Rows[0].ID != made.Value.Value.ID || h.clients(t) != 2 {
			t.Errorf("made %d, the first is %s; there are %d clients", done.Value.Made, done.Value.Rows[0].ID, h.clients(t))
		}
	}
	if all := h.letters(t); len(all) != 2 {
		t.Errorf("there are %d letters, want 2", len(all))
	}
}

func (h *house) table(t *testing.T, csv string, together, dry bool) (admin.Changed[api.InvitedRows], error) {
	t.Helper()
	sheet, err := table.Read(table.Clients, strings.NewReader(csv))
	if err != nil {
		t.Fatal(err)
	}
	return h.Table(t.Context(), olive, admin.Terms{}, sheet, nil, together, dry)
}

const csv = "email,groups,projects,until,phone\n" +
	"a@lumen.example,Design,,,1\n" +
	"\n" +
	"b@lumen.example,Art,App,,2\n" +
	"c@lumen.example,,site,2025-12-31,3\n"

func TestTableIsInvited(t *testing.T) {
	h := start(t)
	done, err := h.table(t, csv, false, false)
	if err != nil {
		t.Fatal(err)
	}
	for i := range done.Value.Rows {
		if done.Value.Rows[i].ID != "" {
			done.Value.Rows[i].ID = "made"
		}
	}
	fault := func(column, message string) policy.Fault {
		return policy.Fault{Table: "invitations", Row: 4, Column: column, Message: message}
	}
	art, app := fault("groups", `there is no group "Art"`), fault("projects", `there is no project "App"`)
	want := api.InvitedRows{
		Made: 1, Failed: 2,
		Rows: []api.InvitedRow{
			{Row: 2, Email: "a@lumen.example", Mode: policy.ModeGroups, ID: "made"},
			{Row: 4, Email: "b@lumen.example", Mode: policy.ModeNone, Error: &api.Problem{
				Status: 400, Title: "Bad Request", Code: policy.Invalid, Field: "groups", Detail: art.Message, Faults: []policy.Fault{art, app},
			}},
			{Row: 5, Email: "c@lumen.example", Mode: policy.ModeProjects, Error: &api.Problem{
				Status: 400, Title: "Bad Request", Code: policy.Invalid, Field: "scope.until", Detail: "is in the past",
			}},
		},
		Warnings: []policy.Fault{{Table: "invitations", Row: 1, Column: "phone", Message: "is not a column known here, and was passed over"}},
	}
	if diff := cmp.Diff(want, done.Value); diff != "" {
		t.Error(diff)
	}
	if h.clients(t) != 1 {
		t.Errorf("there are %d clients", h.clients(t))
	}
}

func TestTableIsInvitedWholeOrNotAtAll(t *testing.T) {
	h := start(t)
	for _, dry := range []bool{true, false} {
		done, err := h.table(t, csv, true, dry)
		if err != nil || done.Value.Failed != 2 || done.Value.DryRun != dry || h.clients(t) != 0 {
			t.Errorf("%+v (%v)", done.Value, err)
		}
	}
}

func TestTableThatMakesNoSenseIsRefused(t *testing.T) {
	h := start(t)
	_, err := h.table(t, "name\nAcme\n", false, false)
	wantFault(t, err, policy.Invalid, "", "the tables have 1 fault; nothing was done")
	_, err = h.table(t, "email\na@lumen.example\n\"b@lumen.example\n", false, false)
	wantFault(t, err, policy.Invalid, "", "the tables have 1 fault; nothing was done")
	_, err = h.Table(t.Context(), olive, admin.Terms{}, nil, nil, false, false)
	wantFault(t, err, policy.Invalid, "invitations", "is missing")
	if h.clients(t) != 0 {
		t.Errorf("there are %d clients", h.clients(t))
	}
}
