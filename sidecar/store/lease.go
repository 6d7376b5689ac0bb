package store

import (
	"context"
	"sync"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
)

// Records are kept at least this long. They are removed by lease, which may be
// later, never earlier: nothing is decided by it.
const (
	onceLife   = 24 * time.Hour
	leaseShare = time.Hour // commits within this time share one lease
)

// lease is the one that new records get.
type lease struct {
	mu      sync.Mutex
	id      clientv3.LeaseID
	renewAt time.Time
}

func (l *lease) get(ctx context.Context, client *clientv3.Client) (clientv3.LeaseID, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if time.Now().Before(l.renewAt) {
		return l.id, nil
	}
	granted, err := client.Grant(ctx, int64((onceLife + leaseShare).Seconds()))
	if err != nil {
		return 0, err
	}
	l.id, l.renewAt = granted.ID, time.Now().Add(leaseShare)
	return l.id, nil
}

// forget makes the next commit ask for a new lease: this one is not there any more.
func (l *lease) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.renewAt = time.Time{}
}
