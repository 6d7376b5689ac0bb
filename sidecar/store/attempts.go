package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	clientv3 "go.etcd.io/etcd/client/v3"
)

// Attempts counts how often something was tried, for all sidecars together. It
// is forgotten a day or so after it last changed.
type Attempts struct {
	Count int       `json:"count"`
	Last  time.Time `json:"last"`  // the last one
	Since time.Time `json:"since"` // the first one
}

// Attempt changes the count under a name, or none if change returns an error,
// which it returns then. Change gets the zero Attempts if there is none; it may
// be called several times, when somebody else was first.
func (s *Store) Attempt(ctx context.Context, name string, change func(Attempts) (Attempts, error)) error {
	key := s.keys.attempts(hash([]byte(name)))
	for {
		answer, err := s.get(ctx, key)
		if err != nil {
			return err
		}
		var counted Attempts
		revision := int64(0)
		if len(answer.Kvs) > 0 {
			revision = answer.Kvs[0].ModRevision
			if err := json.Unmarshal(answer.Kvs[0].Value, &counted); err != nil {
				return fmt.Errorf("attempts: %w", err)
			}
		}
		next, err := change(counted)
		if err != nil {
			return err
		}
		done, err := s.putAttempts(ctx, key, revision, next)
		if err != nil || done {
			return err
		}
		if err := pause(ctx); err != nil {
			return err
		}
	}
}

func (s *Store) putAttempts(ctx context.Context, key string, revision int64, a Attempts) (done bool, err error) {
	text, err := json.Marshal(a)
	if err != nil {
		return false, err
	}
	ctx, cancel := context.WithTimeout(ctx, attempt)
	defer cancel()
	lease, err := s.lease.get(ctx, s.client)
	if err != nil {
		return false, fromEtcd(err)
	}
	answer, err := s.client.Txn(ctx).
		If(clientv3.Compare(clientv3.ModRevision(key), "=", revision)).
		Then(clientv3.OpPut(key, string(text), clientv3.WithLease(lease))).
		Commit()
	if errors.Is(err, rpctypes.ErrLeaseNotFound) {
		s.lease.forget()
		return false, nil
	}
	if err != nil {
		return false, fromEtcd(err)
	}
	return answer.Succeeded, nil
}

// ForgetAttempts sets the count under a name back to nothing.
func (s *Store) ForgetAttempts(ctx context.Context, name string) error {
	ctx, cancel := context.WithTimeout(ctx, attempt)
	defer cancel()
	_, err := s.client.Delete(ctx, s.keys.attempts(hash([]byte(name))))
	return fromEtcd(err)
}
