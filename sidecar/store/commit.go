package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"

	"time"

	"go.etcd.io/etcd/api/v3/etcdserverpb"
	"go.etcd.io/etcd/api/v3/mvccpb"
	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
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
	value    []byte
	revision int64
	err      error // why the change can't be made at all
}

type effect int

const (
	creates effect = iota
	replaces
	deletes
)

// Commit is the outcome of a change.
type Commit struct {
	Revision int64  // at which it took effect
	Replayed bool   // it had taken effect before: nothing was changed now
	Result   []byte // the earlier result, if Replayed
}

// anytime stands for a revision of the audit head that does not matter.
const anytime = -1

// state is what a commit builds on.
type state struct {
	generation   string
	head         auditHead
	headRevision int64
}

// Commit makes all changes together with their audit record in one transaction,
// or none of them. With a Once it does so at most once; nil means that nobody
// will repeat it. It fails with the error of the first change that can't be
// made, with StoreFull, or with TooLarge above [MaxOps] changes or 1 MiB.
//
// If etcd's answer is lost, Commit finds out what became of the transaction, and
// makes sure that it can't take effect later. Only if that fails too, the
// error is an Unavailable one that says so.
func (s *Store) Commit(ctx context.Context, a Audit, once *Once, ops ...Op) (Commit, error) {
	return s.commitAt(ctx, anytime, a, once, ops)
}

// CommitAt is like [Store.Commit], but fails with Conflict if anything was
// committed after the audit head's revision since, which [Store.Everything]
// returns.
func (s *Store) CommitAt(ctx context.Context, since int64, a Audit, once *Once, ops ...Op) (Commit, error) {
	return s.commitAt(ctx, since, a, once, ops)
}

func (s *Store) commitAt(ctx context.Context, since int64, a Audit, once *Once, ops []Op) (Commit, error) {
	if err := check(ops); err != nil {
		return Commit{}, err
	}
	return s.transact(ctx, since, a, once, func(at state) transaction {
		return s.apply(at.generation, ops)
	})
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

// transaction is what a commit does besides its audit and idempotency records.
type transaction struct {
	conditions []clientv3.Cmp
	writes     []clientv3.Op
	// look reads what explains failed conditions; explain does so.
	look    []clientv3.Op
	explain func([]*etcdserverpb.ResponseOp) error
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
			t.writes = append(t.writes, clientv3.OpDelete(key), clientv3.OpPut(gone, ""))
		}
	}
	t.explain = func(looked []*etcdserverpb.ResponseOp) error {
		for i, op := range ops {
			if err := op.explain(looked[2*i].GetResponseRange(), looked[2*i+1].GetResponseRange()); err != nil {
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
	case op.does == creates:
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

// errMoved says that somebody else committed in between.
var errMoved = errors.New("the audit head or the generation moved")

// transact makes a transaction together with its audit and idempotency records.
// It tries again when somebody else was first and the transaction itself still
// could be made; the pause keeps many sidecars from meeting over and over.
func (s *Store) transact(ctx context.Context, since int64, a Audit, once *Once, build func(state) transaction) (Commit, error) {
	if err := s.room(); err != nil {
		return Commit{}, err
	}
	if once == nil {
		once = madeUpOnce()
	}
	s.commits.Lock()
	defer s.commits.Unlock()
	for {
		at, done, err := s.begin(ctx, once)
		if err != nil || done.Replayed {
			return done, err
		}
		if since != anytime && at.headRevision != since {
			return Commit{}, changedMeanwhile()
		}
		done, err = s.try(ctx, at, a, once, build(at))
		if !errors.Is(err, errMoved) {
			return done, err
		}
		if err := pause(ctx); err != nil {
			return Commit{}, errors.Join(unavailable(), err)
		}
	}
}

func changedMeanwhile() error {
	return policy.Errorf(policy.Conflict, "something was changed meanwhile; nothing was done")
}

func pause(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(rand.N(10 * time.Millisecond)):
		return nil
	}
}

// begin reads what a commit builds on, and whether it took effect before.
func (s *Store) begin(ctx context.Context, once *Once) (at state, done Commit, err error) {
	answer, err := do(ctx, func(ctx context.Context) (*clientv3.TxnResponse, error) {
		return s.client.Txn(ctx).Then(
			clientv3.OpGet(s.keys.generation()),
			clientv3.OpGet(s.keys.auditHead()),
			clientv3.OpGet(s.onceKey(once)),
		).Commit()
	})
	if err != nil {
		return at, done, err
	}
	generation, head, earlier := found(answer, 0), found(answer, 1), found(answer, 2)
	if len(earlier) > 0 {
		done, err = once.replay(earlier[0])
		return at, done, err
	}
	if len(generation) == 0 {
		return at, done, errNoGeneration
	}
	at.generation = string(generation[0].Value)
	if len(head) > 0 {
		at.headRevision = head[0].ModRevision
		if err := json.Unmarshal(head[0].Value, &at.head); err != nil {
			return at, done, fmt.Errorf("audit head: %w", err)
		}
	}
	return at, done, nil
}

// try sends the transaction.
func (s *Store) try(ctx context.Context, at state, a Audit, once *Once, t transaction) (Commit, error) {
	record, head, seq, err := at.head.next(a)
	if err != nil {
		return Commit{}, err
	}
	answered, err := json.Marshal(onceRecord{Fingerprint: once.Fingerprint, Result: once.Result})
	if err != nil {
		return Commit{}, err
	}
	id, err := s.lease.get(ctx, s.client)
	if err != nil {
		return Commit{}, fromEtcd(err)
	}
	conditions := append([]clientv3.Cmp{
		clientv3.Compare(clientv3.Value(s.keys.generation()), "=", at.generation),
		clientv3.Compare(clientv3.ModRevision(s.keys.auditHead()), "=", at.headRevision),
		clientv3.Compare(clientv3.CreateRevision(s.onceKey(once)), "=", 0),
	}, t.conditions...)
	writes := append([]clientv3.Op{
		clientv3.OpPut(s.keys.auditRecord(seq), string(record)),
		clientv3.OpPut(s.keys.auditHead(), string(head)),
		clientv3.OpPut(s.onceKey(once), string(answered), clientv3.WithLease(id)),
	}, t.writes...)
	answer, err := s.client.Txn(ctx).If(conditions...).Then(writes...).Else(t.look...).Commit()
	switch {
	case errors.Is(err, rpctypes.ErrLeaseNotFound):
		s.lease.forget()
		return Commit{}, errMoved
	case err != nil:
		return s.settle(once, err)
	case answer.Succeeded:
		return Commit{Revision: answer.Header.Revision}, nil
	}
	if err := t.explain(answer.Responses); err != nil {
		return Commit{}, err
	}
	return Commit{}, errMoved
}

// found returns what the i-th read of a transaction found.
func found(answer *clientv3.TxnResponse, i int) []*mvccpb.KeyValue {
	return answer.Responses[i].GetResponseRange().Kvs
}

// settleLimit is how long to look for the outcome of a commit.
const settleLimit = 5 * time.Second

// settle finds out whether a commit took effect whose answer was lost. It writes
// a record in the place of the commit's own: whichever comes first keeps the
// other out, so a commit that is still on its way can't arrive after all.
func (s *Store) settle(once *Once, cause error) (Commit, error) {
	if isDefinite(cause) {
		return Commit{}, fromEtcd(cause)
	}
	ctx, cancel := context.WithTimeout(s.ctx, settleLimit)
	defer cancel()
	for ctx.Err() == nil {
		done, known, err := s.fence(ctx, once, cause)
		if known {
			return done, err
		}
		s.log.Debug("look for the outcome of a commit", "error", err)
		_ = pause(ctx)
	}
	return Commit{}, errors.Join(
		policy.Errorf(policy.Unavailable, "the outcome is unknown; repeat the request with the same Idempotency-Key"), cause)
}

func (s *Store) fence(ctx context.Context, once *Once, cause error) (done Commit, known bool, err error) {
	aborted, err := json.Marshal(onceRecord{Fingerprint: once.Fingerprint, Aborted: true})
	if err != nil {
		return Commit{}, true, err
	}
	key := s.onceKey(once)
	tried, cancel := context.WithTimeout(ctx, attempt)
	defer cancel()
	answer, err := s.client.Txn(tried).
		If(clientv3.Compare(clientv3.CreateRevision(key), "=", 0)).
		Then(clientv3.OpPut(key, string(aborted))).
		Else(clientv3.OpGet(key)).
		Commit()
	switch {
	case errors.Is(err, rpctypes.ErrNoSpace):
		return s.foundFull(ctx, once)
	case err != nil:
		return Commit{}, false, err
	case answer.Succeeded:
		return Commit{}, true, fromEtcd(cause)
	}
	return outcome(once, found(answer, 0)[0], cause)
}

// foundFull looks for the outcome in a store that takes no writes any more: a
// commit that is not there by now was refused.
func (s *Store) foundFull(ctx context.Context, once *Once) (Commit, bool, error) {
	answer, err := s.get(ctx, s.onceKey(once))
	switch {
	case err != nil:
		return Commit{}, false, err
	case len(answer.Kvs) == 0:
		return Commit{}, true, storeFull()
	}
	return outcome(once, answer.Kvs[0], storeFull())
}

// outcome reads the record that decides what became of a commit. One with another
// request's fingerprint or result says that this commit was not the first.
func outcome(once *Once, kv *mvccpb.KeyValue, cause error) (Commit, bool, error) {
	var r onceRecord
	if err := json.Unmarshal(kv.Value, &r); err != nil {
		return Commit{}, true, err
	}
	switch {
	case r.Aborted:
		return Commit{}, true, fromEtcd(cause)
	case r.Fingerprint == once.Fingerprint && bytes.Equal(r.Result, once.Result):
		return Commit{Revision: kv.ModRevision}, true, nil
	}
	done, err := once.replay(kv)
	return done, true, err
}
