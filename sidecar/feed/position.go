package feed

import (
	"context"
	"encoding/hex"

	"sightline.example/sidecar/store"
)

// position is where the current snapshot stands. Its revision is 0 while there
// is none.
type position struct {
	revision int64
	epoch    store.Epoch
	moved    chan struct{} // closed when there is a newer position
}

func newPosition(revision int64, epoch store.Epoch) *position {
	return &position{revision: revision, epoch: epoch, moved: make(chan struct{})}
}

// move tells all who wait that there is a new snapshot.
func (f *Feed) move(revision int64, epoch store.Epoch) {
	close(f.position.Swap(newPosition(revision, epoch)).moved)
}

// WaitFor returns nil once the snapshot stands at revision or later, so that
// what was written then is seen from then on. It returns ctx's error when that
// ends first.
func (f *Feed) WaitFor(ctx context.Context, revision int64) error {
	for {
		p := f.position.Load()
		if p.revision >= revision {
			return nil
		}
		select {
		case <-p.moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Epoch names the life of the store that the snapshot is of, in hexadecimal: a
// restored store has another. It is empty while there is no snapshot.
func (f *Feed) Epoch() string {
	p := f.position.Load()
	if p.revision == 0 {
		return ""
	}
	return hex.EncodeToString(p.epoch.ID[:])
}
