package feed_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/feed"
	"sightline.example/sidecar/store"
)

// told is what a feed told of the snapshots it applied.
type told struct {
	mu  sync.Mutex
	all []string
}

func (a *told) add(format string, args ...any) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.all = append(a.all, fmt.Sprintf(format, args...))
}

func (a *told) want(t *testing.T, want ...string) {
	t.Helper()
	synctest.Wait()
	a.mu.Lock()
	defer a.mu.Unlock()
	if !slices.Equal(a.all, want) {
		t.Errorf("told %q, want %q", a.all, want)
	}
	a.all = nil
}

func TestEverySnapshotIsToldOf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var got told
		var f *running
		ready := make(chan struct{})
		known := func(d *policy.Data) string {
			<-ready
			// Others see it by then, and a token can be made.
			return fmt.Sprint(f.snapshot() == d && f.Epoch() != "" && f.WaitFor(t.Context(), d.Revision()) == nil)
		}
		s := newSource()
		f = follow(t, feed.Config{Store: s, Applied: feed.Applied{
			Revision: func(before, after *policy.Data, changes []policy.Change) {
				got.add("%d to %d: %d %s", before.Revision(), after.Revision(), len(changes), known(after))
			},
			Everything: func(before, after *policy.Data) {
				if before == nil {
					got.add("nothing to %d: %s", after.Revision(), known(after))
					return
				}
				got.add("%d to %d: %s", before.Revision(), after.Revision(), known(after))
			},
		}})
		close(ready)
		got.want(t, "nothing to 10: true")

		s.batches <- store.Batch{Revision: 12, Changes: []policy.Change{groupChange("h", "Sales"), groupChange("i", "Print")}}
		s.batches <- store.Batch{Revision: 13}
		got.want(t, "10 to 12: 2 true", "12 to 13: 0 true")

		s.set(func(s *source) { s.head, s.snapshot.Revision = 20, 20 })
		s.batches <- errBroken
		time.Sleep(time.Second / 2)
		got.want(t, "13 to 20: true")

		s.set(func(s *source) { s.head, s.snapshot.Revision, s.snapshot.Epoch.ID = 30, 30, store.EpochID{9} })
		s.batches <- errBroken
		time.Sleep(time.Second / 2)
		got.want(t, "nothing to 30: true")
	})
}
