package invite_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model/invite"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

func table(t *testing.T, text string) *invite.Table {
	t.Helper()
	read, err := invite.ReadTable(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func batch(t *testing.T, pump *asynctest.Pump, owner *client.Client, text string, adjust ...func(*invite.Config)) *invite.Batch {
	t.Helper()
	cfg := invite.Calls(pump, owner)
	cfg.Zone = time.UTC
	for _, f := range adjust {
		f(&cfg)
	}
	b := invite.NewBatch(cfg, table(t, text))
	t.Cleanup(b.Close)
	b.SetDirectory(directory(), nobody)
	pump.Settle()
	return b
}

func nobody(string) bool { return false }

func states(b *invite.Batch) (all []string) {
	for _, r := range b.Rows() {
		all = append(all, fmt.Sprintf("%d %s %s", r.Line, r.Cells[invite.Email], r.State))
	}
	return all
}

func wantStates(t *testing.T, b *invite.Batch, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, states(b)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

const guests = "E-Mail;Name;Groups;Projects;Screencasts;Bis\n" +
	"ann@client.example;Ann;Design, dev;website;yes;2026-12-31\n" +
	"\n" +
	"bob@client.example;Bob;Nobody;;maybe;soon\n" +
	"ann@client.example;;;;;\n" +
	"carl@client.example;;development;;;\n"

func TestRowsSayWhatIsWrongAndArePutRight(t *testing.T) {
	b := batch(t, asynctest.New(t), nil, guests)
	wantStates(t, b, "2 ann@client.example waiting", "4 bob@client.example faulty", "5 ann@client.example faulty", "6 carl@client.example faulty")
	want := []map[invite.Column]invite.Fault{
		{},
		{invite.Groups: invite.NoGroup, invite.Screencasts: invite.NoSwitch, invite.Until: invite.NoDate},
		{invite.Email: invite.Twice},
		{invite.Groups: invite.SeveralNames},
	}
	for i, r := range b.Rows() {
		if diff := cmp.Diff(want[i], r.Faults); diff != "" {
			t.Errorf("row %d: -want +got\n%s", i, diff)
		}
	}
	end := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	scope := policy.Scope{Groups: []policy.GroupID{"design", "dev"}, Projects: []policy.ProjectID{"site"}, Screencasts: true, Until: &end}
	if diff := cmp.Diff(scope, b.Rows()[0].Wanted.Scope); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	b.Set(1, invite.Groups, "Design")
	b.Set(1, invite.Screencasts, "no")
	b.Set(1, invite.Until, "")
	b.Set(2, invite.Email, "dora@client.example")
	b.Set(3, invite.Groups, "dev2")
	if n := b.Count(invite.Waiting); n != 4 {
		t.Errorf("%d rows are right: %v", n, states(b))
	}
}

func TestColumnsAreAssigned(t *testing.T) {
	pump := asynctest.New(t)
	b := batch(t, pump, nil, "who,where\nann@client.example,Design\n")
	if b.Step() != invite.Assigning || b.CanInvite() {
		t.Errorf("the batch is %s", b.Step())
	}
	b.SetColumn(invite.Email, 0)
	b.SetColumn(invite.Groups, 1)
	b.SetColumn(invite.Name, 7) // there is no such column
	pump.Settle()
	if b.Step() != invite.Checking || !b.CanInvite() || b.Column(invite.Groups) != 1 || b.Rows()[0].Mode != policy.ModeGroups {
		t.Errorf("the batch is %s with %+v", b.Step(), b.Rows()[0])
	}
	b.SetColumn(invite.Email, -1)
	pump.Settle()
	if b.CanInvite() || b.Column(invite.Email) != -1 {
		t.Error("it can be sent without addresses")
	}
}

func TestTablesThatAreNone(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"nothing":        {"", invite.ErrEmpty},
		"a header alone": {"email\n\n", invite.ErrEmpty},
		"a bare quote":   {"email\n\"ann\n", invite.ErrFile},
		"too many rows":  {"email\n" + strings.Repeat("x\n", invite.MaxRows+1), invite.ErrTooLarge},
		"too many bytes": {"email\n" + strings.Repeat("x", invite.MaxFile), invite.ErrTooLarge},
	} {
		if _, err := invite.ReadTable(strings.NewReader(c.text)); err != c.want {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if got := table(t, "\ufeffemail\tname\nx\ty\n").Header; !cmp.Equal(got, []string{"email", "name"}) {
		t.Errorf("the header is %q", got)
	}
}

func FuzzReadTable(f *testing.F) {
	f.Add(guests)
	f.Add("a\tb\n\"c\nd\"\te\n")
	f.Fuzz(func(t *testing.T, text string) {
		read, err := invite.ReadTable(strings.NewReader(text))
		if err != nil {
			return
		}
		pump := asynctest.New(t)
		b := invite.NewBatch(invite.Config{On: pump, Zone: time.UTC}, read)
		b.SetDirectory(directory(), nobody)
		pump.Settle()
		for _, r := range b.Rows() {
			if r.State == invite.Waiting && policy.CheckEmail("", r.Wanted.Email) != nil {
				t.Errorf("%q would be invited", r.Wanted.Email)
			}
		}
	})
}

func TestABatchIsTriedInvitedAndTheRestIsExported(t *testing.T) {
	owner, pump := newSidecar(t), asynctest.New(t)
	if _, err := owner.Invite(t.Context(), api.NewInvitation{Email: "old@client.example"}, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	b := batch(t, pump, owner, "email,groups\nann@client.example,Design\nold@client.example,\nnobody,\n")
	b.Try()
	pump.Settle()
	wantStates(t, b, "2 ann@client.example fine", "3 old@client.example refused", "4 nobody faulty")
	if n := len(clients(t, owner)); n != 1 {
		t.Errorf("%d clients after a dry run", n)
	}
	b.Invite()
	pump.Settle()
	wantStates(t, b, "2 ann@client.example invited", "3 old@client.example failed", "4 nobody faulty")
	if b.Step() != invite.Done || b.Rows()[0].Link == "" {
		t.Errorf("the batch is %s, %v", b.Step(), b.Err())
	}
	var out strings.Builder
	if err := b.Undone(&out, func(r *invite.Row) string { return "=" + string(policy.CodeOf(r.Err)) }); err != nil {
		t.Fatal(err)
	}
	want := "email,name,groups,projects,screencasts,from,until,note,error\n" +
		"old@client.example,,,,,,,,'=exists\nnobody,,,,,,,,'=\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	b.Set(1, invite.Email, "new@client.example")
	b.Invite()
	pump.Settle()
	wantStates(t, b, "2 ann@client.example invited", "3 new@client.example invited", "4 nobody faulty")
}

// many returns a table of n guests.
func many(n int) string {
	text := "email\n"
	for i := range n {
		text += fmt.Sprintf("guest%d@client.example\n", i)
	}
	return text
}

func TestABatchThatBreaksOffGoesOnWithoutInvitingTwice(t *testing.T) {
	owner, pump := newSidecar(t), asynctest.New(t)
	var calls atomic.Int32
	b := batch(t, pump, owner, many(60), func(c *invite.Config) {
		real := c.Many
		c.Many = func(ctx context.Context, w api.Invitations, terms client.Terms) (client.Stored[api.InvitedRows], error) {
			stored, err := real(ctx, w, terms)
			if calls.Add(1) == 2 {
				return client.Stored[api.InvitedRows]{}, policy.Errorf(policy.Unavailable, "cut off")
			}
			return stored, err
		}
	})
	b.Invite()
	pump.Settle()
	if b.Step() != invite.Checking || b.Err() == nil || b.Count(invite.Invited) != 25 {
		t.Fatalf("the batch is %s, %v, %d are invited", b.Step(), b.Err(), b.Count(invite.Invited))
	}
	b.Invite()
	pump.Settle()
	if b.Step() != invite.Done || b.Count(invite.Invited) != 60 || b.Count(invite.Failed) != 0 {
		t.Errorf("the batch is %s, %d are invited, %d failed", b.Step(), b.Count(invite.Invited), b.Count(invite.Failed))
	}
}

func TestABatchIsStoppedBetweenTwoRequests(t *testing.T) {
	owner, pump := newSidecar(t), asynctest.New(t)
	b := batch(t, pump, owner, many(60))
	b.OnChange = func() {
		if n, of := b.Progress(); n == 25 && of == 60 {
			b.Cancel()
		}
	}
	b.Invite()
	pump.Settle()
	if n := len(clients(t, owner)); n != 25 || b.Count(invite.Invited) != 25 || !b.CanInvite() {
		t.Errorf("%d clients, %d rows are invited, step %s", n, b.Count(invite.Invited), b.Step())
	}
}
