// Package roster lists clients: searched, filtered, sorted and page by page, in
// a company of any size. It keeps an index over the current snapshot, changed by
// whatever changes there: one client's change costs a few steps down trees. A
// page costs what finding its clients costs; nothing is gone through as a whole
// but for conditions that hold of many, but hardly ever together.
//
// A list is stable while clients change: a page begins after where the last
// client of the page before stood, so that clients who do not change are listed
// exactly once. Standings are as of the time of asking.
//
// All methods are safe for concurrent use. Reading takes no lock, except once
// whenever somebody's period has ended.
package roster

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/admin"
)

// Authoriser asks the rules whether a caller may do something: an [admin.Admin].
type Authoriser interface {
	Authorise(ctx context.Context, caller policy.Caller, i admin.Intent) (engine.View, error)
}

// Config holds what a Roster needs. Authoriser and Key are required.
type Config struct {
	Authoriser Authoriser
	// Key returns what cursors are sealed with, and false while there is none. If
	// all sidecars have the same, a list can be gone on with at any of them.
	Key func() (key []byte, ok bool)
	Now func() time.Time // nil means time.Now
}

// Roster is the list of all clients.
type Roster struct {
	cfg     Config
	current atomic.Pointer[index] // nil until there is a snapshot

	mu        sync.Mutex // held by whoever changes what follows
	next      *index     // what current is a copy of, and the next one is made of
	collation *collation
}

// New returns a Roster that is empty until Follow is called.
func New(cfg Config) *Roster {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Roster{cfg: cfg, collation: newCollation()}
}

// Follow makes the list that of newer data, given what changed since; nil changes
// mean that anything may have. Package feed calls it.
func (r *Roster) Follow(d *policy.Data, changes []policy.Change) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if changes == nil || r.next == nil {
		r.next = build(d, r.cfg.Now())
	} else {
		r.next.apply(d, changes, r.cfg.Now(), r.collation)
	}
	r.current.Store(r.next.copy())
}

// at returns the index with the standings as of a time, nil if there is none.
func (r *Roster) at(now time.Time) *index {
	x := r.current.Load()
	if x == nil || x.window.holds(now) {
		return x
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.next.settle(now)
	x = r.next.copy()
	r.current.Store(x)
	return x
}
