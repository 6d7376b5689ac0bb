package feed_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/feed"
	"sightline.example/sidecar/store"
)

func TestAFeedAppliesWhatComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSource()
		f := follow(t, feed.Config{Store: s})
		synctest.Wait()
		if d := f.snapshot(); d.Revision() != 10 || len(d.Groups()) != 1 {
			t.Fatalf("at revision %d", d.Revision())
		}
		s.batches <- store.Batch{Revision: 12, Changes: []policy.Change{groupChange("h", "Sales"), {Kind: policy.KindGroups, ID: "g"}}}
		s.batches <- store.Batch{Revision: 15}
		synctest.Wait()
		d := f.snapshot()
		if _, ok := d.Group("h"); !ok || len(d.Groups()) != 1 || d.Revision() != 15 {
			t.Errorf("at revision %d: %v", d.Revision(), d.Groups())
		}
		if n := s.listed(); n != 1 {
			t.Errorf("everything was read %d times", n)
		}
	})
}

// heard is one call of Swapped: the revision and how many changes; -1 for
// everything.
type heard struct {
	revision int64
	changes  int
}

func TestSwappedHearsOfEachSnapshotThatDiffers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSource()
		var calls []heard
		var f *running
		started := make(chan struct{})
		swapped := func(d *policy.Data, changes []policy.Change) {
			<-started
			call := heard{d.Revision(), len(changes)}
			if changes == nil {
				call.changes = -1
			}
			calls = append(calls, call)
			if f.snapshot() != d {
				t.Error("it was not swapped in before")
			}
			waiting, stop := context.WithCancel(t.Context())
			stop()
			if f.WaitFor(waiting, d.Revision()) == nil {
				t.Error("who waited went on before")
			}
		}
		f = follow(t, feed.Config{Store: s, Swapped: swapped})
		close(started)
		synctest.Wait()
		s.batches <- store.Batch{Revision: 12, Changes: []policy.Change{groupChange("h", "Sales"), {Kind: policy.KindGroups, ID: "g"}}}
		s.batches <- store.Batch{Revision: 15}
		s.set(func(s *source) { s.snapshot.Revision = 16 })
		s.batches <- errBroken
		time.Sleep(time.Second)
		synctest.Wait()
		want := []heard{{10, -1}, {12, 2}, {16, -1}}
		if diff := cmp.Diff(want, calls, cmp.AllowUnexported(heard{})); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRemovingWhatIsThereLeavesNoDoubt(t *testing.T) {
	for _, there := range []policy.Change{
		{Kind: policy.KindClients, ID: "x", Value: &policy.Client{ID: "x"}},
		{Kind: policy.KindEmployees, ID: "x", Value: &policy.Employee{ID: "x"}},
		groupChange("x", "X"),
		{Kind: policy.KindProjects, ID: "x", Value: &policy.Project{ID: "x"}},
		{Kind: policy.KindKeys, ID: "x", Value: &policy.Key{ID: "x"}},
		{Kind: policy.KindAdmins, ID: "x", Value: &policy.Admin{ID: "x"}},
		{Kind: policy.KindAccounts, ID: "x", Value: &policy.Account{Client: "x"}},
		{Kind: policy.KindSessions, ID: "x", Value: &policy.Session{ID: "x"}},
	} {
		t.Run(string(there.Kind), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSource()
				f := follow(t, feed.Config{Store: s})
				s.batches <- store.Batch{Revision: 11, Changes: []policy.Change{there}}
				s.batches <- store.Batch{Revision: 12, Changes: []policy.Change{{Kind: there.Kind, ID: "x"}}}
				time.Sleep(time.Second)
				synctest.Wait()
				if n := s.listed(); n != 1 || f.snapshot().Revision() != 12 {
					t.Errorf("everything was read %d times; at revision %d", n, f.snapshot().Revision())
				}
			})
		})
	}
}

// Each of these leaves it open whether something is missing.
func TestAnyDoubtLeadsToReadingEverythingAgain(t *testing.T) {
	tests := []struct {
		name   string
		within time.Duration
		cause  func(s *source)
	}{
		{"the watch fails", 50 * time.Millisecond, func(s *source) { s.batches <- errBroken }},
		{"a revision comes twice", 50 * time.Millisecond, func(s *source) {
			s.batches <- store.Batch{Revision: 10, Changes: []policy.Change{groupChange("h", "Sales")}}
		}},
		{"an older revision comes", 50 * time.Millisecond, func(s *source) { s.batches <- store.Batch{Revision: 9} }},
		{"what is not there is removed", 50 * time.Millisecond, func(s *source) {
			s.batches <- store.Batch{Revision: 11, Changes: []policy.Change{{Kind: policy.KindGroups, ID: "x"}}}
		}},
		{"the store is another", 1100 * time.Millisecond, func(s *source) {
			s.set(func(s *source) { s.epoch = store.EpochID{9} })
		}},
		{"the store went back", 1100 * time.Millisecond, func(s *source) {
			s.set(func(s *source) { s.head = 9 })
		}},
		{"the watch does not get as far as the store", 3100 * time.Millisecond, func(s *source) {
			s.set(func(s *source) { s.head = 11 })
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSource()
				f := follow(t, feed.Config{Store: s})
				synctest.Wait()
				test.cause(s)
				time.Sleep(test.within)
				if n := s.listed(); n < 2 {
					t.Errorf("everything was read %d times", n)
				}
				s.set(func(s *source) { s.head, s.epoch, s.snapshot.Revision = 12, s.snapshot.Epoch.ID, 12 })
				time.Sleep(20 * time.Second)
				if state, age := f.State(); state != feed.Fresh || f.snapshot().Revision() != 12 {
					t.Errorf("%s, %v old, at revision %d", state, age, f.snapshot().Revision())
				}
			})
		})
	}
}

func TestEverythingIsReadAgainLessAndLessOften(t *testing.T) {
	broken := map[string]func(s *source){
		"reading fails":  func(s *source) { s.failing = errBroken },
		"watching fails": func(s *source) { close(s.batches) },
	}
	for name, set := range broken {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSource()
				set(s)
				follow(t, feed.Config{Store: s})
				time.Sleep(time.Minute)
				s.set(func(s *source) {
					n, longest := len(s.lists), time.Duration(0)
					for i := 1; i < n; i++ {
						longest = max(longest, s.lists[i].Sub(s.lists[i-1]))
					}
					// Without the growing pause there would be thousands; 5 s are the longest.
					if n < 12 || n > 120 || longest > 5*time.Second || longest < time.Second {
						t.Errorf("%d times, at most %v apart", n, longest)
					}
				})
			})
		})
	}
}

func TestPausesAreShortAgainAfterSomethingCame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSource()
		s.failing = errBroken
		f := follow(t, feed.Config{Store: s})
		time.Sleep(time.Minute)
		s.set(func(s *source) { s.failing = nil })
		if err := f.WaitFor(t.Context(), 10); err != nil {
			t.Fatal(err)
		}
		s.batches <- store.Batch{Revision: 11}
		s.batches <- errBroken
		n := s.listed()
		time.Sleep(50 * time.Millisecond)
		if got := s.listed(); got != n+1 {
			t.Errorf("everything was read %d times within 50 ms", got-n)
		}
	})
}

func TestWhatCantBeReadIsReportedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSource()
		broken := func(revision int64) []*store.Unreadable {
			return []*store.Unreadable{{Kind: policy.KindEmployees, ID: "e", Revision: revision, Cause: errBroken}}
		}
		s.snapshot.Unreadable = broken(5)
		f := follow(t, feed.Config{Store: s})
		reports := func() int { return strings.Count(f.log.String(), "a stored value can't be read") }
		for range 3 {
			synctest.Wait()
			s.batches <- errBroken
			time.Sleep(5 * time.Second)
		}
		if n := reports(); n != 1 {
			t.Errorf("reported %d times", n)
		}
		s.set(func(s *source) { s.head = 12 })
		s.batches <- store.Batch{Revision: 11, Unreadable: broken(11), Changes: []policy.Change{{Kind: policy.KindEmployees, ID: "e", Unreadable: true}}}
		synctest.Wait()
		if n := reports(); n != 2 {
			t.Errorf("the next value was reported %d times", n-1)
		}
		// Removing what can't be read is no sign of something missed.
		n := s.listed()
		s.batches <- store.Batch{Revision: 12, Changes: []policy.Change{{Kind: policy.KindEmployees, ID: "e"}}}
		time.Sleep(time.Second / 2)
		if got := s.listed(); got != n {
			t.Errorf("everything was read again")
		}
	})
}
