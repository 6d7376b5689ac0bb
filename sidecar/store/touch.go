package store

import (
	"context"

	clientv3 "go.etcd.io/etcd/client/v3"
)

// Touch makes changes that are nobody's act, such as when something was last
// used: in one transaction, or none of them, and without an audit record. It
// fails like [Store.Commit]. Where etcd's answer is lost, the error is an
// Unavailable one and the changes may have been made.
func (s *Store) Touch(ctx context.Context, ops ...Op) (revision int64, err error) {
	if err := check(ops); err != nil {
		return 0, err
	}
	if err := s.room(); err != nil {
		return 0, err
	}
	for {
		revision, moved, err := s.touch(ctx, ops)
		if err != nil || !moved {
			return revision, err
		}
	}
}

// touch reports that the generation moved if that is why nothing was done.
func (s *Store) touch(ctx context.Context, ops []Op) (revision int64, moved bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, attempt)
	defer cancel()
	current, err := s.client.Get(ctx, s.keys.generation())
	if err != nil {
		return 0, false, fromEtcd(err)
	}
	if len(current.Kvs) == 0 {
		return 0, false, errNoGeneration
	}
	gen := string(current.Kvs[0].Value)
	t := s.apply(gen, ops)
	conditions := append([]clientv3.Cmp{clientv3.Compare(clientv3.Value(s.keys.generation()), "=", gen)}, t.conditions...)
	answer, err := s.client.Txn(ctx).If(conditions...).Then(t.writes...).Else(t.look...).Commit()
	switch {
	case err != nil:
		return 0, false, fromEtcd(err)
	case answer.Succeeded:
		return answer.Header.Revision, false, nil
	}
	return 0, true, t.explain(answer.Responses)
}
