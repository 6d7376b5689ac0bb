package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"sightline.example/policy"
)

// Commit is the outcome of a change.
type Commit struct {
	Revision int64  // at which it took effect
	Replayed bool   // it had taken effect before: nothing was changed now
	Result   []byte // the earlier result, if Replayed
}

// anytime stands for a revision of the audit head that does not matter.
const anytime = -1

// Commit makes all changes together with their audit record in one transaction,
// or none of them. With a Once it does so at most once; nil means that nobody
// will repeat it. It fails with the error of the first change that can't be
// made, with StoreFull, or with TooLarge above [MaxOps] changes or 1 MiB.
//
// If etcd's answer is lost, Commit finds out what became of the transaction, and
// makes sure that it can't take effect later. Only if that fails too, the
// error is an Unavailable one that says so.
func (s *Store) Commit(ctx context.Context, a Audit, once *Once, ops ...Op) (Commit, error) {
	return s.CommitAt(ctx, anytime, a, once, ops...)
}

// CommitAt is like [Store.Commit], but fails with Conflict if anything was
// committed after the audit head's revision since, which [Store.Everything]
// returns.
func (s *Store) CommitAt(ctx context.Context, since int64, a Audit, once *Once, ops ...Op) (Commit, error) {
	if err := check(ops); err != nil {
		return Commit{}, err
	}
	return s.transact(ctx, since, a, once, func(at state) transaction {
		return s.apply(at.generation, ops)
	})
}

// transact makes a transaction together with its audit and idempotency records.
// It tries again when somebody else was first and the transaction itself still
// could be made.
func (s *Store) transact(ctx context.Context, since int64, a Audit, once *Once, build func(state) transaction) (Commit, error) {
	if err := s.room(); err != nil {
		return Commit{}, err
	}
	if once == nil {
		once = madeUpOnce()
	}
	for {
		done, err := s.once(ctx, since, a, once, build)
		switch {
		case errors.Is(err, errMoved):
			// The pause keeps many sidecars from meeting over and over.
			err = pause(ctx)
		case errors.Is(err, errLost):
			return s.settle(once, err)
		default:
			return done, err
		}
		if err != nil {
			return Commit{}, err
		}
	}
}

// once tries to make the transaction. All changes move the audit head, so that
// those from here would only get into each other's way if they did not queue.
func (s *Store) once(ctx context.Context, since int64, a Audit, once *Once, build func(state) transaction) (Commit, error) {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return Commit{}, fromEtcd(ctx.Err())
	}
	at, done, err := s.begin(ctx, a, once)
	if err != nil || done.Replayed {
		return done, err
	}
	if since != anytime && at.headRevision != since {
		return Commit{}, changedMeanwhile()
	}
	return s.try(ctx, at, a, once, build(at))
}

func changedMeanwhile() error {
	return policy.Errorf(policy.Conflict, "something was changed meanwhile; nothing was done")
}

func pause(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return fromEtcd(ctx.Err())
	case <-time.After(rand.N(10 * time.Millisecond)):
		return nil
	}
}

// errMoved says that somebody else committed in between.
var errMoved = errors.New("the audit head or the generation moved")

// errLost says that there was no answer which tells what became of a commit.
var errLost = errors.New("the answer was lost")

func lost(cause error) error { return fmt.Errorf("%w: %w", errLost, cause) }
