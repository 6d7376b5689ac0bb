package store

import (
	"fmt"

	"go.etcd.io/etcd/api/v3/etcdserverpb"
	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/policy"
)

// MaxOps is the most changes one commit can make: etcd takes 128 operations a
// transaction, and a change needs up to two.
const MaxOps = 60

// maxCommit is the most one commit can write, in bytes; etcd's limit is 1.5 MiB.
const maxCommit = 1 << 20

// Op is one change of one entity, made by a [Collection].
type Op struct {
	kind     policy.Kind
	noun, id string
	does     effect
	passing  bool // leaves no tombstone, and looks for none
	value    []byte
	epitaph  []byte // what the tombstone says
	revision int64
	err      error // why the change can't be made at all
	refusal  error // what to say where the change turns out not to be possible; nil for what it is
}

// Or returns the change, with the error that tells callers of it if it can't be
// made since something else was first.
func (op Op) Or(refusal error) Op {
	op.refusal = refusal
	return op
}

type effect int

const (
	creates effect = iota
	replaces
	deletes
	drops
	puts
	levels
	keeps
)

// Create returns the change that adds an entity. It fails with Exists if the id
// is taken, or was once: ids are never used again.
func (c Collection[T]) Create(id string, value T) Op {
	return c.op(creates, id, 0).holding(c.entity.encode(id, &value))
}

// Replace returns the change of an entity that stands at the given revision. It
// fails with Stale if it stands at another, and with NotFound if there is none.
func (c Collection[T]) Replace(id string, value T, revision int64) Op {
	return c.op(replaces, id, revision).holding(c.entity.encode(id, &value))
}

// Save is Replace, or Create where the revision is 0.
func (c Collection[T]) Save(id string, value T, revision int64) Op {
	if revision == 0 {
		return c.Create(id, value)
	}
	return c.Replace(id, value, revision)
}

// Delete returns the change that removes an entity that stands at the given
// revision and buries its id. It fails like [Collection.Replace].
func (c Collection[T]) Delete(id string, revision int64) Op { return c.op(deletes, id, revision) }

// Keep returns the condition that an entity stands at the given revision: it
// changes nothing, and fails like [Collection.Replace].
func (c Collection[T]) Keep(id string, revision int64) Op { return c.op(keeps, id, revision) }

// Put returns the change that adds an entity of a passing kind or replaces it,
// whatever its revision. It never fails.
func (c Collection[T]) Put(id string, value T) Op {
	return c.op(puts, id, 0).holding(c.entity.encode(id, &value))
}

// Drop returns the change that removes an entity of a passing kind, whatever its
// revision, if there is one. It never fails.
func (c Collection[T]) Drop(id string) Op { return c.op(drops, id, 0) }

func (c Collection[T]) op(does effect, id string, revision int64) Op {
	return Op{kind: c.entity.kind, noun: c.entity.noun, id: id, does: does, passing: c.entity.passing, revision: revision}
}

func (op Op) holding(value []byte, err error) Op {
	op.value, op.err = value, err
	return op
}

func check(ops []Op) error {
	size := 0
	for _, op := range ops {
		if op.err != nil {
			return op.err
		}
		size += len(op.value)
	}
	if len(ops) > MaxOps || size > maxCommit {
		return policy.Errorf(policy.TooLarge, "%d changes of %d bytes are too much at once; the limits are %d and %d",
			len(ops), size, MaxOps, maxCommit)
	}
	return nil
}

// apply returns the transaction that makes the changes in a generation.
func (s *Store) apply(gen string, ops []Op) transaction {
	var t transaction
	for _, op := range ops {
		key, gone := s.keys.entity(gen, op.kind, op.id), s.keys.gone(op.kind, op.id)
		t.look = append(t.look, clientv3.OpGet(key, clientv3.WithKeysOnly()), clientv3.OpGet(gone, clientv3.WithKeysOnly()))
		switch op.does {
		case creates:
			t.conditions = append(t.conditions,
				clientv3.Compare(clientv3.CreateRevision(key), "=", 0),
				clientv3.Compare(clientv3.CreateRevision(gone), "=", 0))
			t.writes = append(t.writes, clientv3.OpPut(key, string(op.value)))
		case replaces:
			t.conditions = append(t.conditions, clientv3.Compare(clientv3.ModRevision(key), "=", op.revision))
			t.writes = append(t.writes, clientv3.OpPut(key, string(op.value)))
		case deletes:
			t.conditions = append(t.conditions, clientv3.Compare(clientv3.ModRevision(key), "=", op.revision))
			t.writes = append(t.writes, clientv3.OpDelete(key))
			if !op.passing {
				t.writes = append(t.writes, clientv3.OpPut(gone, string(op.epitaph)))
			}
		case keeps:
			t.conditions = append(t.conditions, clientv3.Compare(clientv3.ModRevision(key), "=", op.revision))
		case puts:
			t.writes = append(t.writes, clientv3.OpPut(key, string(op.value)))
		case drops:
			t.writes = append(t.writes, clientv3.OpDelete(key))
		case levels:
			t.conditions = append(t.conditions, clientv3.Compare(clientv3.CreateRevision(gone), ">", 0))
			t.writes = append(t.writes, clientv3.OpPut(gone, ""))
		}
	}
	t.explain = func(looked []*etcdserverpb.ResponseOp) error {
		for i, op := range ops {
			err := op.explain(looked[2*i].GetResponseRange(), looked[2*i+1].GetResponseRange())
			if err != nil && op.refusal != nil {
				return op.refusal
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	return t
}

// explain returns why the change could not be made, nil if it could.
func (op Op) explain(live, gone *etcdserverpb.RangeResponse) error {
	switch {
	case op.does == creates && len(live.Kvs) > 0:
		return exists(op.id, "the %s id %s is taken", op.noun, op.id)
	case op.does == creates && len(gone.Kvs) > 0:
		return exists(op.id, "the %s id %s was deleted once, and ids are never used again", op.noun, op.id)
	case op.does == creates, op.does == drops, op.does == puts:
		return nil
	case op.does == levels && len(gone.Kvs) > 0:
		return nil
	case len(live.Kvs) == 0:
		return notFound(op.noun, op.id)
	case live.Kvs[0].ModRevision != op.revision:
		return policy.Errorf(policy.Stale, "the %s %s was changed by somebody else", op.noun, op.id)
	}
	return nil
}

func exists(id, format string, args ...any) error {
	e := policy.Errorf(policy.Exists, format, args...)
	e.IDs = []string{id}
	return e
}

func notFound(noun, id string) error {
	return &policy.Error{Code: policy.NotFound, Message: fmt.Sprintf("there is no %s %s", noun, id), IDs: []string{id}}
}
