package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
)

// Grave is what a tombstone says of a client who was deleted. All but the id is
// empty after it was erased.
type Grave struct {
	ID      string    `json:"-"`
	Name    string    `json:"name,omitempty"`
	Email   string    `json:"email,omitempty"`
	Deleted time.Time `json:"deleted,omitzero"`
	By      string    `json:"by,omitempty"`
}

// Burying returns a deletion whose tombstone says g.
func (op Op) Burying(g Grave) Op {
	text, err := json.Marshal(g)
	op.epitaph, op.err = text, err
	return op
}

// Level returns the change that leaves a tombstone with nothing but the id. It
// fails with NotFound if there is none.
func (c Collection[T]) Level(id string) Op { return c.op(levels, id, 0) }

// Graves returns the tombstones of up to limit ids after the given one, and at
// most [MaxPage]. More reports whether others follow.
func (c Collection[T]) Graves(ctx context.Context, after string, limit int) (graves []Grave, more bool, err error) {
	folder := c.store.keys.gone(c.entity.kind, "")
	from := folder
	if after != "" {
		from += after + "\x00"
	}
	answer, err := c.store.get(ctx, from,
		clientv3.WithRange(clientv3.GetPrefixRangeEnd(folder)),
		clientv3.WithLimit(int64(min(max(limit, 1), MaxPage))))
	if err != nil {
		return nil, false, err
	}
	for _, kv := range answer.Kvs {
		g := Grave{ID: strings.TrimPrefix(string(kv.Key), folder)}
		if len(kv.Value) > 0 {
			if err := json.Unmarshal(kv.Value, &g); err != nil {
				return nil, false, fmt.Errorf("tombstone %s: %w", kv.Key, err)
			}
		}
		graves = append(graves, g)
	}
	return graves, answer.More, nil
}
