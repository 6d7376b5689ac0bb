package invite_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model/invite"
	"sightline.example/desktop/model/sketch"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

func TestWhatWasPutRightStaysWhenAColumnIsAssigned(t *testing.T) {
	owner, pump := newSidecar(t), asynctest.New(t)
	b := batch(t, pump, owner, "email,where\nann@client.example,Design\nnobody,Design\ncarl@client.example,Nowhere\n")
	b.Invite()
	pump.Settle() // all but the second
	b.Set(1, invite.Email, "bob@client.example")
	if n := b.Corrected(); n != 1 {
		t.Errorf("%d rows were put right", n)
	}
	b.SetColumn(invite.Groups, 1)
	pump.Settle()
	wantStates(t, b, "2 ann@client.example invited", "3 bob@client.example waiting", "4 carl@client.example invited")
	if r := b.Rows()[1]; r.Mode != policy.ModeGroups || len(b.Rows()[2].Wanted.Scope.Groups) != 0 || b.Rows()[0].Link == "" {
		t.Errorf("the rows are %+v, %+v, %+v", b.Rows()[0], r, b.Rows()[2])
	}
	b.Set(1, invite.Email, "nobody")
	if b.Corrected() != 0 {
		t.Error("what the table says counts as put right")
	}
}

func TestRowsFollowTheDirectoryAndWhoIsThere(t *testing.T) {
	pump := asynctest.New(t)
	b := batch(t, pump, nil, "email,groups\nann@client.example,Design\nbob@client.example,Sales\ncarl@client.example,\n")
	wantStates(t, b, "2 ann@client.example waiting", "3 bob@client.example faulty", "4 carl@client.example waiting")
	sales := sketch.NewDirectory([]sketch.Thing{{ID: "sales", Name: "Sales"}}, nil)
	b.SetDirectory(sales, func(email string) bool { return email == "carl@client.example" })
	pump.Settle()
	wantStates(t, b, "2 ann@client.example faulty", "3 bob@client.example waiting", "4 carl@client.example faulty")
}

func TestAChangeAroundForgetsNothingOfTheOthers(t *testing.T) {
	pump := asynctest.New(t)
	b := batch(t, pump, newSidecar(t), "email,groups\nann@client.example,Design\nbob@client.example,Nowhere\n")
	b.Try()
	pump.Settle()
	b.Set(1, invite.Groups, "Design")
	b.SetDirectory(directory(), nobody)
	pump.Settle()
	wantStates(t, b, "2 ann@client.example fine", "3 bob@client.example waiting")
}

func TestWhatIsPutRightWhileRowsAreReadStays(t *testing.T) {
	pump := asynctest.New(t)
	b := batch(t, pump, nil, "email\nann@client.example\nbob@client.example\nann@client.example\n")
	known := func(email string) bool { return email == "dora@client.example" }
	b.SetDirectory(directory(), known) // is read in the background, until the pump runs
	b.Set(0, invite.Email, "dora@client.example")
	b.Set(1, invite.Email, "eve@client.example")
	pump.Settle()
	wantStates(t, b, "2 dora@client.example faulty", "3 eve@client.example waiting", "4 ann@client.example waiting")
}

func TestWhatIsPutRightWhileAColumnIsAssignedHasTheColumn(t *testing.T) {
	pump := asynctest.New(t)
	b := batch(t, pump, nil, "email,where\nann@client.example,Design\n")
	b.SetColumn(invite.Groups, 1) // is read in the background, until the pump runs
	b.Set(0, invite.Email, "dora@client.example")
	pump.Settle()
	wantStates(t, b, "2 dora@client.example waiting")
	if r := b.Rows()[0]; r.Mode != policy.ModeGroups {
		t.Errorf("the row is %+v", r)
	}
}

func TestNothingIsSentWhileTheSidecarIsAway(t *testing.T) {
	owner, pump := newSidecar(t), asynctest.New(t)
	b := batch(t, pump, owner, many(1))
	b.SetOffline(true)
	b.Invite()
	pump.Settle()
	if b.CanTry() || b.CanInvite() || len(clients(t, owner)) != 0 {
		t.Errorf("the batch is %s", b.Step())
	}
	b.SetOffline(false)
	if !b.CanInvite() {
		t.Error("it can't be invited")
	}
}

func TestNothingIsSentBeforeItIsKnownWhatThereIs(t *testing.T) {
	pump := asynctest.New(t)
	cfg := invite.Calls(pump, newSidecar(t))
	b := invite.NewBatch(cfg, table(t, many(2)))
	t.Cleanup(b.Close)
	b.Invite()
	pump.Settle()
	if b.Step() != invite.Reading || b.CanInvite() || len(b.Rows()) != 0 {
		t.Errorf("the batch is %s", b.Step())
	}
}

func TestWhoMayHaveBeenInvitedByTheBatchIsNotKnownToIt(t *testing.T) {
	owner, pump := newSidecar(t), asynctest.New(t)
	var calls atomic.Int32
	b := batch(t, pump, owner, many(3), func(c *invite.Config) {
		real := c.Many
		c.Many = func(ctx context.Context, w api.Invitations, terms client.Terms) (client.Stored[api.InvitedRows], error) {
			stored, err := real(ctx, w, terms)
			if calls.Add(1) == 1 {
				return stored, policy.Errorf(policy.Unavailable, "cut off")
			}
			return stored, err
		}
	})
	everybody := func(string) bool { return true }
	b.Invite()
	b.SetDirectory(directory(), everybody) // what was sent comes back by the change feed
	pump.Settle()
	if n := b.Count(invite.Waiting); n != 3 {
		t.Fatalf("%d rows wait: %v", n, states(b))
	}
	b.Invite()
	pump.Settle()
	if b.Step() != invite.Done || b.Count(invite.Invited) != 3 {
		t.Errorf("the batch is %s: %v, %v", b.Step(), states(b), b.Err())
	}
	b.SetDirectory(sketch.NewDirectory(nil, nil), everybody)
	pump.Settle()
	if b.Count(invite.Invited) != 3 {
		t.Errorf("who is invited does not stay so: %v", states(b))
	}
}

// held is a Dispatcher that does nothing in the background until it is let.
type held struct {
	*asynctest.Pump
	work []func(context.Context)
}

func (h *held) Go(f func(context.Context)) { h.work = append(h.work, f) }

func (h *held) let() {
	for _, f := range h.work {
		h.Pump.Go(f)
	}
	h.work = nil
	h.Settle()
}

func TestTheRowsAreReadInTheBackgroundAndOneByOneAfterThat(t *testing.T) {
	const rows = 2_000
	on := &held{Pump: asynctest.New(t)}
	var asked atomic.Int32
	known := func(string) bool {
		asked.Add(1)
		return false
	}
	b := invite.NewBatch(invite.Config{On: on, Zone: time.UTC}, table(t, many(rows)))
	t.Cleanup(b.Close)
	b.SetDirectory(directory(), known)
	if n := asked.Load(); n != 0 {
		t.Errorf("%d addresses were asked about at once", n)
	}
	on.let()
	if n := asked.Swap(0); n != rows {
		t.Errorf("%d addresses were asked about, of %d", n, rows)
	}
	b.SetColumn(invite.Name, 0)
	if n := asked.Load(); n != 0 {
		t.Errorf("%d addresses were asked about at once", n)
	}
	on.let()
	asked.Store(0)
	for n := range 10 { // key by key
		b.Set(3, invite.Email, "guest77@client.example"[:13+n])
	}
	if n := asked.Load(); n > 30 {
		t.Errorf("%d addresses were asked about at ten keys", n)
	}
}

func TestRowsAreReadOnceAtATimeAndNotWhileTheyAreSent(t *testing.T) {
	on := &held{Pump: asynctest.New(t)}
	cfg := invite.Calls(on, newSidecar(t))
	b := invite.NewBatch(cfg, table(t, "email,groups\nann@client.example,Sales\n"))
	t.Cleanup(b.Close)
	sales := sketch.NewDirectory([]sketch.Thing{{ID: "sales", Name: "Sales"}}, nil)
	b.SetDirectory(directory(), nobody)
	b.SetDirectory(sales, nobody)
	if n := len(on.work); n != 1 {
		t.Errorf("%d pieces of work read the rows", n)
	}
	on.let()
	on.let()
	wantStates(t, b, "2 ann@client.example waiting")
	b.Try()
	b.SetDirectory(directory(), nobody)
	if n := len(on.work); n != 1 {
		t.Errorf("%d pieces of work beside the request", n-1)
	}
	on.let()
	on.let()
	wantStates(t, b, "2 ann@client.example faulty")
}

func TestWhatIsSentIsWhatWasShown(t *testing.T) {
	owner, pump := newSidecar(t), asynctest.New(t)
	b := batch(t, pump, owner, strings.ReplaceAll(many(60), "\n", ",Design\n"))
	b.SetColumn(invite.Groups, 1)
	pump.Settle()
	b.SetDirectory(sketch.NewDirectory(nil, nil), nobody) // comes too late for what is sent
	b.Invite()
	pump.Settle()
	for email, scope := range clients(t, owner) {
		if scope.Mode() != policy.ModeGroups {
			t.Fatalf("%s got %+v", email, scope)
		}
	}
	if n := b.Count(invite.Invited); n != 60 {
		t.Errorf("%d are invited", n)
	}
}

func TestRowsPutRightAreAsIfTheTableSaidSo(t *testing.T) {
	emails := []string{"ann@client.example", "bob@client.example", "BOB@client.example", "nobody", "known@client.example"}
	known := func(email string) bool { return strings.HasPrefix(email, "known") }
	pump := asynctest.New(t)
	read := func(now []string) *invite.Batch {
		b := invite.NewBatch(invite.Config{On: pump, Zone: time.UTC}, table(t, "email\n"+strings.Join(now, "\n")+"\n"))
		b.SetDirectory(directory(), known)
		pump.Settle()
		return b
	}
	rapid.Check(t, func(rt *rapid.T) {
		email := rapid.SampledFrom(emails)
		now := rapid.SliceOfN(email, 1, 6).Draw(rt, "emails")
		b := read(now)
		defer b.Close()
		for range rapid.IntRange(0, 6).Draw(rt, "steps") {
			row := rapid.IntRange(0, len(now)-1).Draw(rt, "row")
			now[row] = email.Draw(rt, "email")
			b.Set(row, invite.Email, now[row])
			want := read(now)
			defer want.Close()
			if diff := cmp.Diff(states(want), states(b)); diff != "" {
				rt.Fatalf("-want +got\n%s", diff)
			}
		}
	})
}
