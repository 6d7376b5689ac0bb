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
	id    string     // empty: it is about none
	key   *audit.Key // nil: the person was erased
	fresh bool       // it is not in the store yet
}

// storedKey is the stored form of a person's key, or of the news that there was
// one: who was erased stays so.
type storedKey struct {
	V      int    `json:"v"`
	Key    []byte `json:"key,omitempty"` // base64
	Erased bool   `json:"erased,omitempty"`
}

// person returns the key that was found for a person, or a new one.
func person(id string, kvs []*mvccpb.KeyValue) (personKey, error) {
	if len(kvs) == 0 {
		key := audit.NewKey()
		return personKey{id: id, key: &key, fresh: true}, nil
	}
	key, err := parseKey(kvs[0].Value)
	return personKey{id: id, key: key}, err
}

// parseKey returns nil for a person who was erased.
func parseKey(text []byte) (*audit.Key, error) {
	var stored storedKey
	if err := json.Unmarshal(text, &stored); err != nil {
		return nil, fmt.Errorf("a person's key: %w", err)
	}
	switch {
	case stored.V != version:
		return nil, fmt.Errorf("a person's key: version %d, not %d", stored.V, version)
	case stored.Erased && stored.Key == nil:
		return nil, nil
	case len(stored.Key) != len(audit.Key{}):
		return nil, fmt.Errorf("a person's key: %d bytes", len(stored.Key))
	}
	key := audit.Key(stored.Key)
	return &key, nil
}

// seal returns what is written of an entry: what is personal in it sealed, or
// left out if the person was erased. The transaction sees to the key.
func (p personKey) seal(k keys, a Audit, t *transaction) (Audit, *audit.Sealed, error) {
	if p.key == nil {
		bare, err := a.Bare()
		return bare, nil, err
	}
	entry, sealed, err := a.Seal(*p.key)
	if err == nil && sealed != nil {
		err = p.keep(k, t)
	}
	return entry, sealed, err
}

// keep adds a new key to a transaction. That nobody else made one meanwhile needs
// no condition: whoever does moves the audit head.
func (p personKey) keep(k keys, t *transaction) error {
	if !p.fresh {
		return nil
	}
	text, err := json.Marshal(storedKey{V: version, Key: p.key[:]})
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
			if keys[id], err = parseKey(kvs[0].Value); err != nil {
				return nil, err
			}
		}
	}
	return keys, nil
}

// Erase makes all that audit records tell of a client unreadable for good, in
// the store, in the archive and in exports, by forgetting the key it is sealed
// with: together with the changes and the audit record of this, like
// [Store.Commit]. What would be personal in that record, and in later ones, is
// left out. Kept answers that name the client are erased before. To erase
// somebody again, or who was never known, is no error.
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
	erased, err := json.Marshal(storedKey{V: version, Erased: true})
	if err != nil {
		return Commit{}, err
	}
	if err := s.eraseAnswers(ctx, client); err != nil {
		return Commit{}, err
	}
	return s.transact(ctx, anytime, bare, once, func(at state) transaction {
		t := s.apply(at.generation, ops)
		t.writes = append(t.writes, clientv3.OpPut(s.keys.person(string(client)), string(erased)))
		return t
	})
}
