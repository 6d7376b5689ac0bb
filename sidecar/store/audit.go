package store

import (
	"context"
	"encoding/json"
	"fmt"

	"go.etcd.io/etcd/api/v3/mvccpb"

	"sightline.example/sidecar/audit"
)

// Audit says what a change is, who makes it, and what it does.
type Audit = audit.Entry

func hash(text []byte) string { return audit.Hash(text) }

// AuditRecords returns up to limit records with numbers above after, by number:
// see [Store.FindAudit].
func (s *Store) AuditRecords(ctx context.Context, after uint64, limit int) (audit.Page, error) {
	return s.FindAudit(ctx, audit.Query{After: after, Limit: limit})
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
