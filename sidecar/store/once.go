package store

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"sync"
	"time"

	"go.etcd.io/etcd/api/v3/mvccpb"
	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/policy"
)

// Once makes a commit take effect once, however often it is sent (IETF draft
// httpapi-idempotency-key-header-07). It also tells the truth about a commit
// whose answer was lost.
type Once struct {
	Key         string // opaque: who sends it, and the Idempotency-Key; up to 128 bytes
	Fingerprint string // of the request; another one under the same key is refused
	Result      []byte // what to answer when the request comes again
}

// onceRecord is what is stored under a Once's key.
type onceRecord struct {
	Fingerprint string `json:"fingerprint"`
	Result      []byte `json:"result,omitempty"`
	Aborted     bool   `json:"aborted,omitempty"` // the commit was given up before it arrived
}

// madeUpOnce is for commits that nobody will repeat: they still need a place
// where their outcome can be found.
func madeUpOnce() *Once { return &Once{Key: rand.Text()} }

func (s *Store) onceKey(o *Once) string { return s.keys.once(hash([]byte(o.Key))) }

// Replay returns the commit that o names, if there was one, with its result. The
// error is a KeyReused one if it had another fingerprint.
func (s *Store) Replay(ctx context.Context, o Once) (done Commit, found bool, err error) {
	answer, err := s.get(ctx, s.onceKey(&o))
	if err != nil || len(answer.Kvs) == 0 {
		return Commit{}, false, err
	}
	done, err = o.replay(answer.Kvs[0])
	return done, err == nil, err
}

// replay reads the record found under o's key.
func (o *Once) replay(kv *mvccpb.KeyValue) (Commit, error) {
	var r onceRecord
	if err := json.Unmarshal(kv.Value, &r); err != nil {
		return Commit{}, err
	}
	switch {
	case r.Aborted:
		return Commit{}, policy.Errorf(policy.Unavailable, "a request with this Idempotency-Key was given up; send it with a new one")
	case r.Fingerprint != o.Fingerprint:
		return Commit{}, policy.Errorf(policy.KeyReused, "this Idempotency-Key came with another request before")
	}
	return Commit{Revision: kv.ModRevision, Replayed: true, Result: r.Result}, nil
}

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
