package store

import (
	"context"
	"strings"

	clientv3 "go.etcd.io/etcd/client/v3"
)

// Versioned is a stored entity. Its revision is the ETag: the etcd revision of
// its last change.
type Versioned[T any] struct {
	Value    T
	Revision int64
}

// Page is a part of a collection, by id.
type Page[T any] struct {
	Items      []Versioned[T]
	Unreadable []string // ids of this part whose values can't be read
	Next       string   // where the next page begins: pass it as after; empty at the end
	Revision   int64    // the revision this part was read at
}

// MaxPage is the most that one page holds.
const MaxPage = 1000

// Collection is all entities of one kind.
type Collection[T any] struct {
	store  *Store
	entity entity[T]
}

// Get returns the entity with the given id. The error is a NotFound one if there
// is none, and an [Unreadable] if its value can't be read.
func (c Collection[T]) Get(ctx context.Context, id string) (Versioned[T], error) {
	answer, err := c.store.getCurrent(ctx, func(gen string) clientv3.Op {
		return clientv3.OpGet(c.store.keys.entity(gen, c.entity.kind, id))
	})
	if err != nil {
		return Versioned[T]{}, err
	}
	if len(answer.Kvs) == 0 {
		return Versioned[T]{}, notFound(c.entity.noun, id)
	}
	kv := answer.Kvs[0]
	value, err := c.entity.decode(id, kv.Value)
	if err != nil {
		return Versioned[T]{}, &Unreadable{c.entity.kind, id, kv.ModRevision, err}
	}
	return Versioned[T]{*value, kv.ModRevision}, nil
}

// List returns up to limit entities whose ids come after the given one, and at
// most [MaxPage].
func (c Collection[T]) List(ctx context.Context, after string, limit int) (Page[T], error) {
	var folder string
	answer, err := c.store.getCurrent(ctx, func(gen string) clientv3.Op {
		folder = c.store.keys.kind(gen, c.entity.kind)
		from := folder
		if after != "" {
			from += after + "\x00"
		}
		return clientv3.OpGet(from,
			clientv3.WithRange(clientv3.GetPrefixRangeEnd(folder)),
			clientv3.WithLimit(int64(min(max(limit, 1), MaxPage))))
	})
	if err != nil {
		return Page[T]{}, err
	}
	page := Page[T]{Revision: answer.Header.Revision}
	for _, kv := range answer.Kvs {
		id := strings.TrimPrefix(string(kv.Key), folder)
		value, err := c.entity.decode(id, kv.Value)
		if err != nil {
			page.Unreadable = append(page.Unreadable, id)
		} else {
			page.Items = append(page.Items, Versioned[T]{*value, kv.ModRevision})
		}
		if answer.More {
			page.Next = id
		}
	}
	return page, nil
}

// getCurrent reads from the current generation, which is read along: another one
// may have become it since, and the one before be swept away.
func (s *Store) getCurrent(ctx context.Context, read func(gen string) clientv3.Op) (*clientv3.GetResponse, error) {
	gen, _ := s.generation.Load().(string)
	for {
		answer, err := do(ctx, func(ctx context.Context) (*clientv3.TxnResponse, error) {
			return s.client.Txn(ctx).Then(clientv3.OpGet(s.keys.generation()), read(gen)).Commit()
		})
		if err != nil {
			return nil, err
		}
		current := found(answer, 0)
		if len(current) == 0 {
			return nil, errNoGeneration
		}
		if string(current[0].Value) == gen {
			got := (*clientv3.GetResponse)(answer.Responses[1].GetResponseRange())
			got.Header = answer.Header
			return got, nil
		}
		gen = string(current[0].Value)
		s.generation.Store(gen)
	}
}
