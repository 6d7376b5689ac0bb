package store_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
)

func TestOneLeadsAndThenTheNext(t *testing.T) {
	var leading, most atomic.Int32
	ended := make(chan error)
	for range 3 {
		s := open(t)
		go func() {
			ended <- s.Lead(t.Context(), "work", func(context.Context) error {
				most.Store(max(most.Load(), leading.Add(1)))
				leading.Add(-1)
				return errDone
			})
		}()
	}
	for range 3 {
		if err := <-ended; !errors.Is(err, errDone) {
			t.Errorf("Lead = %v", err)
		}
	}
	if most.Load() != 1 {
		t.Errorf("%d led at once", most.Load())
	}
}

var errDone = errors.New("done")

func TestNobodyElseLeadsMeanwhile(t *testing.T) {
	first, second := open(t), open(t)
	ctx, cancel := context.WithCancel(t.Context())
	err := first.Lead(t.Context(), "work", func(context.Context) error {
		go cancel()
		err := second.Lead(ctx, "work", func(context.Context) error { return errDone })
		if errors.Is(err, errDone) {
			t.Error("two lead at once")
		}
		return second.Lead(t.Context(), "other work", func(context.Context) error { return errDone })
	})
	if !errors.Is(err, errDone) {
		t.Errorf("Lead = %v", err)
	}
}

func TestLeaderEndsWithItsContext(t *testing.T) {
	s := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	err := s.Lead(ctx, "work", func(ctx context.Context) error {
		cancel()
		<-ctx.Done()
		return ctx.Err()
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Lead = %v", err)
	}
	if err := s.Lead(t.Context(), "work", func(context.Context) error { return errDone }); !errors.Is(err, errDone) {
		t.Errorf("nobody can lead after it: %v", err)
	}
}
