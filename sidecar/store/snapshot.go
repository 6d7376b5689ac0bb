package store

import (
	"context"
	"errors"

	"go.etcd.io/etcd/api/v3/mvccpb"
	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/policy"
)

// Snapshot is everything decisions depend on, at one revision.
type Snapshot struct {
	Revision   int64
	Epoch      Epoch
	Generation string
	Changes    []policy.Change // every entity there is, each once
	Unreadable []*Unreadable   // the values that can't be read; their changes are marked
}

// How many keys one read of many takes: few at first, then as many as come to
// pageSize. Each read costs etcd a walk over all the keys that are left, since it
// counts them.
const (
	page     = 500
	maxPage  = 10_000
	pageSize = 4 << 20 // bytes
)

// nextPage returns how many keys the read after an answer takes.
func nextPage(last *clientv3.GetResponse) int64 {
	size := 0
	for _, kv := range last.Kvs {
		size += len(kv.Key) + len(kv.Value)
	}
	return int64(min(max(page, pageSize*len(last.Kvs)/max(1, size)), maxPage))
}

// Snapshot reads everything at one revision.
func (s *Store) Snapshot(ctx context.Context) (Snapshot, error) {
	snap, err := s.identify(ctx)
	if err != nil {
		return snap, err
	}
	folders := []string{s.keys.entities(snap.Generation)}
	for _, kind := range followed() {
		folders = append(folders, s.keys.kind("", kind))
	}
	for _, folder := range folders {
		err := s.each(ctx, folder, snap.Revision, func(kv *mvccpb.KeyValue) {
			change, broken := s.change(snap.Generation, kv)
			snap.Changes = append(snap.Changes, change)
			if broken != nil {
				snap.Unreadable = append(snap.Unreadable, broken)
			}
		})
		if err != nil {
			return snap, err
		}
	}
	return snap, nil
}

// identify reads the epoch and the generation, at one revision.
func (s *Store) identify(ctx context.Context) (Snapshot, error) {
	answer, err := do(ctx, func(ctx context.Context) (*clientv3.TxnResponse, error) {
		return s.client.Txn(ctx).Then(clientv3.OpGet(s.keys.epoch()), clientv3.OpGet(s.keys.generation())).Commit()
	})
	if err != nil {
		return Snapshot{}, err
	}
	epoch, generation := found(answer, 0), found(answer, 1)
	if len(epoch) == 0 || len(generation) == 0 {
		return Snapshot{}, errors.New("the store has no epoch or no generation")
	}
	snap := Snapshot{Revision: answer.Header.Revision, Generation: string(generation[0].Value)}
	snap.Epoch, err = parseEpoch(epoch[0].Value)
	return snap, err
}

// each calls yield for every key in a folder as of a revision, in pages.
func (s *Store) each(ctx context.Context, folder string, revision int64, yield func(*mvccpb.KeyValue)) error {
	end := clientv3.GetPrefixRangeEnd(folder)
	limit := int64(page)
	for from := folder; ; {
		answer, err := s.get(ctx, from, clientv3.WithRange(end), clientv3.WithLimit(limit), clientv3.WithRev(revision))
		if err != nil {
			return err
		}
		for _, kv := range answer.Kvs {
			yield(kv)
			from = string(kv.Key) + "\x00"
		}
		if !answer.More {
			return nil
		}
		limit = nextPage(answer)
	}
}

// change returns what a stored value means to readers.
func (s *Store) change(gen string, kv *mvccpb.KeyValue) (policy.Change, *Unreadable) {
	kind, id, _ := s.keys.parse(gen, string(kv.Key))
	value, err := decodeAny(kind, id, kv.Value)
	if err != nil {
		return policy.Change{Kind: kind, ID: id, Unreadable: true, Revision: kv.ModRevision}, &Unreadable{kind, id, kv.ModRevision, err}
	}
	return policy.Change{Kind: kind, ID: id, Value: value, Revision: kv.ModRevision}, nil
}
