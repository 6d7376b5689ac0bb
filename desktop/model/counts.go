package model

import (
	"context"
	"maps"
	"slices"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// Counts is how much clients see, as the sidecar has counted it. It asks about
// the clients that are looked at, several at once, and keeps what it was told
// until the client or the directory changes. It belongs to the UI goroutine.
type Counts struct {
	store    *Store
	known    map[policy.ClientID]Sight
	read     int // of the data that known is of; see Data
	wanted   []policy.ClientID
	asking   bool // about those that are wanted, or about to
	watchers []*watcher
	all      sweep
}

// Sight is how much a client sees at a revision.
type Sight struct {
	api.Sees
	none bool // the sidecar does not know: the client can't be read, or is gone
	at   int64
}

// Counted is how much clients see, as far as it was known once. It is never
// changed. Of a nil Counted nothing is known.
type Counted struct{ of map[policy.ClientID]Sight }

// find returns how much a client sees, nil if it is not known.
func (k *Counted) find(id policy.ClientID) *api.Sees {
	if k == nil {
		return nil
	}
	if n, known := k.of[id]; known && !n.none {
		return &n.Sees
	}
	return nil
}

const (
	// gather is how long it is gathered what to ask for at once.
	gather = 150 * time.Millisecond
	// manyWanted is how many clients are asked about at once. Of more, the ones
	// wanted last count: the others were scrolled by.
	manyWanted = 200
	// afterFailure is how long nothing is asked after a failure.
	afterFailure = 5 * time.Second
)

func newCounts(s *Store) *Counts { return &Counts{store: s, known: map[policy.ClientID]Sight{}} }

// Of returns how much a client sees as far as it is known, nil if it is not, and
// whether that is so now. What is not is asked for.
func (k *Counts) Of(c *Client) (sees *api.Sees, current bool) {
	count, known := k.find(c)
	current = known && k.current(count, c)
	if !current {
		k.want(c.ID)
	}
	if !known || count.none {
		return nil, current
	}
	return &count.Sees, current
}

// Watch calls changed when more is known, until stop is called.
func (k *Counts) Watch(changed func()) (stop func()) {
	w := &watcher{changed}
	k.watchers = append(k.watchers, w)
	return func() {
		k.watchers = slices.DeleteFunc(slices.Clone(k.watchers), func(other *watcher) bool { return other == w })
	}
}

// Snapshot returns all that is known, which may be as of earlier.
func (k *Counts) Snapshot() *Counted {
	k.forget()
	return &Counted{maps.Clone(k.known)}
}

func (k *Counts) find(c *Client) (Sight, bool) {
	k.forget()
	count, known := k.known[c.ID]
	return count, known
}

// forget forgets what is of data that were read before the ones there are now:
// their revisions may mean nothing any more.
func (k *Counts) forget() {
	if read := k.store.data.read; k.read != read {
		k.read, k.known = read, map[policy.ClientID]Sight{}
	}
}

// current reports whether neither the client nor the directory has changed since
// the client was counted.
func (k *Counts) current(n Sight, c *Client) bool {
	return n.at >= c.Revision && n.at >= k.store.data.Directory
}

func (k *Counts) want(id policy.ClientID) {
	if k.store.link.State != LinkLive || k.store.cfg.Client == nil {
		return
	}
	if n := len(k.wanted); n == 0 || k.wanted[n-1] != id { // each of its cells wants it
		k.wanted = append(k.wanted, id)
	}
	if !k.asking {
		k.asking = true
		k.store.scope.After(gather, k.ask)
	}
}

// ask asks about those that are wanted. Who is not told of wants it again when
// the rows are shown anew.
func (k *Counts) ask() {
	ids, of := k.take(), k.store.data
	if len(ids) == 0 {
		k.asking = false
		return
	}
	k.store.scope.Go(func(ctx context.Context) {
		told, err := k.store.cfg.Client.Counts(ctx, ids)
		k.store.scope.Main(func() { k.answered(of, ids, told, err) })
	})
}

// take returns who is wanted and still not counted as of now.
func (k *Counts) take() []policy.ClientID {
	wanted := k.wanted[max(0, len(k.wanted)-manyWanted):]
	k.wanted = nil
	slices.Sort(wanted)
	return slices.DeleteFunc(slices.Compact(wanted), func(id policy.ClientID) bool {
		c := k.store.Client(id)
		if c == nil {
			return true
		}
		n, known := k.find(c)
		return known && k.current(n, c)
	})
}

func (k *Counts) answered(of *Data, ids []policy.ClientID, told api.Counted, err error) {
	if err != nil || told.Revision < of.Revision { // from a sidecar that is behind
		k.store.scope.After(afterFailure, func() {
			k.asking = false
			k.tell()
		})
		return
	}
	k.asking = false
	k.install(of.read, ids, told)
	k.tell()
}

// install keeps what was told of clients.
func (k *Counts) install(read int, ids []policy.ClientID, told api.Counted) {
	k.forget()
	if read != k.read {
		return
	}
	later := map[policy.ClientID]bool{}
	for _, id := range told.Later {
		later[id] = true
	}
	for _, id := range ids {
		sees, counted := told.Counts[id]
		if !later[id] && told.Revision >= k.known[id].at {
			k.known[id] = Sight{Sees: sees, none: !counted, at: told.Revision}
		}
	}
}

func (k *Counts) tell() {
	for _, w := range k.watchers {
		w.changed()
	}
}
