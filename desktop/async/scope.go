package async

import (
	"context"
	"time"
)

// Scope is a Dispatcher that ends before the one it stands on: that of a screen
// or a model. It is closed on the UI goroutine.
type Scope struct {
	on   Dispatcher
	ctx  context.Context
	stop context.CancelFunc
}

// NewScope returns a Scope that runs its work on d.
func NewScope(d Dispatcher) *Scope {
	ctx, stop := context.WithCancel(context.Background())
	return &Scope{on: d, ctx: ctx, stop: stop}
}

// Main runs f on the UI goroutine, unless the Scope is closed by then.
func (s *Scope) Main(f func()) { s.on.Main(s.unlessClosed(f)) }

// Go runs f in the background. Its context ends with the Scope.
func (s *Scope) Go(f func(ctx context.Context)) {
	if s.ctx.Err() == nil {
		s.on.Go(func(outer context.Context) { within(outer, s.ctx, f) })
	}
}

// After runs f on the UI goroutine when d has passed, unless the Scope is closed
// by then.
func (s *Scope) After(d time.Duration, f func()) (stop func()) {
	return s.on.After(d, s.unlessClosed(f))
}

// Close ends the contexts of the Scope's work in the background, without waiting
// for it, and keeps from the UI goroutine whatever has not run there yet.
func (s *Scope) Close() { s.stop() }

func (s *Scope) unlessClosed(f func()) func() {
	return func() {
		if s.ctx.Err() == nil {
			f()
		}
	}
}

// within runs f with a context that ends as soon as one of the two does.
func within(one, other context.Context, f func(ctx context.Context)) {
	ctx, cancel := context.WithCancel(one)
	defer cancel()
	defer context.AfterFunc(other, cancel)()
	f(ctx)
}
