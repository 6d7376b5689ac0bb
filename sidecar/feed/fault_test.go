package feed_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/feed"
	"sightline.example/sidecar/store"
	"sightline.example/sidecar/store/storetest"
)

// waitForState returns when the feed has come to the state. Only the passing of
// time brings a feed there, so there is nothing to wait on.
func (r *running) waitForState(t *testing.T, want feed.State, within time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), within)
	defer cancel()
	ticks := time.NewTicker(5 * time.Millisecond)
	defer ticks.Stop()
	for {
		state, age := r.State()
		if state == want {
			return
		}
		select {
		case <-ticks.C:
		case <-ctx.Done():
			t.Fatalf("%s, %v old; want %s", state, age, want)
		}
	}
}

func TestABlackHoleIsNoticedAndLivedThrough(t *testing.T) {
	s, prefix := open(t)
	line := storetest.NewProxy(t, shared.Endpoint())
	f := follow(t, feed.Config{Store: shared.OpenThrough(t, line, prefix), MaxStaleness: 5 * time.Second})
	f.waitFor(t, commit(t, s, s.Groups().Create("a", groupOf("a", "Design"))))
	f.waitForState(t, feed.Fresh, time.Second)

	line.Hold()
	hidden := commit(t, s, s.Groups().Create("b", groupOf("b", "Sales")))
	f.waitForState(t, feed.FailStatic, 5*time.Second)
	if !f.Fresh() || len(f.snapshot().Groups()) != 1 {
		t.Error("it does not go on with what it has")
	}
	f.waitForState(t, feed.FailClosed, 4*time.Second)
	if f.Fresh() {
		t.Error("it goes on for too long")
	}

	line.Release()
	f.wantEqual(t, s, hidden)
	f.waitForState(t, feed.Fresh, 10*time.Second)
}

func TestHistoryThatIsGoneWhenTheLineIsBackIsMadeUpFor(t *testing.T) {
	c := storetest.Start(t)
	s := c.Open(t, "/s/")
	line := storetest.NewProxy(t, c.Endpoint())
	f := follow(t, feed.Config{Store: c.OpenThrough(t, line, "/s/")})
	first := commit(t, s, s.Groups().Create("gone", groupOf("gone", "Design")))
	f.waitFor(t, first)

	line.Hold()
	commit(t, s, s.Groups().Delete("gone", first))
	var last int64
	for i := range 50 {
		last = commit(t, s, s.Groups().Create(fmt.Sprint(i), groupOf(fmt.Sprint(i), "x")))
	}
	c.Compact(t)
	line.Sever()
	f.wantEqual(t, s, last)
}

func TestARestartOfEtcdIsLivedThrough(t *testing.T) {
	c := storetest.Start(t)
	s := c.Open(t, "/s/")
	f := follow(t, feed.Config{Store: c.Open(t, "/s/")})
	f.waitFor(t, commit(t, s, s.Groups().Create("a", groupOf("a", "Design"))))
	c.Stop()
	c.Restart(t)
	var revision int64
	for revision == 0 {
		// The line to the store comes back by itself, some time.
		done, err := s.Commit(t.Context(), store.Audit{Action: "test"}, nil, s.Groups().Create("b", groupOf("b", "Sales")))
		if err != nil {
			wantCode(t, err, policy.Unavailable)
		}
		revision = done.Revision
	}
	f.wantEqual(t, s, revision)
	f.waitForState(t, feed.Fresh, 10*time.Second)
}

func TestReadingYourOwnWritesThroughAnotherFeed(t *testing.T) {
	s, prefix := open(t)
	f := follow(t, feed.Config{Store: s})
	g := follow(t, feed.Config{Store: shared.Open(t, prefix)})
	f.waitFor(t, 1)
	g.waitFor(t, 1)
	for i := range 200 {
		id := fmt.Sprint(i)
		token := f.Token(commit(t, s, s.Groups().Create(id, groupOf(id, "x"))))
		revision, err := g.ParseToken(token)
		if err != nil {
			t.Fatal(err)
		}
		g.waitFor(t, revision)
		if _, ok := g.snapshot().Group(policy.GroupID(id)); !ok {
			t.Fatalf("group %s is not seen at revision %d", id, revision)
		}
	}
}
