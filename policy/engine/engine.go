// Package engine evaluates the rules over the current snapshot.
package engine

import (
	"context"
	"io/fs"
	"sync/atomic"
	"time"

	"sightline.example/policy"
)

// Config holds what an Engine needs besides its rules.
type Config struct {
	Limit time.Duration    // hard limit of one evaluation; 0 means DefaultLimit
	Now   func() time.Time // the time the rules see; nil means time.Now
	Fresh func() bool      // whether the snapshot may still be trusted; nil means always
}

// DefaultLimit is the hard limit of one evaluation.
const DefaultLimit = 250 * time.Millisecond

// Engine decides requests.
type Engine struct {
	data atomic.Pointer[policy.Data]
}

// New compiles the rules in bundle.
func New(ctx context.Context, bundle fs.FS, cfg Config) (*Engine, error) { return &Engine{}, nil }

// Swap makes data the snapshot of all later views. Nil means there is none.
func (e *Engine) Swap(data *policy.Data) { e.data.Store(data) }

// View returns the engine at the current snapshot, and false if there is none to be trusted.
func (e *Engine) View() (View, bool) {
	return View{engine: e, data: e.data.Load()}, e.data.Load() != nil
}

// View is the engine at one snapshot.
type View struct {
	engine *Engine
	data   *policy.Data
}

// Data returns the snapshot.
func (v View) Data() *policy.Data { return v.data }

// Decide answers a request by the entrypoint sightline/decision.
func (v View) Decide(ctx context.Context, r policy.Request) policy.Decision { return policy.Decision{} }

// Authorize answers an admin's request by the entrypoint sightline/admin/decision.
func (v View) Authorize(ctx context.Context, r policy.Request) policy.Decision {
	return policy.Decision{}
}
