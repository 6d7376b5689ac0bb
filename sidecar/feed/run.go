package feed

import (
	"context"
	"errors"
	"log/slog"
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
		followed, err := f.follow(ctx)
		if ctx.Err() != nil {
			return nil
		}
		f.cfg.Log.Log(ctx, severity(err), "reading everything again", "error", err)
		if followed {
			pause = firstPause
		}
		if wait(ctx, rand.N(pause)) != nil {
			return nil
		}
		pause = min(2*pause, lastPause)
	}
}

// severity tells an import, after which everything is read again as a matter of
// course, from a fault.
func severity(err error) slog.Level {
	if errors.Is(err, store.ErrReplaced) {
		return slog.LevelDebug
	}
	return slog.LevelWarn
}

// follow reads everything and applies what comes after, until it can't be sure
// any more that nothing is missing. It reports whether anything came after: if
// not, doing the same again at once would only burden the store.
func (f *Feed) follow(ctx context.Context) (followed bool, err error) {
	asked := f.cfg.Now()
	snapshot, err := f.cfg.Store.Snapshot(ctx)
	if err != nil {
		return false, err
	}
	f.replace(snapshot, asked)
	listed := f.position.Load()

	both, ctx := errgroup.WithContext(ctx)
	both.Go(func() error { return f.watch(ctx, snapshot) })
	both.Go(func() error { return f.beat(ctx, snapshot.Epoch.ID) })
	err = both.Wait()
	return f.position.Load() != listed || f.freshAt.Load() != int64(asked), err
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
