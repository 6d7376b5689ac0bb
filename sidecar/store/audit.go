package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/policy"
)

// Actor is who made a change.
type Actor struct {
	KeyID policy.KeyID `json:"key_id"`
	Name  string       `json:"name"`
	Role  policy.Role  `json:"role"`
}

// Audit says what a change is, who makes it, and what it does. It holds no
// secrets: nothing in it may help to pass for a caller.
type Audit struct {
	At     time.Time       `json:"at"`
	Actor  Actor           `json:"actor"`
	Action string          `json:"action"`
	Kind   string          `json:"kind"`
	ID     string          `json:"id,omitempty"`
	Detail string          `json:"detail,omitempty"`
	Before json.RawMessage `json:"before,omitempty"`
	After  json.RawMessage `json:"after,omitempty"`
}

// AuditRecord is an Audit in its place in the log: records are numbered from 1
// without gaps, and each has the SHA-256 of the one before, in hexadecimal, so
// that none can be changed, added or taken away without showing.
type AuditRecord struct {
	Seq  uint64 `json:"seq"`
	Prev string `json:"prev"`
	Audit
}

// auditHead is where the log ends.
type auditHead struct {
	Seq  uint64 `json:"seq"`
	Hash string `json:"hash"`
}

// next returns the stored form of the record that follows h, and of the head
// that it moves.
func (h auditHead) next(a Audit) (record, head []byte, seq uint64, err error) {
	record, err = json.Marshal(AuditRecord{Seq: h.Seq + 1, Prev: h.Hash, Audit: a})
	if err != nil {
		return nil, nil, 0, err
	}
	head, err = json.Marshal(auditHead{Seq: h.Seq + 1, Hash: hash(record)})
	return record, head, h.Seq + 1, err
}

func hash(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// AuditRecords returns up to limit records with numbers above after, by number.
func (s *Store) AuditRecords(ctx context.Context, after uint64, limit int) ([]AuditRecord, error) {
	answer, err := s.get(ctx, s.keys.auditRecord(after+1),
		clientv3.WithRange(s.keys.auditHead()),
		clientv3.WithLimit(int64(min(max(limit, 1), MaxPage))))
	if err != nil {
		return nil, err
	}
	records := make([]AuditRecord, len(answer.Kvs))
	for i, kv := range answer.Kvs {
		if err := json.Unmarshal(kv.Value, &records[i]); err != nil {
			return nil, fmt.Errorf("audit record %s: %w", kv.Key, err)
		}
	}
	return records, nil
}

// VerifyAudit reads the whole log and returns how many records it has. It
// returns an error that names the first record that does not follow from the
// one before, or says that the end is missing.
func (s *Store) VerifyAudit(ctx context.Context) (uint64, error) {
	answer, err := s.get(ctx, s.keys.auditHead())
	if err != nil || len(answer.Kvs) == 0 {
		return 0, err
	}
	var want, got auditHead
	if err := json.Unmarshal(answer.Kvs[0].Value, &want); err != nil {
		return 0, fmt.Errorf("audit head: %w", err)
	}
	for got.Seq < want.Seq {
		if got, err = s.verifyAfter(ctx, got, answer.Header.Revision); err != nil {
			return got.Seq, err
		}
	}
	if got != want {
		return got.Seq, fmt.Errorf("audit record %d is not the one the head names", got.Seq)
	}
	return got.Seq, nil
}

// verifyAfter checks the next records after one, as of a revision.
func (s *Store) verifyAfter(ctx context.Context, last auditHead, revision int64) (auditHead, error) {
	answer, err := s.get(ctx, s.keys.auditRecord(last.Seq+1),
		clientv3.WithRange(s.keys.auditHead()), clientv3.WithLimit(MaxPage), clientv3.WithRev(revision))
	if err != nil {
		return last, err
	}
	if len(answer.Kvs) == 0 {
		return last, fmt.Errorf("audit record %d is missing", last.Seq+1)
	}
	for _, kv := range answer.Kvs {
		var r AuditRecord
		if err := json.Unmarshal(kv.Value, &r); err != nil {
			return last, fmt.Errorf("audit record %d: %w", last.Seq+1, err)
		}
		if r.Seq != last.Seq+1 || r.Prev != last.Hash {
			return last, fmt.Errorf("audit record %d does not follow from the one before", last.Seq+1)
		}
		last = auditHead{r.Seq, hash(kv.Value)}
	}
	return last, nil
}
