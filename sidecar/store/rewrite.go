package store

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"time"

	"go.etcd.io/etcd/api/v3/etcdserverpb"
	"go.etcd.io/etcd/api/v3/mvccpb"
	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/policy"
)

// Entities is all of them but callers' keys.
type Entities struct {
	Clients   []policy.Client
	Employees []policy.Employee
	Groups    []policy.Group
	Projects  []policy.Project
}

// Ref names an entity.
type Ref struct {
	Kind policy.Kind
	ID   string
}

// All is all that an import compares its document with, at one revision.
type All struct {
	Clients    []Versioned[policy.Client]
	Employees  []Versioned[policy.Employee]
	Groups     []Versioned[policy.Group]
	Projects   []Versioned[policy.Project]
	Unreadable []*Unreadable // the values that can't be read
	Gone       []Ref         // what was deleted once
	Since      int64         // revision of the audit head, for CommitAt and Rewrite
	Revision   int64
}

// Everything reads all entities, and the ids that were deleted.
func (s *Store) Everything(ctx context.Context) (All, error) {
	var all All
	answer, err := do(ctx, func(ctx context.Context) (*clientv3.TxnResponse, error) {
		return s.client.Txn(ctx).Then(clientv3.OpGet(s.keys.generation()), clientv3.OpGet(s.keys.auditHead())).Commit()
	})
	if err != nil {
		return all, err
	}
	generation, head := found(answer, 0), found(answer, 1)
	if len(generation) == 0 {
		return all, errNoGeneration
	}
	all.Revision = answer.Header.Revision
	if len(head) > 0 {
		all.Since = head[0].ModRevision
	}
	gen := string(generation[0].Value)
	err = s.each(ctx, s.keys.entities(gen), all.Revision, func(kv *mvccpb.KeyValue) { all.add(s.keys, gen, kv) })
	if err != nil {
		return all, err
	}
	err = s.each(ctx, s.keys.graves(), all.Revision, func(kv *mvccpb.KeyValue) {
		kind, id, _ := strings.Cut(strings.TrimPrefix(string(kv.Key), s.keys.graves()), "/")
		all.Gone = append(all.Gone, Ref{policy.Kind(kind), id})
	})
	return all, err
}

func (all *All) add(k keys, gen string, kv *mvccpb.KeyValue) {
	kind, id, _ := k.parse(gen, string(kv.Key))
	value, err := decodeAny(kind, id, kv.Value)
	if err != nil {
		all.Unreadable = append(all.Unreadable, &Unreadable{kind, id, kv.ModRevision, err})
		return
	}
	switch v := value.(type) {
	case *policy.Client:
		all.Clients = append(all.Clients, Versioned[policy.Client]{*v, kv.ModRevision})
	case *policy.Employee:
		all.Employees = append(all.Employees, Versioned[policy.Employee]{*v, kv.ModRevision})
	case *policy.Group:
		all.Groups = append(all.Groups, Versioned[policy.Group]{*v, kv.ModRevision})
	case *policy.Project:
		all.Projects = append(all.Projects, Versioned[policy.Project]{*v, kv.ModRevision})
	}
}

// refs names all entities, readable or not.
func (all *All) refs() []Ref {
	var refs []Ref
	for _, v := range all.Clients {
		refs = append(refs, Ref{policy.KindClients, string(v.Value.ID)})
	}
	for _, v := range all.Employees {
		refs = append(refs, Ref{policy.KindEmployees, string(v.Value.ID)})
	}
	for _, v := range all.Groups {
		refs = append(refs, Ref{policy.KindGroups, string(v.Value.ID)})
	}
	for _, v := range all.Projects {
		refs = append(refs, Ref{policy.KindProjects, string(v.Value.ID)})
	}
	for _, u := range all.Unreadable {
		refs = append(refs, Ref{u.Kind, u.ID})
	}
	return refs
}

// Rewrite replaces all clients, employees, groups and projects at once, however
// many they are, and buries the ids that are left out. It writes them beside the current
// ones, as another generation, in many transactions; the last one makes that
// generation the current one, with the audit and idempotency records. Readers
// see the old entities or the new ones, never a mix.
//
// It fails with Conflict if anything was committed after the audit head's
// revision since, which [Store.Everything] returns; nothing is changed then.
func (s *Store) Rewrite(ctx context.Context, a Audit, once *Once, since int64, all Entities) (Commit, error) {
	if err := s.room(); err != nil {
		return Commit{}, err
	}
	gen := rand.Text()
	values, err := s.values(ctx, gen, since, all)
	if err != nil {
		return Commit{}, err
	}
	if _, err := s.client.Put(ctx, s.keys.staged(gen), time.Now().UTC().Format(time.RFC3339)); err != nil {
		return Commit{}, fromEtcd(err)
	}
	defer s.cleanup.Go(s.sweep)
	if err := s.write(ctx, values); err != nil {
		return Commit{}, errors.Join(err, s.unstage(gen))
	}
	var old string
	done, err := s.transact(ctx, since, a, once, func(at state) transaction {
		old = at.generation
		return transaction{
			conditions: []clientv3.Cmp{clientv3.Compare(clientv3.CreateRevision(s.keys.staged(gen)), ">", 0)},
			writes:     []clientv3.Op{clientv3.OpPut(s.keys.generation(), gen), clientv3.OpDelete(s.keys.staged(gen))},
			look:       []clientv3.Op{clientv3.OpGet(s.keys.staged(gen), clientv3.WithKeysOnly())},
			explain: func(looked []*etcdserverpb.ResponseOp) error {
				if len(looked[0].GetResponseRange().Kvs) == 0 {
					return policy.Errorf(policy.Conflict, "the import took too long; nothing was done")
				}
				return nil
			},
		}
	})
	if err != nil || done.Replayed {
		return done, errors.Join(err, s.unstage(gen))
	}
	s.log.Debug("the generation was replaced", "old", old, "new", gen)
	return done, nil
}

// pair is a key and its value.
type pair struct{ key, value string }

// values returns all that a rewrite writes: the entities in their generation, and
// the tombstones of those it leaves out.
func (s *Store) values(ctx context.Context, gen string, since int64, all Entities) ([]pair, error) {
	stored, err := s.Everything(ctx)
	switch {
	case err != nil:
		return nil, err
	case stored.Since != since:
		return nil, changedMeanwhile()
	}
	var values []pair
	err = errors.Join(
		encodeAll(s.keys, gen, clients, all.Clients, &values),
		encodeAll(s.keys, gen, employees, all.Employees, &values),
		encodeAll(s.keys, gen, groups, all.Groups, &values),
		encodeAll(s.keys, gen, projects, all.Projects, &values),
	)
	if err != nil {
		return nil, err
	}
	kept := make(map[string]bool, len(values))
	for _, v := range values {
		kept[v.key] = true
	}
	for _, ref := range stored.refs() {
		if !kept[s.keys.entity(gen, ref.Kind, ref.ID)] {
			values = append(values, pair{s.keys.gone(ref.Kind, ref.ID), ""})
		}
	}
	return values, nil
}

func encodeAll[T any](k keys, gen string, e entity[T], all []T, values *[]pair) error {
	for i := range all {
		id := e.id(&all[i])
		text, err := e.encode(id, &all[i])
		if err != nil {
			return err
		}
		*values = append(*values, pair{k.entity(gen, e.kind, id), string(text)})
	}
	return nil
}

// write puts values in transactions that keep to etcd's limits.
func (s *Store) write(ctx context.Context, values []pair) error {
	for len(values) > 0 {
		var puts []clientv3.Op
		size := 0
		for _, v := range values {
			if size += len(v.key) + len(v.value); len(puts) == maxPuts || size > maxCommit {
				break
			}
			puts = append(puts, clientv3.OpPut(v.key, v.value))
		}
		if _, err := s.client.Txn(ctx).Then(puts...).Commit(); err != nil {
			return fromEtcd(err)
		}
		values = values[len(puts):]
	}
	return nil
}

const maxPuts = 100

// unstage gives a rewrite up: its generation can't become the current one any
// more, and is swept away.
func (s *Store) unstage(gen string) error {
	ctx, cancel := context.WithTimeout(s.ctx, settleLimit)
	defer cancel()
	_, err := s.client.Delete(ctx, s.keys.staged(gen))
	return fromEtcd(err)
}

// stagedLife is how long a rewrite may take before a sweep takes it for broken off.
const stagedLife = time.Hour

// sweep removes the generations that are neither current nor being written. A
// rewrite can become current only while it is staged, so what is swept can't.
func (s *Store) sweep() {
	err := s.sweepGenerations(s.ctx)
	if err != nil && s.ctx.Err() == nil {
		s.log.Warn("old generations were not removed; the next start tries again", "error", err)
	}
}

func (s *Store) sweepGenerations(ctx context.Context) error {
	staged, err := s.liveStages(ctx)
	if err != nil {
		return err
	}
	end := clientv3.GetPrefixRangeEnd(s.keys.generations())
	for from := s.keys.generations(); ; {
		answer, err := s.get(ctx, from, clientv3.WithRange(end), clientv3.WithLimit(1), clientv3.WithKeysOnly())
		if err != nil || len(answer.Kvs) == 0 {
			return err
		}
		gen, _, _ := strings.Cut(strings.TrimPrefix(string(answer.Kvs[0].Key), s.keys.generations()), "/")
		if err := s.sweepOne(ctx, gen, staged); err != nil {
			return err
		}
		from = clientv3.GetPrefixRangeEnd(s.keys.entities(gen))
	}
}

// sweepOne removes a generation in parts, unless it is in use. What is current
// is asked anew for each, after the stages were: a staged one may have become so.
func (s *Store) sweepOne(ctx context.Context, gen string, staged map[string]bool) error {
	current, err := s.currentGeneration(ctx)
	if err != nil || gen == current || staged[gen] {
		return err
	}
	folder := s.keys.entities(gen)
	for {
		answer, err := s.get(ctx, folder, clientv3.WithPrefix(), clientv3.WithLimit(page), clientv3.WithKeysOnly())
		if err != nil || len(answer.Kvs) == 0 {
			return err
		}
		last := string(answer.Kvs[len(answer.Kvs)-1].Key) + "\x00"
		if _, err := s.client.Delete(ctx, folder, clientv3.WithRange(last)); err != nil {
			return fromEtcd(err)
		}
	}
}

// liveStages returns the rewrites under way. It ends those that are too old.
func (s *Store) liveStages(ctx context.Context) (map[string]bool, error) {
	folder := s.keys.staged("")
	answer, err := s.get(ctx, folder, clientv3.WithPrefix())
	if err != nil {
		return nil, err
	}
	live := map[string]bool{}
	for _, kv := range answer.Kvs {
		gen := strings.TrimPrefix(string(kv.Key), folder)
		begun, err := time.Parse(time.RFC3339, string(kv.Value))
		if err == nil && time.Since(begun) < stagedLife {
			live[gen] = true
		} else if err := s.unstage(gen); err != nil {
			return nil, err
		}
	}
	return live, nil
}
