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

	mu      sync.Mutex // orders Go before or after Close
	running sync.WaitGroup
}

// NewApp returns a Dispatcher on the event loop for which do queues what it is
// given: see package loop for Fyne's. It ends with Close.
func NewApp(do func(func())) *App {
	ctx, stop := context.WithCancel(context.Background())
	return &App{do: do, ctx: ctx, stop: stop}
}

// Main runs f on the UI goroutine; not at all when the App has been closed.
func (a *App) Main(f func()) {
	if a.ctx.Err() != nil {
		return // nobody drains the queue any more
	}
	a.do(func() {
		if a.ctx.Err() == nil {
			f()
		}
	})
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

// Stop ends the contexts of everything in the background, and does not wait for it.
// What was handed to Main or After and has not run yet does not run any more. Call it
// before the event loop ends: what comes to Fyne's after that is run where it comes
// from, beside the UI goroutine.
func (a *App) Stop() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.stop()
}

// Close is Stop, and returns when all that was in the background has returned.
func (a *App) Close() {
	a.Stop()
	a.running.Wait()
}
