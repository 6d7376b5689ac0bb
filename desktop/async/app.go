package async

import (
	"context"
	"sync"
	"time"
)

// App is the Dispatcher of the running app, on its event loop. All its
// methods are safe for concurrent use, except that After and its stop belong to
// the UI goroutine.
type App struct {
	do   func(func())
	ctx  context.Context
	stop context.CancelFunc

	mu      sync.Mutex // orders Go before or after Close, and guards the next two
	due     []func()   // to run on the UI goroutine
	busy    bool       // somebody runs what is due
	idle    sync.Cond  // is told when busy ends
	running sync.WaitGroup
}

// NewApp returns a Dispatcher on the event loop for which do queues what it is
// given: see package loop for Fyne's. It ends with Close.
func NewApp(do func(func())) *App {
	ctx, stop := context.WithCancel(context.Background())
	a := &App{do: do, ctx: ctx, stop: stop}
	a.idle.L = &a.mu
	return a
}

// Main runs f on the UI goroutine; not at all when the App has been closed.
func (a *App) Main(f func()) {
	if a.ctx.Err() != nil {
		return // nobody drains the queue any more
	}
	a.do(func() { a.turn(f) })
}

// turn runs f when its turn has come. Once the event loop has ended Fyne calls back on
// the goroutine that asks, and there may be several: then whoever came first runs
// what the others have brought.
func (a *App) turn(f func()) {
	a.mu.Lock()
	a.due = append(a.due, f)
	first := !a.busy
	a.busy = true
	a.mu.Unlock()
	for first {
		next := a.next()
		if next == nil {
			return
		}
		next()
	}
}

// next returns what is due; nil is nothing, and whoever asked is done.
func (a *App) next() func() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.due) == 0 || a.ctx.Err() != nil {
		a.due, a.busy = nil, false
		a.idle.Broadcast()
		return nil
	}
	next := a.due[0]
	a.due = a.due[1:]
	return next
}

// Go runs f in the background; not at all when the App has been closed.
func (a *App) Go(f func(ctx context.Context)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.ctx.Err() == nil {
		a.running.Go(func() { f(a.ctx) })
	}
}

// After runs f on the UI goroutine when d has passed.
func (a *App) After(d time.Duration, f func()) (stop func()) {
	stopped := false // read and written on the UI goroutine
	timer := time.AfterFunc(d, func() {
		a.Main(func() {
			if !stopped {
				f()
			}
		})
	})
	return func() {
		stopped = true
		timer.Stop()
	}
}

// End ends the contexts of everything in the background, without waiting for it. What
// was handed to Main or After and has not run yet does not run any more, and what was
// running has returned when End does: it is not for use from there.
func (a *App) End() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.stop()
	for a.busy {
		a.idle.Wait()
	}
}

// Close is End, and returns when everything in the background has returned.
func (a *App) Close() {
	a.End()
	a.running.Wait()
}
