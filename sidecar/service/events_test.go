package service_test

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/policy/policytest"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
	"sightline.example/sidecar/store/storetest"
)

// follower is a stream of updates that a test takes one by one.
type follower struct {
	next func() (client.Update, error, bool)
}

// follow follows until the test ends, or a minute has passed.
func follow(t *testing.T, c *client.Client, after string, kinds ...policy.Kind) *follower {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), time.Minute)
	next, stop := iter.Pull2(c.Events(ctx, after, kinds...))
	t.Cleanup(func() { cancel(); stop() })
	return &follower{next}
}

// update returns the next update.
func (f *follower) update(t *testing.T) client.Update {
	t.Helper()
	u, err, ok := f.next()
	if err != nil || !ok {
		t.Fatalf("no update: %v", err)
	}
	return u
}

// events returns the events of the next update that has any.
func (f *follower) events(t *testing.T) []api.Event {
	t.Helper()
	for {
		u := f.update(t)
		if u.Reset {
			t.Fatal("the stream was reset")
		}
		if len(u.Events) > 0 {
			return u.Events
		}
	}
}

func TestAChangeOfAScopeIsTold(t *testing.T) {
	one, two := pairOf(t)
	build(t, one, studio())
	f := follow(t, two.Owner, "")
	if u := f.update(t); u.Token == "" || u.Reset || len(u.Events) > 0 {
		t.Fatalf("the stream begins with %+v", u)
	}
	widen(t, one, true)
	got := f.events(t)
	if len(got) != 1 || got[0].Revision == 0 || got[0].At.IsZero() {
		t.Fatalf("got %+v", got)
	}
	got[0].Revision, got[0].At = 0, time.Time{}
	want := []api.Event{{
		Kind: policy.KindClients, ID: "acme", Action: api.EventChanged, Name: "acme", By: "test",
		Changes: api.Changes{Groups: api.Membership{Gained: []api.Ref{{ID: "sales", Name: "sales"}}}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func pairOf(t *testing.T) (one, two *sidecartest.Sidecar) {
	t.Helper()
	cluster := storetest.Start(t)
	return pair(t, cluster.Endpoint(), cluster.Endpoint())
}

var _ = fmt.Sprint
var _ = rand.N[int]
var _ = policytest.Company
