package store

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"go.etcd.io/etcd/api/v3/etcdserverpb"
	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/policy"
)

// Entities is all of them but callers' keys.
type Entities struct {
	Clients   []policy.Client
	Employees []policy.Employee
	Groups    []policy.Group
	Projects  []policy.Project
	// Bury returns what is kept of a client that is left out. Nil keeps nothing but the
	// ids.
	Bury func(policy.Client) Grave
}

// Rewrite replaces all clients, employees, groups and projects at once, however
// many they are, and buries the ids that are left out. It writes them beside the
// current ones, as another generation, in many transactions; the last one makes
// that generation the current one, with the audit and idempotency records.
// Readers see the old entities or the new ones, never a mix.
//
// It fails with Conflict if anything was committed after the audit head's
// revision since, which [Store.Everything] returns, with Exists if an id was
// deleted once, and with Invalid if an id is given twice. Nothing is changed then.
func (s *Store) Rewrite(ctx context.Context, a Audit, once *Once, since int64, all Entities) (Commit, error) {
	if err := s.room(); err != nil {
		return Commit{}, err
	}
	gen := rand.Text()
	values, err := s.values(ctx, gen, since, all)
	if err != nil {
		return s.repeated(ctx, once, err)
	}
	if err := s.stage(ctx, gen); err != nil {
		return Commit{}, err
	}
	defer s.cleanup.Go(s.sweep)
	if err := s.write(ctx, gen, values); err != nil {
		return Commit{}, errors.Join(err, s.unstage(gen))
	}
	done, err := s.transact(ctx, since, a, once, func(state) transaction { return s.flip(gen) })
	if err != nil || done.Replayed {
		return done, errors.Join(err, s.unstage(gen))
	}
	return done, nil
}

// repeated returns the outcome of the rewrite that once names, if there was one:
// it is what moved the audit head, then. Otherwise it returns the error.
func (s *Store) repeated(ctx context.Context, once *Once, err error) (Commit, error) {
	if once == nil || policy.CodeOf(err) != policy.Conflict {
		return Commit{}, err
	}
	done, found, rerr := s.Replay(ctx, *once)
	if found || rerr != nil {
		return done, rerr
	}
	return Commit{}, err
}

// flip returns the transaction that makes a staged generation the current one.
func (s *Store) flip(gen string) transaction {
	staged := s.keys.staged(gen)
	return transaction{
		conditions: []clientv3.Cmp{clientv3.Compare(clientv3.CreateRevision(staged), ">", 0)},
		writes:     []clientv3.Op{clientv3.OpPut(s.keys.generation(), gen), clientv3.OpDelete(staged)},
		look:       []clientv3.Op{clientv3.OpGet(staged, clientv3.WithKeysOnly())},
		explain: func(looked []*etcdserverpb.ResponseOp) error {
			if len(looked[0].GetResponseRange().Kvs) == 0 {
				return tookTooLong()
			}
			return nil
		},
	}
}

func tookTooLong() error {
	return policy.Errorf(policy.Conflict, "the import took too long; nothing was done")
}

// stage announces a rewrite. Only while it is staged can a generation be written
// to and become the current one.
func (s *Store) stage(ctx context.Context, gen string) error {
	ctx, cancel := context.WithTimeout(ctx, attempt)
	defer cancel()
	_, err := s.client.Put(ctx, s.keys.staged(gen), time.Now().UTC().Format(time.RFC3339))
	return fromEtcd(err)
}

// unstage gives a rewrite up: its generation can't become the current one any
// more, and is swept away.
func (s *Store) unstage(gen string) error {
	ctx, cancel := context.WithTimeout(s.ctx, settleLimit)
	defer cancel()
	_, err := s.client.Delete(ctx, s.keys.staged(gen))
	return fromEtcd(err)
}

const maxPuts = 100

// write puts values in transactions that keep to etcd's limits. One that gets no
// answer is sent again: the condition keeps it from taking effect so late that
// the generation is the current one, and has been changed.
func (s *Store) write(ctx context.Context, gen string, values []pair) error {
	staged := clientv3.Compare(clientv3.CreateRevision(s.keys.staged(gen)), ">", 0)
	for len(values) > 0 {
		puts := nextPuts(values)
		answer, err := do(ctx, func(ctx context.Context) (*clientv3.TxnResponse, error) {
			return s.client.Txn(ctx).If(staged).Then(puts...).Commit()
		})
		if err != nil {
			return err
		}
		if !answer.Succeeded {
			return tookTooLong()
		}
		values = values[len(puts):]
	}
	return nil
}

func nextPuts(values []pair) []clientv3.Op {
	var puts []clientv3.Op
	size := 0
	for _, v := range values {
		if size += len(v.key) + len(v.value); len(puts) == maxPuts || size > maxCommit {
			break
		}
		puts = append(puts, clientv3.OpPut(v.key, v.value))
	}
	return puts
}
