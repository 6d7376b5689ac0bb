// Package async is the seam between the UI goroutine and everything else: the
// only place in the app that starts goroutines and calls fyne.Do. Models and
// screens are owned by the UI goroutine, hold no locks, and reach the background
// through a Dispatcher: take the inputs, Go, and hand the result to Main.
//
// The app runs on an App, tests on an asynctest.Pump, and whatever lives shorter
// than these, such as a screen, on a Scope of them. Latest is the usual errand:
// inputs that change while their result is still being worked out.
//
// This package does not know Fyne, so that models can be built and tested without
// it; loop.New makes the App of Fyne's event loop.
package async

import (
	"context"
	"time"
)

// Dispatcher hands work from and to the UI goroutine. Main and Go may be called
// from any goroutine; After, and the stop function it returns, from the UI
// goroutine only.
type Dispatcher interface {
	// Main runs f on the UI goroutine, after everything that was handed to
	// Main before. It does not wait for f.
	Main(f func())
	// Go runs f in the background. Its context ends with the dispatcher.
	Go(f func(ctx context.Context))
	// After runs f on the UI goroutine when d has passed. Once stop has been
	// called f does not run any more; calling it late or twice does nothing.
	After(d time.Duration, f func()) (stop func())
}
