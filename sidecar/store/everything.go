package store

import (
	"context"
	"strings"

	"go.etcd.io/etcd/api/v3/mvccpb"
	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/policy"
)

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
