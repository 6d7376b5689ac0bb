package store

import (
	"context"
	"iter"

	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/policy"
	"sightline.example/sidecar/audit"
)

// AuditLog is the audit log as of one revision: what is in the store of it, as
// it is stored.
type AuditLog struct {
	Tail     audit.Tail   // the last record that is not in the store, but archived
	Head     audit.Anchor // the last record
	Revision int64

	store        *Store
	tailRevision int64
}

// AuditLog returns the log as of now.
func (s *Store) AuditLog(ctx context.Context) (AuditLog, error) {
	answer, err := do(ctx, func(ctx context.Context) (*clientv3.TxnResponse, error) {
		return s.client.Txn(ctx).Then(clientv3.OpGet(s.keys.auditHead()), clientv3.OpGet(s.keys.auditTail())).Commit()
	})
	if err != nil {
		return AuditLog{}, err
	}
	log := AuditLog{Revision: answer.Header.Revision, store: s}
	if log.Head, _, err = headOf(found(answer, 0)); err != nil {
		return log, err
	}
	if log.Tail, err = tailOf(found(answer, 1)); err != nil {
		return log, err
	}
	if tail := found(answer, 1); len(tail) > 0 {
		log.tailRevision = tail[0].ModRevision
	}
	return log, nil
}

// Lines returns the stored bytes of the records with numbers above after, by
// number. It fails with NotFound if some of them are archived.
func (l AuditLog) Lines(ctx context.Context, after uint64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		if after < l.Tail.Seq {
			yield(nil, policy.Errorf(policy.NotFound, "audit records up to %d are archived", l.Tail.Seq))
			return
		}
		s := l.store
		for from := s.keys.auditRecord(after + 1); ; {
			answer, err := s.get(ctx, from, clientv3.WithRange(s.keys.auditHead()), clientv3.WithLimit(MaxPage), clientv3.WithRev(l.Revision))
			if err != nil {
				yield(nil, err)
				return
			}
			for _, kv := range answer.Kvs {
				if !yield(kv.Value, nil) {
					return
				}
				from = string(kv.Key) + "\x00"
			}
			if !answer.More {
				return
			}
		}
	}
}

// Chain returns what the log's records have to be, with anchors to be met.
func (l AuditLog) Chain(anchors ...audit.Anchor) audit.Chain {
	return audit.Chain{Start: l.Tail.Anchor, Head: &l.Head, Anchors: anchors}
}

// VerifyAudit reads all records that are in the store, and returns the number of
// the last one that is as it should be. The error is an [audit.Fault] about the
// first that is not.
func (s *Store) VerifyAudit(ctx context.Context, anchors ...audit.Anchor) (uint64, error) {
	log, err := s.AuditLog(ctx)
	if err != nil {
		return 0, err
	}
	whole, err := log.Chain(anchors...).Verify(log.Lines(ctx, log.Tail.Seq))
	return whole.Last.Seq, err
}
