// Package engine evaluates the rules over the current snapshot, with OPA. It
// is the only importer of OPA.
//
// A bundle of rules offers two entrypoints, each giving an object with the
// members allow (boolean), reason (the name of a rule whose METADATA has the
// custom entries admin and client, two sentences) and optionally facts (text by
// name, for the {placeholders} in the sentences):
//
//	data.sightline.decision        may a subject do this? Asked by apps
//	data.sightline.admin.decision  may a key change this? Asked before each change
//
// They read input (an AuthZEN evaluation request and what package engine adds
// to it: record, now, explain) and data (clients, employees, groups, projects).
// The schemas of both stand in the bundle's folder schema.
//
// Decisions take no lock, touch no network and fail closed: whatever goes wrong
// is a no. All exported methods are safe for concurrent use.
package engine

import (
	"context"
	"io/fs"
	"runtime"
	"sync/atomic"
	"time"

	"sightline.example/policy"
)

// DefaultLimit is the hard limit of one evaluation.
const DefaultLimit = 250 * time.Millisecond

// Config holds what an Engine needs besides its rules.
type Config struct {
	Limit time.Duration    // hard limit of one evaluation; 0 means DefaultLimit
	Now   func() time.Time // the time the rules see; nil means time.Now
	Fresh func() bool      // whether the snapshot may still be trusted; nil means always
}

// Engine decides requests by one bundle of rules over one snapshot at a time.
type Engine struct {
	rules rules
	cfg   Config
	data  atomic.Pointer[policy.Data]
	slots chan struct{} // one for each evaluation under way
}

// slotsPerCore is how many evaluations may be under way at once, a core. More
// would not be faster, and each would take longer than its limit in the end.
const slotsPerCore = 4

// New compiles the rules of a bundle: all *.rego files but tests, with the
// schemas under schema forced on them. It fails if a rule does not compile in
// strict mode, calls a builtin that is not allowed, or if an entrypoint is missing.
func New(ctx context.Context, bundle fs.FS, cfg Config) (*Engine, error) {
	if cfg.Limit == 0 {
		cfg.Limit = DefaultLimit
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Fresh == nil {
		cfg.Fresh = func() bool { return true }
	}
	rules, err := compile(ctx, bundle)
	if err != nil {
		return nil, err
	}
	return &Engine{rules: rules, cfg: cfg, slots: make(chan struct{}, slotsPerCore*runtime.GOMAXPROCS(0))}, nil
}

// Swap makes data the snapshot of all later views. Nil means there is none.
func (e *Engine) Swap(data *policy.Data) { e.data.Store(data) }

// View returns the engine at the current snapshot. It gives false, and a view
// that denies everything, if there is no snapshot or it can't be trusted any more.
func (e *Engine) View() (View, bool) {
	data := e.data.Load()
	if data == nil || !e.cfg.Fresh() {
		return View{}, false
	}
	return View{engine: e, data: data}, true
}
