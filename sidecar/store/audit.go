package store

import (
	"context"
	"encoding/json"
	"fmt"

	"go.etcd.io/etcd/api/v3/mvccpb"
	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/sidecar/audit"
)

// Audit says what a change is, who makes it, and what it does.
type Audit = audit.Entry

func hash(text []byte) string { return audit.Hash(text) }

// AuditRecords returns up to limit records with numbers above after, by number,
// with what is personal in them. Those that are archived are left out: the
// page tells of them.
func (s *Store) AuditRecords(ctx context.Context, after uint64, limit int) (audit.Page, error) {
	limit = min(max(limit, 1), MaxPage)
	kvs, archived, err := s.auditPart(ctx, after, limit)
	if err == nil && after < archived {
		kvs, archived, err = s.auditPart(ctx, archived, limit)
	}
	if err != nil {
		return audit.Page{}, err
	}
	page := audit.Page{Items: make([]audit.Record, len(kvs)), ArchivedThrough: archived}
	for i, kv := range kvs {
		if err := json.Unmarshal(kv.Value, &page.Items[i]); err != nil {
			return audit.Page{}, fmt.Errorf("audit record %s: %w", kv.Key, err)
		}
		page.Items[i].Revision = kv.ModRevision
	}
	return page, s.unseal(ctx, page.Items)
}

// auditPart reads records, and the number of the last archived one as of then.
func (s *Store) auditPart(ctx context.Context, after uint64, limit int) ([]*mvccpb.KeyValue, uint64, error) {
	answer, err := do(ctx, func(ctx context.Context) (*clientv3.TxnResponse, error) {
		return s.client.Txn(ctx).Then(
			clientv3.OpGet(s.keys.auditTail()),
			clientv3.OpGet(s.keys.auditRecord(after+1), clientv3.WithRange(s.keys.auditHead()), clientv3.WithLimit(int64(limit))),
		).Commit()
	})
	if err != nil {
		return nil, 0, err
	}
	tail, err := tailOf(found(answer, 0))
	return found(answer, 1), tail.Seq, err
}

// unseal opens what is sealed in records, with keys that are read for this.
func (s *Store) unseal(ctx context.Context, records []audit.Record) error {
	var people []string
	for _, r := range records {
		if r.Sealed != nil {
			people = append(people, r.Sealed.Person)
		}
	}
	keys, err := s.peopleKeys(ctx, people)
	if err != nil {
		return err
	}
	for i := range records {
		if records[i].Sealed == nil {
			continue
		}
		if err := records[i].Open(keys[records[i].Sealed.Person]); err != nil {
			return err
		}
	}
	return nil
}

func headOf(kvs []*mvccpb.KeyValue) (head audit.Anchor, revision int64, err error) {
	if len(kvs) == 0 {
		return head, 0, nil
	}
	if err := json.Unmarshal(kvs[0].Value, &head); err != nil {
		return head, 0, fmt.Errorf("audit head: %w", err)
	}
	return head, kvs[0].ModRevision, nil
}

func tailOf(kvs []*mvccpb.KeyValue) (tail audit.Tail, err error) {
	if len(kvs) == 0 {
		return tail, nil
	}
	if err := json.Unmarshal(kvs[0].Value, &tail); err != nil {
		return tail, fmt.Errorf("audit tail: %w", err)
	}
	return tail, nil
}
