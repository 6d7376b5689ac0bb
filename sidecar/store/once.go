package store

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"

	"go.etcd.io/etcd/api/v3/mvccpb"

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
	Aborted     bool   `json:"aborted,omitempty"` // a try was given up: it must not take effect
	Erased      bool   `json:"erased,omitempty"`  // the result told of somebody who was erased
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
	return done, done.Replayed, err
}

// replay reads the record found under o's key. The commit is not Replayed if the
// record says that it was given up: then it can be made now.
func (o *Once) replay(kv *mvccpb.KeyValue) (Commit, error) {
	var r onceRecord
	if err := json.Unmarshal(kv.Value, &r); err != nil {
		return Commit{}, fmt.Errorf("idempotency record: %w", err)
	}
	switch {
	case r.Aborted:
		return Commit{}, nil
	case r.Fingerprint != o.Fingerprint:
		return Commit{}, policy.Errorf(policy.KeyReused, "this Idempotency-Key came with another request before")
	case r.Erased:
		return Commit{}, policy.Errorf(policy.Conflict, "this was done before; the answer was erased")
	}
	return Commit{Revision: kv.ModRevision, Replayed: true, Result: r.Result}, nil
}
