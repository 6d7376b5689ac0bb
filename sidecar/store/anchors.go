package store

import (
	"context"
	"log/slog"
	"sync"

	"sightline.example/sidecar/audit"
)

// anchorEvery is how many records may come before where the log ends is told
// outside of the store again.
const anchorEvery = 1000

// anchors remembers what was told last.
type anchors struct {
	mu   sync.Mutex
	last audit.Anchor
}

// passed tells of an anchor if it is far enough from the last one.
func (a *anchors) passed(log *slog.Logger, next audit.Anchor) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.last.Seq == 0 || next.Seq >= a.last.Seq+anchorEvery {
		a.tell(log, next)
	}
}

// tell writes an anchor to the program's own log: whoever rewrites the store does
// not rewrite that.
func (a *anchors) tell(log *slog.Logger, next audit.Anchor) {
	a.last = next
	log.Info("audit anchor", "anchor", next.String())
}

// LogAnchor writes where the audit log ends to the program's own log, if it did
// not already. Verification takes it as an anchor. It also happens with every
// thousandth commit.
func (s *Store) LogAnchor(ctx context.Context) error {
	log, err := s.AuditLog(ctx)
	if err != nil {
		return err
	}
	s.anchors.mu.Lock()
	defer s.anchors.mu.Unlock()
	if log.Head.Seq > s.anchors.last.Seq {
		s.anchors.tell(s.log, log.Head)
	}
	return nil
}
