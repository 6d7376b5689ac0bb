package store

import (
	"context"
	"encoding/json"
	"errors"

	"go.etcd.io/etcd/api/v3/etcdserverpb"
	"go.etcd.io/etcd/api/v3/mvccpb"
	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/sidecar/audit"
)

// state is what a commit builds on.
type state struct {
	generation   string
	head         audit.Anchor
	headRevision int64
	person       personKey
	aborted      int64 // revision of the record that gave an earlier try up; 0 if there is none
}

// transaction is what a commit does besides its audit and idempotency records.
type transaction struct {
	conditions []clientv3.Cmp
	writes     []clientv3.Op
	// look reads what explains failed conditions; explain does so.
	look    []clientv3.Op
	explain func([]*etcdserverpb.ResponseOp) error
}

// begin reads what a commit builds on, and whether it took effect before.
func (s *Store) begin(ctx context.Context, a Audit, once *Once) (at state, done Commit, err error) {
	about, err := a.Person()
	if err != nil {
		return at, done, err
	}
	answer, err := do(ctx, func(ctx context.Context) (*clientv3.TxnResponse, error) {
		return s.client.Txn(ctx).Then(
			clientv3.OpGet(s.keys.generation()),
			clientv3.OpGet(s.keys.auditHead()),
			clientv3.OpGet(s.onceKey(once)),
			clientv3.OpGet(s.keys.person(about)),
		).Commit()
	})
	if err != nil {
		return at, done, err
	}
	generation, head, earlier := found(answer, 0), found(answer, 1), found(answer, 2)
	if len(earlier) > 0 {
		done, err = once.replay(earlier[0])
		if err != nil || done.Replayed {
			return at, done, err
		}
		at.aborted = earlier[0].ModRevision
	}
	if len(generation) == 0 {
		return at, done, errNoGeneration
	}
	at.generation = string(generation[0].Value)
	if at.head, at.headRevision, err = headOf(head); err != nil {
		return at, done, err
	}
	at.person, err = person(about, found(answer, 3))
	return at, done, err
}

// try sends the transaction.
func (s *Store) try(ctx context.Context, at state, a Audit, once *Once, t transaction) (Commit, error) {
	record, anchor, err := s.record(at, a, &t)
	if err != nil {
		return Commit{}, err
	}
	head, err := json.Marshal(anchor)
	if err != nil {
		return Commit{}, err
	}
	answered, err := json.Marshal(onceRecord{Fingerprint: once.Fingerprint, Result: once.Result})
	if err != nil {
		return Commit{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, attempt)
	defer cancel()
	lease, err := s.lease.get(ctx, s.client)
	if err != nil {
		return Commit{}, fromEtcd(err)
	}
	conditions := append([]clientv3.Cmp{
		clientv3.Compare(clientv3.Value(s.keys.generation()), "=", at.generation),
		clientv3.Compare(clientv3.ModRevision(s.keys.auditHead()), "=", at.headRevision),
		clientv3.Compare(clientv3.ModRevision(s.onceKey(once)), "=", at.aborted),
	}, t.conditions...)
	writes := append([]clientv3.Op{
		clientv3.OpPut(s.keys.auditRecord(anchor.Seq), string(record)),
		clientv3.OpPut(s.keys.auditHead(), string(head)),
		clientv3.OpPut(s.onceKey(once), string(answered), clientv3.WithLease(lease)),
	}, t.writes...)
	answer, err := s.client.Txn(ctx).If(conditions...).Then(writes...).Else(t.look...).Commit()
	switch {
	case errors.Is(err, rpctypes.ErrLeaseNotFound):
		s.lease.forget()
		return Commit{}, errMoved
	case err != nil && isDefinite(err):
		return Commit{}, fromEtcd(err)
	case err != nil:
		return Commit{}, lost(err)
	case answer.Succeeded:
		s.anchors.passed(s.log, anchor)
		return Commit{Revision: answer.Header.Revision}, nil
	}
	if err := t.explain(answer.Responses); err != nil {
		return Commit{}, err
	}
	return Commit{}, errMoved
}

// record returns the stored form of the audit record.
func (s *Store) record(at state, a Audit, t *transaction) ([]byte, audit.Anchor, error) {
	entry, sealed, err := at.person.seal(s.keys, a, t)
	if err != nil {
		return nil, audit.Anchor{}, err
	}
	return at.head.Next(entry, sealed)
}

// found returns what the i-th read of a transaction found.
func found(answer *clientv3.TxnResponse, i int) []*mvccpb.KeyValue {
	return answer.Responses[i].GetResponseRange().Kvs
}
