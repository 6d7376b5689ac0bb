package feed

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"golang.org/x/sync/errgroup"

	"sightline.example/sidecar/store"
)

// Pauses before everything is read again grow from the first to the last of
// these, each cut at random so that many sidecars do not come back at once.
const (
	firstPause = 50 * time.Millisecond
	lastPause  = 5 * time.Second
)

// Run keeps the snapshot current until ctx ends; it returns nil then, and does
// not return before. It must be called once.
func (f *Feed) Run(ctx context.Context) error {
	pause := firstPause
	for {
		listed, err := f.follow(ctx)
		if ctx.Err() != nil {
			return nil
		}
		f.cfg.Log.WarnContext(ctx, "reading everything again", "error", err)
		if listed {
			pause = firstPause
		}
		if wait(ctx, rand.N(pause)) != nil {
			return nil
		}
		pause = min(2*pause, lastPause)
	}
}

// follow reads everything and applies what comes after, until it can't be sure
// any more that nothing is missing. It reports whether it got everything once.
func (f *Feed) follow(ctx context.Context) (listed bool, err error) {
	asked := f.cfg.Now()
	snapshot, err := f.cfg.Store.Snapshot(ctx)
	if err != nil {
		return false, err
	}
	f.replace(snapshot)
	f.freshAt.Store(int64(asked))

	both, ctx := errgroup.WithContext(ctx)
	both.Go(func() error { return f.watch(ctx, snapshot) })
	both.Go(func() error { return f.beat(ctx, snapshot.Epoch.ID) })
	return true, both.Wait()
}

var errEnded = errors.New("the watch ended")

func (f *Feed) watch(ctx context.Context, after store.Snapshot) error {
	for batch, err := range f.cfg.Store.Watch(ctx, after) {
		if err != nil {
			return err
		}
		if err := f.apply(batch); err != nil {
			return err
		}
	}
	return errEnded
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
