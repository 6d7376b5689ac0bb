package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"go.etcd.io/etcd/api/v3/mvccpb"
	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/policy"
	"sightline.example/sidecar/audit"
)

// personKey is the key of the person whom a commit's audit record is about.
type personKey struct {
	id       string // empty: it is about none
	key      audit.Key
	revision int64 // 0: it is a new one
}

// storedKey is the stored form of a person's key.
type storedKey struct {
	V   int    `json:"v"`
	Key []byte `json:"key"` // base64
}

// person returns the key that was found for a person, or a new one.
func person(id string, kvs []*mvccpb.KeyValue) (personKey, error) {
	if len(kvs) == 0 {
		return personKey{id: id, key: audit.NewKey()}, nil
	}
	key, err := parseKey(kvs[0].Value)
	return personKey{id, key, kvs[0].ModRevision}, err
}

func parseKey(text []byte) (audit.Key, error) {
	var stored storedKey
	if err := json.Unmarshal(text, &stored); err != nil {
		return audit.Key{}, fmt.Errorf("a person's key: %w", err)
	}
	if stored.V != version || len(stored.Key) != len(audit.Key{}) {
		return audit.Key{}, fmt.Errorf("a person's key: version %d of %d bytes can't be read", stored.V, len(stored.Key))
	}
	return audit.Key(stored.Key), nil
}

// keep adds to a transaction that the key is still there, or put there.
func (p personKey) keep(k keys, t *transaction) error {
	t.conditions = append(t.conditions, clientv3.Compare(clientv3.ModRevision(k.person(p.id)), "=", p.revision))
	if p.revision != 0 {
		return nil
	}
	text, err := json.Marshal(storedKey{version, p.key[:]})
	if err != nil {
		return err
	}
	t.writes = append(t.writes, clientv3.OpPut(k.person(p.id), string(text)))
	return nil
}

// maxGets is how many keys are read at once; etcd takes 128.
const maxGets = 100

// peopleKeys returns the keys of people; those that were erased have none.
func (s *Store) peopleKeys(ctx context.Context, ids []string) (map[string]*audit.Key, error) {
	keys := map[string]*audit.Key{}
	slices.Sort(ids)
	for part := range slices.Chunk(slices.Compact(ids), maxGets) {
		gets := make([]clientv3.Op, len(part))
		for i, id := range part {
			gets[i] = clientv3.OpGet(s.keys.person(id))
		}
		answer, err := do(ctx, func(ctx context.Context) (*clientv3.TxnResponse, error) {
			return s.client.Txn(ctx).Then(gets...).Commit()
		})
		if err != nil {
			return nil, err
		}
		for i, id := range part {
			kvs := found(answer, i)
			if len(kvs) == 0 {
				continue
			}
			key, err := parseKey(kvs[0].Value)
			if err != nil {
				return nil, err
			}
			keys[id] = &key
		}
	}
	return keys, nil
}

// Erase makes all that audit records tell of a client unreadable for good, in
// the store, in the archive and in exports, by removing the key it is sealed
// with: together with the changes and the audit record of this, like
// [Store.Commit]. What would be personal in that record is left out of it. That
// there is no key is no error.
//
// The key stays where copies of the store are: in backups, and in etcd's history
// until it is compacted.
func (s *Store) Erase(ctx context.Context, a Audit, once *Once, client policy.ClientID, ops ...Op) (Commit, error) {
	if err := policy.CheckID("client", string(client)); err != nil {
		return Commit{}, err
	}
	if err := check(ops); err != nil {
		return Commit{}, err
	}
	bare, err := a.Bare()
	if err != nil {
		return Commit{}, err
	}
	return s.transact(ctx, anytime, bare, once, func(at state) transaction {
		t := s.apply(at.generation, ops)
		t.writes = append(t.writes, clientv3.OpDelete(s.keys.person(string(client))))
		return t
	})
}
