package store

import (
	"context"
	"slices"
	"strings"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
)

// stagedLife is how long a rewrite may take before a sweep takes it for broken off.
const stagedLife = time.Hour

// sweep removes the generations that are neither current nor being written.
func (s *Store) sweep() {
	err := s.sweepGenerations(s.ctx)
	if err != nil && s.ctx.Err() == nil {
		s.log.Warn("old generations were not removed; the next start tries again", "error", err)
	}
}

func (s *Store) sweepGenerations(ctx context.Context) error {
	if err := s.unstageOld(ctx); err != nil {
		return err
	}
	end := clientv3.GetPrefixRangeEnd(s.keys.generations())
	for from := s.keys.generations(); ; {
		answer, err := s.get(ctx, from, clientv3.WithRange(end), clientv3.WithLimit(1), clientv3.WithKeysOnly())
		if err != nil || len(answer.Kvs) == 0 {
			return err
		}
		gen, _, _ := strings.Cut(strings.TrimPrefix(string(answer.Kvs[0].Key), s.keys.generations()), "/")
		used, err := s.inUse(ctx, gen)
		if err != nil {
			return err
		}
		if !used {
			err = s.remove(ctx, gen)
		}
		if err != nil {
			return err
		}
		from = clientv3.GetPrefixRangeEnd(s.keys.entities(gen))
	}
}

// inUse reports whether a generation that has entities is the current one, or
// can still become it. It is staged before it has any, so that one found to be
// neither stays so for good.
func (s *Store) inUse(ctx context.Context, gen string) (bool, error) {
	answer, err := do(ctx, func(ctx context.Context) (*clientv3.TxnResponse, error) {
		return s.client.Txn(ctx).Then(clientv3.OpGet(s.keys.generation()), clientv3.OpGet(s.keys.staged(gen))).Commit()
	})
	if err != nil {
		return false, err
	}
	current, staged := found(answer, 0), found(answer, 1)
	if len(current) == 0 {
		return false, errNoGeneration
	}
	return string(current[0].Value) == gen || len(staged) > 0, nil
}

// remove deletes a generation, addresses first: what is left of one that is not
// removed whole is found by its entities.
func (s *Store) remove(ctx context.Context, gen string) error {
	if err := s.removeAll(ctx, s.keys.addresses(gen)); err != nil {
		return err
	}
	return s.removeAll(ctx, s.keys.entities(gen))
}

// removeAll deletes a folder.
func (s *Store) removeAll(ctx context.Context, folder string) error {
	return s.removeRange(ctx, folder, clientv3.GetPrefixRangeEnd(folder))
}

// removeRange deletes keys in parts, which keeps each transaction short. Each goes
// on where the one before ended: etcd keeps what is deleted in its index until the
// next compaction, and would walk over all of it.
func (s *Store) removeRange(ctx context.Context, from, end string) error {
	for {
		answer, err := s.get(ctx, from, clientv3.WithRange(end), clientv3.WithLimit(maxPage), clientv3.WithKeysOnly())
		if err != nil || len(answer.Kvs) == 0 {
			return err
		}
		for part := range slices.Chunk(answer.Kvs, page) {
			last := string(part[len(part)-1].Key) + "\x00"
			_, err := do(ctx, func(ctx context.Context) (*clientv3.DeleteResponse, error) {
				return s.client.Delete(ctx, from, clientv3.WithRange(last))
			})
			if err != nil {
				return err
			}
			from = last
		}
	}
}

// unstageOld ends the rewrites that are too old to be still under way.
func (s *Store) unstageOld(ctx context.Context) error {
	folder := s.keys.staged("")
	answer, err := s.get(ctx, folder, clientv3.WithPrefix())
	if err != nil {
		return err
	}
	for _, kv := range answer.Kvs {
		begun, err := time.Parse(time.RFC3339, string(kv.Value))
		if err == nil && time.Since(begun) < stagedLife {
			continue
		}
		if err := s.unstage(strings.TrimPrefix(string(kv.Key), folder)); err != nil {
			return err
		}
	}
	return nil
}
