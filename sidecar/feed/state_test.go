package feed_test

import (
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sightline.example/sidecar/feed"
	"sightline.example/sidecar/store"
)

// clock is one that a test moves.
type clock struct{ now atomic.Int64 }

func (c *clock) read() time.Duration      { return time.Duration(c.now.Load()) }
func (c *clock) advance(by time.Duration) { c.now.Add(int64(by)) }

func TestAStateIsAsOldAsTheLastAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var now clock
		s := newSource()
		s.failing = errBroken
		f := follow(t, feed.Config{Store: s, Now: now.read, MaxStaleness: 10 * time.Second})
		check := func(state feed.State, age time.Duration, fresh bool) {
			t.Helper()
			synctest.Wait()
			if got, old := f.State(); got != state || old != age || f.Fresh() != fresh {
				t.Errorf("%s, %v old, fresh %v; want %s, %v, %v", got, old, f.Fresh(), state, age, fresh)
			}
		}
		check(feed.Starting, 0, false)
		s.set(func(s *source) { s.failing = nil })
		time.Sleep(time.Second)
		check(feed.Fresh, 0, true)

		s.set(func(s *source) { s.silent = true })
		now.advance(3 * time.Second)
		check(feed.Fresh, 3*time.Second, true)
		now.advance(1)
		check(feed.FailStatic, 3*time.Second+1, true)
		now.advance(7*time.Second - 1)
		check(feed.FailStatic, 10*time.Second, true)
		now.advance(1)
		check(feed.FailClosed, 10*time.Second+1, false)

		s.set(func(s *source) { s.silent = false })
		time.Sleep(5 * time.Second)
		check(feed.Fresh, 0, true)
		if n := s.listed(); n > 10 {
			t.Errorf("everything was read %d times", n)
		}
	})
}

// An answer says how the store was when it was asked, not when it answered.
func TestAgeCountsFromTheQuestion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var now clock
		s := newSource()
		s.head = 10
		f := follow(t, feed.Config{Store: s, Now: now.read})
		synctest.Wait()
		s.set(func(s *source) { s.head = 11 })
		time.Sleep(1500 * time.Millisecond) // asked, and waiting for revision 11
		now.advance(2 * time.Second)
		s.batches <- store.Batch{Revision: 11}
		synctest.Wait()
		if _, age := f.State(); age != 2*time.Second {
			t.Errorf("%v old, want 2s", age)
		}
	})
}

// A watch that says nothing may be cut off: it does not make a snapshot fresh.
func TestAnOpenWatchIsNoProof(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSource()
		f := follow(t, feed.Config{Store: s, Now: sinceStart(), MaxStaleness: 5 * time.Second})
		synctest.Wait()
		s.set(func(s *source) { s.silent = true })
		for i := range 20 {
			time.Sleep(500 * time.Millisecond)
			s.batches <- store.Batch{Revision: int64(11 + i)}
		}
		synctest.Wait()
		if state, _ := f.State(); state != feed.FailClosed || f.Fresh() {
			t.Errorf("%s", state)
		}
		if n := strings.Count(f.log.String(), "the store does not answer"); n != 1 {
			t.Errorf("the silence was logged %d times", n)
		}
	})
}

func TestProgressIsAskedForUntilTheWatchHasCaughtUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSource()
		f := follow(t, feed.Config{Store: s, Now: sinceStart()})
		synctest.Wait()
		s.set(func(s *source) { s.head = 20 })
		time.Sleep(2 * time.Second)
		s.set(func(s *source) {
			if s.asked < 5 || s.asked > 20 {
				t.Errorf("asked for %d times in a second", s.asked)
			}
		})
		s.batches <- store.Batch{Revision: 20}
		synctest.Wait()
		if state, age := f.State(); state != feed.Fresh || age > 2*time.Second {
			t.Errorf("%s, %v old", state, age)
		}
		if n := s.listed(); n != 1 {
			t.Errorf("everything was read %d times", n)
		}
	})
}

// sinceStart is the clock of a test's bubble.
func sinceStart() func() time.Duration {
	start := time.Now()
	return func() time.Duration { return time.Since(start) }
}

func TestTheClockGoesOn(t *testing.T) {
	s := newSource()
	f := follow(t, feed.Config{Store: s})
	if err := f.WaitFor(t.Context(), 10); err != nil {
		t.Fatal(err)
	}
	for {
		if _, age := f.State(); age > 0 && age < time.Minute {
			return
		}
	}
}
