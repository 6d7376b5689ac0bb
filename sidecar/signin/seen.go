package signin

import (
	"context"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"sightline.example/policy"
	"sightline.example/sidecar/store"
)

const (
	seenWithin = 5 * time.Minute // how exact the last use of a session is known
	usedAtOnce = 256             // uses that wait to be written; more are left to the next request
	sweepEvery = time.Hour
	leadEvery  = 10 * time.Second // how soon to try again to be the one that sweeps
)

// Used tells that the caller's session was used. It never waits: what is to be
// written is written by Run.
func (d *Desk) Used(data *policy.Data, caller policy.Caller) {
	s, ok := data.SessionByID(caller.Session)
	if !ok || d.now().Sub(s.Seen) < seenWithin {
		return
	}
	select {
	case d.used <- s.ID:
	default:
	}
}

// Run writes when sessions were last used, and removes those that are over,
// until ctx ends.
func (d *Desk) Run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { d.writeSeen(ctx); return nil })
	g.Go(func() error { d.keepSweeping(ctx); return nil })
	return g.Wait()
}

func (d *Desk) writeSeen(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case id := <-d.used:
			d.notice(ctx, "write the last use of a session", d.see(ctx, id))
		}
	}
}

// see writes that a session was used just now, unless that is known.
func (d *Desk) see(ctx context.Context, id policy.SessionID) error {
	s, err := optional(d.store.Sessions().Get(ctx, string(id)))
	now := d.now().UTC()
	if err != nil || s.Revision == 0 || now.Sub(s.Value.Seen) < seenWithin {
		return err
	}
	s.Value.Seen = now
	ops := []store.Op{d.store.Sessions().Replace(string(id), s.Value, s.Revision)}
	if s.Value.Type == policy.SubjectClient {
		account, err := optional(d.store.Accounts().Get(ctx, s.Value.Subject))
		if err != nil || account.Revision == 0 {
			return err
		}
		account.Value.Seen = now
		ops = append(ops, d.store.Accounts().Replace(s.Value.Subject, account.Value, account.Revision))
	}
	_, err = d.store.Touch(ctx, ops...)
	if code := policy.CodeOf(err); code == policy.Stale || code == policy.NotFound {
		return nil // another sidecar saw it, or it has just ended
	}
	return err
}

// keepSweeping removes sessions that are over, where this sidecar is the one of
// all that does.
func (d *Desk) keepSweeping(ctx context.Context) {
	for ctx.Err() == nil {
		err := d.store.Lead(ctx, "sessions", func(ctx context.Context) error {
			for ctx.Err() == nil {
				data, err := d.data()
				if err != nil {
					pause(ctx, leadEvery) // as at the start, before there is a snapshot
					continue
				}
				d.notice(ctx, "remove sessions that are over", d.sweep(ctx, data))
				pause(ctx, sweepEvery)
			}
			return nil
		})
		d.notice(ctx, "lead", err)
		pause(ctx, leadEvery)
	}
}

func (d *Desk) sweep(ctx context.Context, data *policy.Data) error {
	var over []store.Op
	for s := range data.Sessions() {
		if !s.Alive(d.now()) {
			over = append(over, d.store.Sessions().Drop(string(s.ID)))
		}
	}
	for ops := range slices.Chunk(over, store.MaxOps) {
		if _, err := d.store.Touch(ctx, ops...); err != nil {
			return err
		}
	}
	return nil
}

func pause(ctx context.Context, length time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(length):
	}
}
