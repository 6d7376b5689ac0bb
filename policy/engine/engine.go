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
// A bundle may offer three more, for what admins ask besides yes and no:
//
//	data.sightline.review.visible  everything that a client sees
//	data.sightline.review.finding  a decision, and what of the client decided it
//	data.sightline.review.through  the groups and projects of which a scope must
//	                               select one to show a resource at all
//
// They read input (an AuthZEN evaluation request and what package engine adds
// to it: record, now, explain) and data (clients, employees, groups, projects).
// The schemas of all these stand in the bundle's folder schema.
//
// Decisions take no lock, touch no network and fail closed: whatever goes wrong
// is a no. All exported methods are safe for concurrent use.
package engine

import (
	"context"
	"io/fs"
	"sync/atomic"
	"time"

	"sightline.example/policy"
)

// The hard limits of one evaluation.
const (
	DefaultLimit     = 250 * time.Millisecond
	DefaultListLimit = 5 * time.Second
)

// Config holds what an Engine needs besides its rules.
type Config struct {
	Limit     time.Duration    // hard limit of one decision; 0 means DefaultLimit
	ListLimit time.Duration    // hard limit of one list of what is visible; 0 means DefaultListLimit
	Now       func() time.Time // the time the rules see; nil means time.Now
	Fresh     func() bool      // whether the snapshot may still be trusted; nil means always
}

// Engine decides requests by one bundle of rules over one snapshot at a time.
type Engine struct {
	rules     rules
	cfg       Config
	data      atomic.Pointer[policy.Data]
	decisions lane
	lists     lane
}

// New compiles the rules of a bundle: all *.rego files but tests, with the
// schemas under schema forced on them. It fails if a rule does not compile in
// strict mode, calls a builtin that is not allowed, or if an entrypoint is missing.
func New(ctx context.Context, bundle fs.FS, cfg Config) (*Engine, error) {
	if cfg.Limit == 0 {
		cfg.Limit = DefaultLimit
	}
	if cfg.ListLimit == 0 {
		cfg.ListLimit = DefaultListLimit
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
	return &Engine{rules: rules, cfg: cfg, decisions: decisionLane(cfg.Limit), lists: listLane(cfg.ListLimit)}, nil
}

// lane returns the one that the evaluation of a query takes.
func (e *Engine) lane(q query) lane {
	if q.entry.lists() || q.trace != nil {
		return e.lists
	}
	return e.decisions
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
