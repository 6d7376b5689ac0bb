package service

import (
	"context"
	"time"

	"sightline.example/sidecar/audit"
)

// DefaultAuditKeep is how many audit records stay in the store.
const DefaultAuditKeep = 100_000

// auditEvery is how often the audit log is looked after.
const auditEvery = time.Hour

// keepAudit tells where the audit log ends, and archives what is old, now and
// then every hour until ctx ends. Of what fails, the next hour makes good.
func (s *Service) keepAudit(ctx context.Context) {
	every(ctx, auditEvery, func() {
		if err := s.store.LogAnchor(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("the end of the audit log is not known", "error", err)
		}
		if s.archive == "" {
			return
		}
		if err := s.archiveAudit(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("audit records were not archived", "error", err)
		}
	})
}

func (s *Service) archiveAudit(ctx context.Context) error {
	return s.store.Lead(ctx, "audit-archive", func(ctx context.Context) error {
		before, err := s.store.AuditLog(ctx)
		if err != nil {
			return err
		}
		tail, err := s.store.ArchiveAudit(ctx, s.archive, s.keep)
		if tail != before.Tail && tail != (audit.Tail{}) {
			s.log.Info("audit records were archived", "through", tail.Seq, "file", tail.File, "sha256", tail.SHA256)
		}
		return err
	})
}

// anchorLimit is how long the end may wait for the last anchor.
const anchorLimit = 2 * time.Second

// lastAnchor tells where the audit log ends when the sidecar does.
func (s *Service) lastAnchor() {
	ctx, cancel := context.WithTimeout(context.Background(), anchorLimit)
	defer cancel()
	if err := s.store.LogAnchor(ctx); err != nil {
		s.log.Warn("the end of the audit log is not known", "error", err)
	}
}

// every calls do, and again whenever an interval has passed since it returned.
func every(ctx context.Context, interval time.Duration, do func()) {
	for ctx.Err() == nil {
		do()
		select {
		case <-ctx.Done():
		case <-time.After(interval):
		}
	}
}
