package store_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"sightline.example/sidecar/store"
)

func add(a store.Attempts) (store.Attempts, error) {
	a.Count++
	return a, nil
}

func TestEveryAttemptCounts(t *testing.T) {
	s := open(t)
	other := open(t)
	var all sync.WaitGroup
	for range 20 {
		for _, one := range []*store.Store{s, other} {
			all.Go(func() {
				if err := one.Attempt(t.Context(), "ann", add); err != nil {
					t.Error(err)
				}
			})
		}
	}
	all.Wait()
	wantCount(t, s, "ann", 40)
	wantCount(t, s, "bob", 0)
}

func TestRefusedAttemptDoesNotCount(t *testing.T) {
	s := open(t)
	refusal := errors.New("not now")
	err := s.Attempt(t.Context(), "ann", func(a store.Attempts) (store.Attempts, error) {
		a.Count++
		return a, refusal
	})
	if !errors.Is(err, refusal) {
		t.Errorf("the error is %v", err)
	}
	wantCount(t, s, "ann", 0)
}

func TestForgottenAttemptsAreNone(t *testing.T) {
	s := open(t)
	if err := s.Attempt(t.Context(), "ann", add); err != nil {
		t.Fatal(err)
	}
	if err := s.ForgetAttempts(t.Context(), "ann"); err != nil {
		t.Fatal(err)
	}
	wantCount(t, s, "ann", 0)
}

func TestAttemptsComeBackAsTheyWere(t *testing.T) {
	s := open(t)
	want := store.Attempts{Count: 3, Since: time.Unix(1, 0).UTC(), Last: time.Unix(2, 5).UTC()}
	err := s.Attempt(t.Context(), "ann", func(store.Attempts) (store.Attempts, error) { return want, nil })
	if err != nil {
		t.Fatal(err)
	}
	if got := counted(t, s, "ann"); got != want {
		t.Errorf("they are %v, want %v", got, want)
	}
}

func wantCount(t *testing.T, s *store.Store, name string, want int) {
	t.Helper()
	if got := counted(t, s, name).Count; got != want {
		t.Errorf("%s has %d attempts, want %d", name, got, want)
	}
}

func counted(t *testing.T, s *store.Store, name string) (got store.Attempts) {
	t.Helper()
	stop := errors.New("only looking")
	err := s.Attempt(t.Context(), name, func(a store.Attempts) (store.Attempts, error) {
		got = a
		return a, stop
	})
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
	return got
}
