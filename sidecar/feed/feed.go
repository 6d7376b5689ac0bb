// Package feed keeps the engine's snapshot equal to the store: it reads
// everything at one revision, then applies each later revision whole. Whenever
// it can't be sure that nothing is missing, it reads everything again; until
// then the old snapshot goes on serving.
//
// How old the snapshot may be is bounded by asking the store, each second, how
// far it has come: an open watch proves nothing, since one that is cut off looks
// just like one that is idle. A snapshot is as fresh as the question whose
// answer it has reached.
//
// Nobody else swaps the snapshot. All exported methods of a Feed are safe for
// concurrent use.
package feed

import (
	"context"
	"iter"
	"log/slog"
	"math"
	"sync/atomic"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/store"
)

// Source is where the data comes from: a [store.Store].
type Source interface {
	// Snapshot reads everything at one revision.
	Snapshot(ctx context.Context) (store.Snapshot, error)
	// Watch yields the revisions after a snapshot, each whole and in order, and
	// ends with an error.
	Watch(ctx context.Context, after store.Snapshot) iter.Seq2[store.Batch, error]
	// Head returns the newest revision there is, and the store's epoch.
	Head(ctx context.Context) (revision int64, epoch store.EpochID, err error)
	// RequestProgress asks for a batch that tells how far the watch has come.
	RequestProgress(ctx context.Context) error
}

// DefaultMaxStaleness is how old a snapshot gets before it is not answered from
// any more. It bounds how long a client that lost access keeps it while the
// sidecar is cut off from the store.
const DefaultMaxStaleness = 30 * time.Second

// Config holds what a Feed needs. Store, Swap and Log are required.
type Config struct {
	Store Source
	Swap  func(*policy.Data) // makes a snapshot the current one; called by one goroutine
	// Swapped gets each snapshot that differs from the one before and what changed
	// since, after Swap and before whoever waits for its revision goes on: an index
	// over the snapshot is as new as that. Nil changes mean that everything was read
	// anew. Called by the same goroutine; a nil Swapped is not.
	Swapped      func(d *policy.Data, changes []policy.Change)
	Applied      Applied              // is told of every new snapshot, once others may know its revision; its zero value tells nobody
	MaxStaleness time.Duration        // 0 means DefaultMaxStaleness
	Now          func() time.Duration // a clock that never goes back, nor stops while the machine sleeps; nil means the system's
	Log          *slog.Logger
}

// Applied are told of every new snapshot by the goroutine that swaps, once all
// others see it and its token is known. They must not block.
type Applied struct {
	// Revision gets the snapshots before and after one revision, and all that it
	// changed.
	Revision func(before, after *policy.Data, changes []policy.Change)
	// Everything gets the snapshots before and after everything was read anew.
	// There is none before if the one there was has nothing to do with it: it is
	// of another store, or of one that was restored since.
	Everything func(before, after *policy.Data)
}

// Feed keeps one snapshot current. Its zero value is not usable.
type Feed struct {
	cfg      Config
	freshAt  atomic.Int64 // when, by cfg.Now, the snapshot was known to be current; or never
	position atomic.Pointer[position]

	// Only the goroutine that applies revisions has these.
	data   *policy.Data
	broken map[entity]int64 // the revisions whose values were reported
}

// never is before every time.
const never = math.MinInt64

// New returns a Feed that has no snapshot until Run gets one.
func New(cfg Config) *Feed {
	if cfg.MaxStaleness == 0 {
		cfg.MaxStaleness = DefaultMaxStaleness
	}
	if cfg.Now == nil {
		cfg.Now = sinceBoot
	}
	if cfg.Swapped == nil {
		cfg.Swapped = func(*policy.Data, []policy.Change) {}
	}
	if cfg.Applied.Revision == nil {
		cfg.Applied.Revision = func(_, _ *policy.Data, _ []policy.Change) {}
	}
	if cfg.Applied.Everything == nil {
		cfg.Applied.Everything = func(_, _ *policy.Data) {}
	}
	f := &Feed{cfg: cfg}
	f.freshAt.Store(never)
	f.position.Store(newPosition(0, store.Epoch{}))
	return f
}
