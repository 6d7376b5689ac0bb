// Package store keeps everything in etcd: entities, tombstones, the audit log
// and the answers to requests that must not be carried out twice. It is the only
// importer of etcd.
//
// A change is one etcd transaction: the entities it writes, its audit record and
// its idempotency record, or nothing of all this. Readers follow by
// [Store.Snapshot] and [Store.Watch], which give whole revisions only.
//
// Errors meant for callers are of type policy.Error. All methods are safe for
// concurrent use.
package store

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/policy"
)

// Store is an open store.
type Store struct {
	client *clientv3.Client
	keys   keys
	log    *slog.Logger
	room   func() error // refuses a change when the disk is nearly full
	close  func() error

	generation atomic.Value // string: the current one when a collection last was read

	turn  chan struct{} // holds one value while a commit is being made from here
	lease lease

	anchors anchors

	ctx     context.Context // ends with the store; for what goes on after an answer
	stop    context.CancelFunc
	cleanup sync.WaitGroup
}

// start makes the store's first values, if they are not there yet, and removes
// what broken-off rewrites left.
func start(ctx context.Context, s *Store) (*Store, error) {
	s.turn = make(chan struct{}, 1)
	s.close = sync.OnceValue(s.close)
	s.ctx, s.stop = context.WithCancel(context.Background())
	first := map[string]string{s.keys.epoch(): newEpoch(), s.keys.generation(): firstGeneration}
	for key, value := range first {
		_, err := do(ctx, func(ctx context.Context) (*clientv3.TxnResponse, error) {
			return s.client.Txn(ctx).
				If(clientv3.Compare(clientv3.CreateRevision(key), "=", 0)).
				Then(clientv3.OpPut(key, value)).
				Commit()
		})
		if err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	s.cleanup.Go(s.sweep)
	return s, nil
}

// Close ends what is under way and releases the store. The embedded server, if
// there is one, stops. Closing it again does nothing.
func (s *Store) Close() error {
	s.stop()
	s.cleanup.Wait()
	return s.close()
}

// attempt bounds one request to etcd: a paused member answers nothing.
const attempt = 2 * time.Second

// do makes a request that may arrive more than once, and late: a read, or a write
// whose condition sees to that. It is tried again, on whatever endpoint is next,
// when an attempt gets no answer.
func do[T any](ctx context.Context, request func(context.Context) (T, error)) (T, error) {
	for tries := 1; ; tries++ {
		once, cancel := context.WithTimeout(ctx, attempt)
		answer, err := request(once)
		cancel()
		if err == nil || ctx.Err() != nil || !isUnavailable(err) || tries == 3 {
			return answer, fromEtcd(err)
		}
	}
}

// get reads linearizably.
func (s *Store) get(ctx context.Context, key string, opts ...clientv3.OpOption) (*clientv3.GetResponse, error) {
	return do(ctx, func(ctx context.Context) (*clientv3.GetResponse, error) {
		return s.client.Get(ctx, key, opts...)
	})
}

func unavailable() error {
	return policy.Errorf(policy.Unavailable, "the store can't be reached")
}
