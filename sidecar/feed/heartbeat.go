package feed

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sightline.example/sidecar/store"
)

const (
	heartbeat     = time.Second
	answerLimit   = 2 * time.Second        // for the store to say how far it is
	catchUpLimit  = 2 * time.Second        // for the snapshot to get there
	progressEvery = 100 * time.Millisecond // while it does not
)

var errEpoch = errors.New("the store is another one, or was restored")

// beat keeps proving that the snapshot is current. It returns when the snapshot
// can't become so by the watch that is under way. A store that does not answer
// is no reason: the watch may be good all the same.
func (f *Feed) beat(ctx context.Context, epoch store.EpochID) error {
	ticks := time.NewTicker(heartbeat)
	defer ticks.Stop()
	silent := false
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticks.C:
		}
		asked, applied := f.cfg.Now(), f.position.Load().revision
		revision, current, err := f.head(ctx)
		if f.noteSilence(&silent, err); err != nil {
			continue
		}
		if current != epoch {
			return errEpoch
		}
		if revision < applied {
			return fmt.Errorf("the store went back to revision %d, the snapshot is of %d", revision, applied)
		}
		if err := f.catchUp(ctx, revision); err != nil {
			return err
		}
		f.freshAt.Store(int64(asked))
	}
}

func (f *Feed) head(ctx context.Context) (int64, store.EpochID, error) {
	ctx, cancel := context.WithTimeout(ctx, answerLimit)
	defer cancel()
	return f.cfg.Store.Head(ctx)
}

// noteSilence logs when the store falls silent, and when it answers again.
func (f *Feed) noteSilence(silent *bool, err error) {
	if was := *silent; was == (err != nil) {
		return
	}
	*silent = err != nil
	if err != nil {
		f.cfg.Log.Warn("the store does not answer", "error", err)
		return
	}
	f.cfg.Log.Info("the store answers again")
}

// catchUp waits until the snapshot stands at the revision. The watch tells of
// revisions that changed nothing only when it is asked to.
func (f *Feed) catchUp(ctx context.Context, revision int64) error {
	ctx, cancel := context.WithTimeout(ctx, catchUpLimit)
	defer cancel()
	ticks := time.NewTicker(progressEvery)
	defer ticks.Stop()
	for {
		p := f.position.Load()
		if p.revision >= revision {
			return nil
		}
		if err := f.cfg.Store.RequestProgress(ctx); err != nil && ctx.Err() == nil {
			return fmt.Errorf("ask for progress: %w", err)
		}
		select {
		case <-p.moved:
		case <-ticks.C:
		case <-ctx.Done():
			return fmt.Errorf("the watch is at revision %d, the store at %d: %w", p.revision, revision, ctx.Err())
		}
	}
}
