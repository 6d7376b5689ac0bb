package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/policy"
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

// Clients returns the collection of clients.
func (s *Store) Clients() Collection[policy.Client] { return Collection[policy.Client]{s, clients} }

// Employees returns the collection of employees.
func (s *Store) Employees() Collection[policy.Employee] {
	return Collection[policy.Employee]{s, employees}
}

// Groups returns the collection of groups.
func (s *Store) Groups() Collection[policy.Group] { return Collection[policy.Group]{s, groups} }

// Projects returns the collection of projects.
func (s *Store) Projects() Collection[policy.Project] { return Collection[policy.Project]{s, projects} }

// Keys returns the collection of callers' keys.
func (s *Store) Keys() Collection[policy.Key] { return Collection[policy.Key]{s, callerKeys} }

// Unreadable is the error about a stored value that can't be read. Its revision
// allows to replace or delete it all the same.
type Unreadable struct {
	Kind     policy.Kind
	ID       string
	Revision int64
	Cause    error // has ErrUnreadable in its chain
}

// Error implements the error interface.
func (u *Unreadable) Error() string { return fmt.Sprintf("%s/%s: %s", u.Kind, u.ID, u.Cause) }

// Unwrap returns the cause.
func (u *Unreadable) Unwrap() error { return u.Cause }

// Get returns the entity with the given id. The error is a NotFound one if there
// is none, and an [Unreadable] if its value can't be read.
func (c Collection[T]) Get(ctx context.Context, id string) (Versioned[T], error) {
	gen, err := c.store.currentGeneration(ctx)
	if err != nil {
		return Versioned[T]{}, err
	}
	answer, err := c.store.get(ctx, c.store.keys.entity(gen, c.entity.kind, id))
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
	gen, err := c.store.currentGeneration(ctx)
	if err != nil {
		return Page[T]{}, err
	}
	folder := c.store.keys.kind(gen, c.entity.kind)
	from := folder
	if after != "" {
		from = folder + after + "\x00"
	}
	answer, err := c.store.get(ctx, from,
		clientv3.WithRange(clientv3.GetPrefixRangeEnd(folder)),
		clientv3.WithLimit(int64(min(max(limit, 1), MaxPage))))
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

// Create returns the change that adds an entity. It fails with Exists if the id
// is taken, or was once: ids are never used again.
func (c Collection[T]) Create(id string, value T) Op {
	text, err := c.entity.encode(id, &value)
	return Op{kind: c.entity.kind, noun: c.entity.noun, id: id, does: creates, value: text, err: err}
}

// Replace returns the change of an entity that stands at the given revision. It
// fails with Stale if it stands at another, and with NotFound if there is none.
func (c Collection[T]) Replace(id string, value T, revision int64) Op {
	text, err := c.entity.encode(id, &value)
	return Op{kind: c.entity.kind, noun: c.entity.noun, id: id, does: replaces, value: text, revision: revision, err: err}
}

// Delete returns the change that removes an entity that stands at the given
// revision and buries its id. It fails like [Collection.Replace].
func (c Collection[T]) Delete(id string, revision int64) Op {
	return Op{kind: c.entity.kind, noun: c.entity.noun, id: id, does: deletes, revision: revision}
}

// Update changes an entity as change says, with its audit record: Before and
// After are filled in. Change gets the current value; it may be called several
// times, when somebody else was first. An error of change ends the update.
func (c Collection[T]) Update(ctx context.Context, a Audit, id string, change func(*T) error) (Commit, error) {
	for {
		current, err := c.Get(ctx, id)
		if err != nil {
			return Commit{}, err
		}
		next := current.Value
		if err := change(&next); err != nil {
			return Commit{}, err
		}
		if a.Before, err = json.Marshal(current.Value); err != nil {
			return Commit{}, err
		}
		if a.After, err = json.Marshal(next); err != nil {
			return Commit{}, err
		}
		done, err := c.store.Commit(ctx, a, nil, c.Replace(id, next, current.Revision))
		if policy.CodeOf(err) != policy.Stale || ctx.Err() != nil {
			return done, err
		}
	}
}

func notFound(noun, id string) error {
	return &policy.Error{Code: policy.NotFound, Message: fmt.Sprintf("there is no %s %s", noun, id), IDs: []string{id}}
}

var errNoGeneration = errors.New("the store has no current generation")

func (s *Store) currentGeneration(ctx context.Context) (string, error) {
	answer, err := s.get(ctx, s.keys.generation())
	if err != nil {
		return "", err
	}
	if len(answer.Kvs) == 0 {
		return "", errNoGeneration
	}
	return string(answer.Kvs[0].Value), nil
}
