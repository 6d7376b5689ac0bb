package store

import (
	"context"
	"fmt"
	"iter"

	"go.etcd.io/etcd/api/v3/mvccpb"
	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/policy"
)

// Batch is one whole revision: all it changed, or only the news that nothing
// that matters was changed up to it.
type Batch struct {
	Revision   int64
	Changes    []policy.Change
	Unreadable []*Unreadable
}

// Watch gives every revision after a snapshot's, whole and in order. It ends
// with an error and then has to be followed by another snapshot, whatever the
// error: the history is compacted, the order broken, the leader lost, the epoch
// or the generation another. It goes on until ctx ends or yield returns false.
func (s *Store) Watch(ctx context.Context, after Snapshot) iter.Seq2[Batch, error] {
	return func(yield func(Batch, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		applied := after.Revision
		watch := s.client.Watch(
			clientv3.WithRequireLeader(ctx), s.keys.live(),
			clientv3.WithPrefix(),
			clientv3.WithRev(applied+1),
			clientv3.WithProgressNotify(),
			clientv3.WithCreatedNotify(),
		)
		for answer := range watch {
			batches, err := s.batches(after.Generation, applied, answer)
			for _, batch := range batches {
				applied = batch.Revision
				if !yield(batch, nil) {
					return
				}
			}
			if err != nil {
				yield(Batch{}, err)
				return
			}
		}
		yield(Batch{}, fmt.Errorf("%w: the watch ended: %w", ErrResync, context.Cause(ctx)))
	}
}

// batches groups the events of an answer by revision. On an error, what comes
// before it is whole.
func (s *Store) batches(gen string, applied int64, answer clientv3.WatchResponse) ([]Batch, error) {
	if err := answer.Err(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrResync, err)
	}
	var all []Batch
	for _, event := range answer.Events {
		revision := event.Kv.ModRevision
		if revision <= applied {
			return all, fmt.Errorf("%w: revision %d came after %d", ErrResync, revision, applied)
		}
		if len(all) == 0 || all[len(all)-1].Revision < revision {
			all = append(all, Batch{Revision: revision})
		}
		last := &all[len(all)-1]
		if last.Revision > revision {
			return nil, fmt.Errorf("%w: revision %d came after %d", ErrResync, revision, last.Revision)
		}
		switch string(event.Kv.Key) {
		case s.keys.generation():
			return all[:len(all)-1], ErrReplaced
		case s.keys.epoch():
			return all[:len(all)-1], fmt.Errorf("%w: the epoch was written", ErrResync)
		}
		s.add(last, gen, event)
	}
	if progress := answer.Header.Revision; answer.IsProgressNotify() && progress > applied {
		all = append(all, Batch{Revision: progress})
	}
	return all, nil
}

func (s *Store) add(b *Batch, gen string, event *clientv3.Event) {
	kind, id, ours := s.keys.parse(gen, string(event.Kv.Key))
	switch {
	case !ours:
	case event.Type == mvccpb.DELETE:
		b.Changes = append(b.Changes, policy.Change{Kind: kind, ID: id, Revision: event.Kv.ModRevision})
	default:
		change, broken := s.change(gen, event.Kv)
		b.Changes = append(b.Changes, change)
		if broken != nil {
			b.Unreadable = append(b.Unreadable, broken)
		}
	}
}

// RequestProgress asks for a batch that tells how far the watches have come.
// The context must carry no gRPC metadata, as the one of the watch: etcd answers
// on streams with the same metadata only.
func (s *Store) RequestProgress(ctx context.Context) error {
	return fromEtcd(s.client.RequestProgress(clientv3.WithRequireLeader(ctx)))
}
