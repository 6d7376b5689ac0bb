package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/sidecar/audit"
)

// How much of the log one search looks at: it ends with the part that gets it
// there, and tells where to go on.
const (
	mostLooked = 5_000   // records
	mostRead   = 4 << 20 // bytes
	partSize   = 200     // records read at once
)

// FindAudit returns records that q wants, with what is personal in them. It looks
// at some thousand records and no more: a page may have fewer than are wanted, or
// none, and still a Next. Those that are archived are left out: the page tells of
// them.
func (s *Store) FindAudit(ctx context.Context, q audit.Query) (audit.Page, error) {
	log, err := s.AuditLog(ctx)
	if err != nil {
		return audit.Page{}, err
	}
	page := audit.Page{Items: []audit.Record{}, ArchivedThrough: log.Tail.Seq}
	limit := min(max(q.Limit, 1), MaxPage)
	looked, read := 0, 0
	for rest := log.begin(q); !rest.empty() && looked < mostLooked && read < mostRead; {
		part := rest.next()
		records, size, err := log.part(ctx, part)
		if err != nil {
			return audit.Page{}, err
		}
		looked, read = looked+len(records), read+size
		for _, r := range records {
			if q.Over(r) {
				page.Next = 0
				return page, nil
			}
			if q.Holds(r) {
				page.Items = append(page.Items, r)
			}
			if len(page.Items) == limit {
				rest.pass(stretch{r.Seq, r.Seq, rest.down})
				page.Next = rest.goOn()
				return page, nil
			}
		}
		rest.pass(part)
		page.Next = rest.goOn()
	}
	return page, nil
}

// stretch is the numbers of the records that are still to be looked at.
type stretch struct {
	first, last uint64
	down        bool // the last comes first
}

// begin returns what a query has to look at.
func (l AuditLog) begin(q audit.Query) stretch {
	w := stretch{l.Tail.Seq + 1, l.Head.Seq, q.Descending}
	switch {
	case q.After == 0:
	case q.Descending:
		w.last = min(w.last, q.After-1)
	default:
		w.first = max(w.first, q.After+1)
	}
	return w
}

func (w stretch) empty() bool { return w.first > w.last }

// next returns the part that is read next.
func (w stretch) next() stretch {
	if w.last-w.first < partSize {
		return w
	}
	if w.down {
		w.first = w.last - partSize + 1
	} else {
		w.last = w.first + partSize - 1
	}
	return w
}

// pass leaves a part behind, and all that comes before it.
func (w *stretch) pass(part stretch) {
	if w.down {
		w.last = part.first - 1
	} else {
		w.first = part.last + 1
	}
}

// goOn returns the number to go on after, 0 if nothing is left.
func (w stretch) goOn() uint64 {
	switch {
	case w.empty():
		return 0
	case w.down:
		return w.last + 1
	}
	return w.first - 1
}

// part returns the records of a stretch in its order, with what is personal in
// them, and their stored size.
func (l AuditLog) part(ctx context.Context, w stretch) (records []audit.Record, size int, err error) {
	s := l.store
	answer, err := s.get(ctx, s.keys.auditRecord(w.first),
		clientv3.WithRange(s.keys.auditRecord(w.last+1)), clientv3.WithRev(l.Revision))
	if err != nil {
		return nil, 0, err
	}
	records = make([]audit.Record, len(answer.Kvs))
	for i, kv := range answer.Kvs {
		if err := json.Unmarshal(kv.Value, &records[i]); err != nil {
			return nil, 0, fmt.Errorf("audit record %s: %w", kv.Key, err)
		}
		records[i].Revision = kv.ModRevision
		size += len(kv.Value)
	}
	if w.down {
		slices.Reverse(records)
	}
	return records, size, s.unseal(ctx, records)
}
