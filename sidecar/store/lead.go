package store

import (
	"context"
	"fmt"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/client/v3/concurrency"
)

// leadLife is how many seconds after the end of a leader the next one comes.
const leadLife = 10

// Lead waits until this sidecar is the one of all that does what name says, then
// calls run, whose context ends when that may not be so any more. It returns
// run's error, or one of the store's; whoever wants to go on calls it again.
//
// For a moment after a leader was cut off, two may believe to lead (Jepsen,
// "etcd 3.4.3"): run must put up with that.
func (s *Store) Lead(ctx context.Context, name string, run func(context.Context) error) error {
	session, err := concurrency.NewSession(s.client, concurrency.WithTTL(leadLife), concurrency.WithContext(ctx))
	if err != nil {
		return fmt.Errorf("lead %s: %w", name, fromEtcd(err))
	}
	defer s.resign(session)
	if err := concurrency.NewElection(session, s.keys.leader(name)).Campaign(ctx, ""); err != nil {
		return fmt.Errorf("lead %s: %w", name, fromEtcd(err))
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-session.Done():
			cancel()
		case <-ctx.Done():
		}
	}()
	return run(ctx)
}

// resign lets the next one lead at once, where the store can be reached.
func (s *Store) resign(session *concurrency.Session) {
	session.Orphan()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(session.Ctx()), attempt)
	defer cancel()
	if _, err := s.client.Revoke(clientv3.WithRequireLeader(ctx), session.Lease()); err != nil {
		s.log.Debug("resign", "error", err)
	}
}
