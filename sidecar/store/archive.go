package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"time"

	"go.etcd.io/etcd/api/v3/etcdserverpb"
	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/policy"
	"sightline.example/sidecar/audit"
)

// maxArchive is how many audit records one file takes.
const maxArchive = 100_000

// ArchiveAudit moves audit records from the store to files in dir, oldest first,
// so that the newest keep stay. It does so when that are a tenth of keep at
// least. Records leave the store only when their file is on the disk, was read
// back and is whole; a try that breaks off at any point is completed by the next
// one. Each file leaves an audit record with its name and SHA-256. It returns the
// last record that is archived.
//
// Only one sidecar at a time may do this, see [Store.Lead]. It fails with
// Conflict if another one did all the same; nothing is lost then.
func (s *Store) ArchiveAudit(ctx context.Context, dir string, keep int) (audit.Tail, error) {
	files, err := audit.OpenArchive(dir)
	if err == nil {
		err = files.Clean()
	}
	if err != nil {
		return audit.Tail{}, err
	}
	for {
		log, err := s.AuditLog(ctx)
		if err != nil {
			return audit.Tail{}, err
		}
		if err := s.dropArchived(ctx, log.Tail); err != nil {
			return log.Tail, err
		}
		tail, err := log.file(ctx, files, keep)
		if err != nil || tail == log.Tail {
			return log.Tail, err
		}
		if err := s.moveTail(ctx, log, tail); err != nil {
			return log.Tail, errors.Join(err, s.discard(ctx, files, tail, err))
		}
	}
}

// file returns the next file of the archive as the tail that it makes: one that
// an earlier try has left, or a new one. If there is nothing to do, it returns
// the tail as it is.
func (l AuditLog) file(ctx context.Context, files audit.Archive, keep int) (audit.Tail, error) {
	tail, found, err := files.Continued(l.Tail.Anchor)
	if found && err != nil {
		err = fmt.Errorf("%w; move the file away, it is not part of the archive", err)
	}
	if err != nil {
		return audit.Tail{}, err
	}
	if found {
		return tail, l.holds(ctx, tail)
	}
	n := l.due(keep)
	if n == 0 {
		return l.Tail, nil
	}
	return files.Write(l.Tail.Anchor, first(n, l.Lines(ctx, l.Tail.Seq)))
}

// due returns how many records are to be archived now. A file is an audit record
// more: two at least, or there would be no end.
func (l AuditLog) due(keep int) int {
	over := int64(l.Head.Seq-l.Tail.Seq) - int64(max(keep, 0))
	if over < int64(max(keep/10, 2)) {
		return 0
	}
	return int(min(over, maxArchive))
}

func first(n int, records iter.Seq2[[]byte, error]) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		left := n
		for stored, err := range records {
			if !yield(stored, err) {
				return
			}
			if left--; left == 0 {
				return
			}
		}
	}
}

// holds checks that what a file ends with is in the log: then all that is in the
// file is.
func (l AuditLog) holds(ctx context.Context, tail audit.Tail) error {
	whole, err := audit.Chain{Start: l.Tail.Anchor, Anchors: []audit.Anchor{tail.Anchor}}.
		Verify(first(int(tail.Seq-l.Tail.Seq), l.Lines(ctx, l.Tail.Seq)))
	if err != nil || whole.Last != tail.Anchor {
		return fmt.Errorf("%s has other records than the log; move it away: %w", tail.File, errors.Join(err, errOther))
	}
	return nil
}

var errOther = errors.New("it is of another log, or one of both was changed")

// moveTail takes note of a file, with an audit record. What the file holds is
// not part of the store from then on, and is removed after.
func (s *Store) moveTail(ctx context.Context, log AuditLog, tail audit.Tail) error {
	text, err := json.Marshal(tail)
	if err != nil {
		return err
	}
	entry := Audit{
		At:     time.Now().UTC(),
		Actor:  audit.ActorOf(policy.System("archive")),
		Action: "archive",
		Kind:   "audit",
		Detail: fmt.Sprintf("records %d to %d are in %s, SHA-256 %s", log.Tail.Seq+1, tail.Seq, tail.File, tail.SHA256),
	}
	key := s.keys.auditTail()
	_, err = s.transact(ctx, anytime, entry, nil, func(state) transaction {
		return transaction{
			conditions: []clientv3.Cmp{clientv3.Compare(clientv3.ModRevision(key), "=", log.tailRevision)},
			writes:     []clientv3.Op{clientv3.OpPut(key, string(text))},
			look:       []clientv3.Op{clientv3.OpGet(key, clientv3.WithKeysOnly())},
			explain: func(looked []*etcdserverpb.ResponseOp) error {
				kvs := looked[0].GetResponseRange().Kvs
				if len(kvs) > 0 && kvs[0].ModRevision != log.tailRevision {
					return policy.Errorf(policy.Conflict, "another sidecar is archiving the audit log")
				}
				return nil
			},
		}
	})
	return err
}

// discard removes a file that another sidecar made needless.
func (s *Store) discard(ctx context.Context, files audit.Archive, tail audit.Tail, cause error) error {
	if policy.CodeOf(cause) != policy.Conflict {
		return nil
	}
	log, err := s.AuditLog(ctx)
	if err != nil || log.Tail.File == tail.File {
		return err
	}
	if err := files.Remove(tail.File); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// dropArchived removes the records up to the tail.
func (s *Store) dropArchived(ctx context.Context, tail audit.Tail) error {
	return s.removeRange(ctx, s.keys.auditRecord(0), s.keys.auditRecord(tail.Seq+1))
}
