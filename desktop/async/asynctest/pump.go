// Package asynctest has the Dispatcher of tests: nothing runs on the UI
// goroutine but when the test says so, on the test's own goroutine, and the
// clock moves only by Advance. So tests with work in the background have one
// order, and none of them races.
package asynctest

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"
)

// patience is how long a test waits for work in the background before it fails.
const patience = 10 * time.Second

// Pump is an async.Dispatcher for a test. Main and Go are safe for concurrent
// use; everything else is called from the goroutine of the test.
type Pump struct {
	t      testing.TB
	ctx    context.Context
	timers []*timer
	now    time.Duration

	mu      sync.Mutex
	queue   []func()
	running int
	wake    chan struct{}
}

type timer struct {
	at time.Duration
	f  func()
}

// New returns a Pump. The test fails if, at its end, work in the background does
// not return soon after its context has ended.
func New(t testing.TB) *Pump {
	ctx, stop := context.WithCancel(context.Background())
	p := &Pump{t: t, ctx: ctx, wake: make(chan struct{}, 1)}
	t.Cleanup(func() {
		stop()
		p.wait(func() bool { return p.running == 0 })
	})
	return p
}

// Main keeps f until the test runs it.
func (p *Pump) Main(f func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.queue = append(p.queue, f)
	p.signal()
}

// Go runs f in the background, at once.
func (p *Pump) Go(f func(ctx context.Context)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.running++
	go func() {
		defer p.end()
		f(p.ctx)
	}()
}

func (p *Pump) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.running--
	p.signal()
}

// After keeps f until the test has advanced the clock by d.
func (p *Pump) After(d time.Duration, f func()) (stop func()) {
	added := &timer{at: p.now + d, f: f}
	p.timers = append(p.timers, added)
	return func() {
		p.timers = slices.DeleteFunc(p.timers, func(t *timer) bool { return t == added })
	}
}

// Step runs what was handed to Main, and what that hands to Main, without
// waiting for work in the background. It reports whether that was anything.
func (p *Pump) Step() (ran bool) {
	for f := p.next(); f != nil; f = p.next() {
		f()
		ran = true
	}
	return ran
}

// Settle runs what is handed to Main until nothing is left and no work is in the
// background. The test fails if that takes too long.
func (p *Pump) Settle() {
	p.t.Helper()
	for {
		p.Step()
		idle := false
		p.wait(func() bool {
			idle = p.running == 0 && len(p.queue) == 0
			return idle || len(p.queue) > 0
		})
		if idle {
			return
		}
	}
}

// Until runs what is handed to Main until reached is true, however much work is
// still in the background. The test fails if that takes too long.
func (p *Pump) Until(reached func() bool) {
	p.t.Helper()
	for p.Step(); !reached(); p.Step() {
		p.wait(func() bool { return len(p.queue) > 0 })
	}
}

// Pass moves the clock by d like Advance, without waiting for work in the
// background. It reports whether anything was handed to Main meanwhile.
func (p *Pump) Pass(d time.Duration) (ran bool) {
	ran = p.Step()
	until := p.now + d
	for t := p.due(until); t != nil; t = p.due(until) {
		p.now = t.at
		t.f()
		ran = p.Step() || ran
	}
	p.now = until
	return ran
}

// Advance settles, then moves the clock by d, running each timer that is due at
// its time and settling after it.
func (p *Pump) Advance(d time.Duration) {
	p.t.Helper()
	p.Settle()
	until := p.now + d
	for t := p.due(until); t != nil; t = p.due(until) {
		p.now = t.at
		t.f()
		p.Settle()
	}
	p.now = until
}

// Timers returns how many timers wait for the clock to be advanced.
func (p *Pump) Timers() int { return len(p.timers) }

// due takes out the next timer that is due.
func (p *Pump) due(until time.Duration) *timer {
	slices.SortStableFunc(p.timers, func(a, b *timer) int { return int(a.at - b.at) })
	if len(p.timers) == 0 || p.timers[0].at > until {
		return nil
	}
	first := p.timers[0]
	p.timers = p.timers[1:]
	return first
}

func (p *Pump) next() func() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.queue) == 0 {
		return nil
	}
	f := p.queue[0]
	p.queue = p.queue[1:]
	return f
}

// signal tells wait that something has changed.
func (p *Pump) signal() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// wait returns when ready, called with the lock held, is true.
func (p *Pump) wait(ready func() bool) {
	p.t.Helper()
	late := time.After(patience)
	for {
		p.mu.Lock()
		done, running := ready(), p.running
		p.mu.Unlock()
		if done {
			return
		}
		select {
		case <-p.wake:
		case <-late:
			p.t.Fatalf("%d pieces of work are still in the background", running)
		}
	}
}
