package model

import (
	"context"
	"slices"

	"sightline.example/desktop/async"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// sweep is the counting of all clients, for an order by counts.
type sweep struct {
	keepers     int
	stop        func() // nil while nobody keeps all
	scope       *async.Scope
	busy        bool
	done, total int
	ended       int // how often it came to an end
}

// Keep has all clients counted, and again after changes, until stop is called.
func (k *Counts) Keep() (stop func()) {
	a := &k.all
	a.keepers++
	if a.keepers == 1 {
		a.scope = async.NewScope(k.store.scope)
		a.stop = k.store.Watch(k.sweep)
		k.sweep()
	}
	return func() {
		if a.keepers--; a.keepers == 0 {
			a.stop()
			a.scope.Close()
			a.busy = false
		}
	}
}

// Progress returns how many of how many clients have been counted, while all are;
// else none of none.
func (k *Counts) Progress() (done, total int) {
	if !k.all.busy || k.all.done >= k.all.total {
		return 0, 0
	}
	return k.all.done, k.all.total
}

// Ended returns how often all clients have been counted: an order by counts is
// worth making anew when it changes.
func (k *Counts) Ended() int { return k.all.ended }

// sweep counts those of all clients that are not, or not as of now.
func (k *Counts) sweep() {
	a := &k.all
	if a.busy || k.store.link.State != LinkLive {
		return
	}
	missing := k.missing(k.store.data.Clients.All())
	if len(missing) == 0 {
		return
	}
	a.busy, a.done, a.total = true, 0, len(missing)
	step := func(n int) {
		a.done += n
		k.tell()
	}
	k.fetch(a.scope, missing, step, func(err error) {
		pause := settle // changes may come all the time
		if err != nil {
			pause = afterFailure
		}
		a.done, a.ended = a.total, a.ended+1
		k.tell()
		a.scope.After(pause, func() {
			a.busy = false
			k.sweep()
		})
	})
}

// Complete counts those of the clients that are not counted as of now, and then
// calls done, with an error if not all could be.
func (k *Counts) Complete(clients []*Client, done func(*Counted, error)) {
	k.fetch(k.store.scope, k.missing(clients), func(int) {}, func(err error) { done(k.Snapshot(), err) })
}

// missing returns the clients that are not counted as of now.
func (k *Counts) missing(clients []*Client) (ids []policy.ClientID) {
	for _, c := range clients {
		if n, known := k.find(c); !known || !k.current(n, c) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// fetch asks about clients, page by page, and tells how many each page was about.
func (k *Counts) fetch(scope *async.Scope, ids []policy.ClientID, step func(n int), done func(error)) {
	read := k.read
	scope.Go(func(ctx context.Context) {
		err := countAll(ctx, k.store.cfg.Client, ids, func(asked []policy.ClientID, told api.Counted) {
			scope.Main(func() {
				k.install(read, asked, told)
				step(len(asked) - len(told.Later))
			})
		})
		scope.Main(func() { done(err) })
	})
}

// countAll asks about clients, page by page.
func countAll(ctx context.Context, c *client.Client, ids []policy.ClientID, each func(asked []policy.ClientID, told api.Counted)) error {
	for len(ids) > 0 {
		asked := ids[:min(len(ids), api.MaxPage)]
		told, err := c.Counts(ctx, asked)
		if err != nil {
			return err
		}
		each(asked, told)
		ids = slices.Concat(told.Later, ids[len(asked):])
	}
	return nil
}
