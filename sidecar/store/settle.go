package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"go.etcd.io/etcd/api/v3/mvccpb"
	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/policy"
)

// settleLimit is how long to look for the outcome of a commit.
const settleLimit = 5 * time.Second

// settle finds out whether a commit took effect whose answer was lost. If not,
// it makes sure that this can't happen any more. The caller may be gone by now:
// that is no reason to leave it open.
func (s *Store) settle(once *Once, cause error) (Commit, error) {
	ctx, cancel := context.WithTimeout(s.ctx, settleLimit)
	defer cancel()
	for {
		done, known, err := s.fence(ctx, once, cause)
		if known {
			return done, err
		}
		s.log.Debug("look for the outcome of a commit", "error", err)
		if pause(ctx) != nil {
			return Commit{}, fmt.Errorf("%w: %w", policy.Errorf(policy.Unavailable,
				"the outcome is unknown; repeat the request with the same Idempotency-Key"), cause)
		}
	}
}

// fence writes a record in the place of the commit's own. Whichever comes first
// keeps the other out, so that a commit which is still on its way does nothing
// when it arrives.
func (s *Store) fence(ctx context.Context, once *Once, cause error) (done Commit, known bool, err error) {
	tried, cancel := context.WithTimeout(ctx, attempt)
	defer cancel()
	answer, err := s.client.Get(tried, s.onceKey(once))
	if err != nil {
		return Commit{}, false, err
	}
	revision := int64(0)
	if len(answer.Kvs) > 0 {
		if done, known, err := outcome(once, answer.Kvs[0]); known {
			return done, true, err
		}
		revision = answer.Kvs[0].ModRevision
	}
	return s.abort(tried, once, revision, cause)
}

// abort writes the record over the one at the revision.
func (s *Store) abort(ctx context.Context, once *Once, revision int64, cause error) (done Commit, known bool, err error) {
	aborted, err := json.Marshal(onceRecord{Aborted: true})
	if err != nil {
		return Commit{}, true, err
	}
	var answer *clientv3.TxnResponse
	lease, err := s.lease.get(ctx, s.client)
	if err == nil {
		answer, err = s.client.Txn(ctx).
			If(clientv3.Compare(clientv3.ModRevision(s.onceKey(once)), "=", revision)).
			Then(clientv3.OpPut(s.onceKey(once), string(aborted), clientv3.WithLease(lease))).
			Commit()
	}
	switch {
	case errors.Is(err, rpctypes.ErrNoSpace) && errors.Is(cause, rpctypes.ErrNoSpace):
		// The commit has been answered, so it is not on its way: where it is not
		// found, it was refused.
		return Commit{}, true, storeFull()
	case errors.Is(err, rpctypes.ErrLeaseNotFound):
		s.lease.forget()
		return Commit{}, false, err
	case err != nil:
		return Commit{}, false, err
	case answer.Succeeded:
		return Commit{}, true, fmt.Errorf("%w: %w",
			policy.Errorf(policy.Unavailable, "the store did not answer; nothing was changed"), cause)
	}
	return Commit{}, false, errMoved
}

// outcome reads the record that decides what became of a commit. It is not known
// if an earlier try was given up. A record with another fingerprint or result
// says that this commit was not the first.
func outcome(once *Once, kv *mvccpb.KeyValue) (done Commit, known bool, err error) {
	var r onceRecord
	if err := json.Unmarshal(kv.Value, &r); err != nil {
		return Commit{}, true, fmt.Errorf("idempotency record: %w", err)
	}
	switch {
	case r.Aborted:
		return Commit{}, false, nil
	case r.Fingerprint == once.Fingerprint && bytes.Equal(r.Result, once.Result):
		return Commit{Revision: kv.ModRevision}, true, nil
	}
	done, err = once.replay(kv)
	return done, true, err
}
