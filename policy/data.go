package policy

import (
	"cmp"
	"iter"
	"slices"
)

// Data is everything decisions depend on, at one revision. It is immutable:
// [Data.Apply] returns a new one that shares what did not change, at a cost
// that depends on the change alone. All methods are safe for concurrent use;
// what they return must not be modified. The zero Data is empty.
type Data struct {
	revision int64

	clients   trie[ClientID, *Client] // nil for a client that can't be read
	employees trie[EmployeeID, *Employee]
	groups    trie[GroupID, *Group]
	projects  trie[ProjectID, *Project]
	keys      trie[KeyID, *Key]

	// Indexes. They hold the memberships of dead groups and projects too, since
	// these cost nothing until asked for; every reader asks for life first.
	groupMembers   trie[GroupID, trie[EmployeeID, struct{}]]
	projectMembers trie[ProjectID, trie[EmployeeID, struct{}]]
	shared         trie[groupProject, int] // how many employees belong to both
	keysByDigest   trie[Digest, KeyID]
}

type groupProject struct {
	group   GroupID
	project ProjectID
}

// Change is one entity that was written or removed.
type Change struct {
	Kind Kind
	ID   string
	// Value is the entity: *Client, *Employee, *Group, *Project or *Key, as Kind
	// says. Nil means there is none: it was deleted, or it can't be read.
	Value any
	// Unreadable tells a value that can't be read from a deleted one.
	Unreadable bool
}

// Kind names a kind of entity. It is also the folder of its keys in the store
// and the name of its collection in the admin API.
type Kind string

// The kinds.
const (
	KindClients   Kind = "clients"
	KindEmployees Kind = "employees"
	KindGroups    Kind = "groups"
	KindProjects  Kind = "projects"
	KindKeys      Kind = "keys"
)

// Apply returns d with the changes made, at the given revision. A change whose
// Value is not of its Kind counts as unreadable.
func (d *Data) Apply(revision int64, changes ...Change) *Data {
	next := *d
	next.revision = revision
	for _, c := range changes {
		next.apply(c)
	}
	return &next
}

func (d *Data) apply(c Change) {
	switch c.Kind {
	case KindClients:
		client, _ := c.Value.(*Client)
		d.setClient(ClientID(c.ID), client, c.Value != nil || c.Unreadable)
	case KindEmployees:
		employee, _ := c.Value.(*Employee)
		d.setEmployee(EmployeeID(c.ID), employee)
	case KindGroups:
		group, _ := c.Value.(*Group)
		d.groups = set(d.groups, GroupID(c.ID), group)
	case KindProjects:
		project, _ := c.Value.(*Project)
		d.projects = set(d.projects, ProjectID(c.ID), project)
	case KindKeys:
		key, _ := c.Value.(*Key)
		d.setKey(KeyID(c.ID), key)
	}
}

func set[K comparable, V any](t trie[K, *V], key K, value *V) trie[K, *V] {
	if value == nil {
		return t.without(key)
	}
	return t.with(key, value)
}

func (d *Data) setClient(id ClientID, c *Client, present bool) {
	if !present {
		d.clients = d.clients.without(id)
		return
	}
	d.clients = d.clients.with(id, c)
}

func (d *Data) setKey(id KeyID, k *Key) {
	if old, ok := d.keys.get(id); ok {
		d.keysByDigest = d.keysByDigest.without(old.Digest)
	}
	d.keys = set(d.keys, id, k)
	if k != nil {
		d.keysByDigest = d.keysByDigest.with(k.Digest, id)
	}
}

func (d *Data) setEmployee(id EmployeeID, e *Employee) {
	if old, ok := d.employees.get(id); ok {
		d.index(old, false)
	}
	d.employees = set(d.employees, id, e)
	if e != nil {
		d.index(e, true)
	}
}

// index adds an employee's memberships to the indexes, or takes them out.
func (d *Data) index(e *Employee, add bool) {
	for _, g := range e.Groups {
		d.groupMembers = member(d.groupMembers, g, e.ID, add)
		for _, p := range e.Projects {
			d.share(groupProject{g, p}, add)
		}
	}
	for _, p := range e.Projects {
		d.projectMembers = member(d.projectMembers, p, e.ID, add)
	}
}

func member[K comparable](t trie[K, trie[EmployeeID, struct{}]], of K, e EmployeeID, add bool) trie[K, trie[EmployeeID, struct{}]] {
	members, _ := t.get(of)
	if add {
		return t.with(of, members.with(e, struct{}{}))
	}
	if members = members.without(e); members.size == 0 {
		return t.without(of)
	}
	return t.with(of, members)
}

func (d *Data) share(key groupProject, add bool) {
	n, _ := d.shared.get(key)
	switch {
	case add:
		d.shared = d.shared.with(key, n+1)
	case n > 1:
		d.shared = d.shared.with(key, n-1)
	default:
		d.shared = d.shared.without(key)
	}
}

// Revision returns the etcd revision d stands at.
func (d *Data) Revision() int64 { return d.revision }

// Client returns a client. A client that is stored but can't be read gives
// nil and true.
func (d *Data) Client(id ClientID) (*Client, bool) { return d.clients.get(id) }

// Employee returns an employee.
func (d *Data) Employee(id EmployeeID) (*Employee, bool) { return d.employees.get(id) }

// Group returns a group.
func (d *Data) Group(id GroupID) (*Group, bool) { return d.groups.get(id) }

// Project returns a project.
func (d *Data) Project(id ProjectID) (*Project, bool) { return d.projects.get(id) }

// Key returns the key whose text has the digest.
func (d *Data) Key(digest Digest) (*Key, bool) {
	id, ok := d.keysByDigest.get(digest)
	if !ok {
		return nil, false
	}
	return d.keys.get(id)
}

// InGroup reports whether the employee is in the group and both exist.
func (d *Data) InGroup(e EmployeeID, g GroupID) bool {
	members, _ := d.groupMembers.get(g)
	return d.groups.has(g) && members.has(e)
}

// OnProject reports whether the employee is a member of the project and both exist.
func (d *Data) OnProject(e EmployeeID, p ProjectID) bool {
	members, _ := d.projectMembers.get(p)
	return d.projects.has(p) && members.has(e)
}

// Shared reports whether some employee is both in the group and a member of
// the project, and all three exist.
func (d *Data) Shared(g GroupID, p ProjectID) bool {
	return d.groups.has(g) && d.projects.has(p) && d.shared.has(groupProject{g, p})
}

// GroupSize returns how many employees are in the group; 0 if there is none.
func (d *Data) GroupSize(g GroupID) int {
	if !d.groups.has(g) {
		return 0
	}
	members, _ := d.groupMembers.get(g)
	return members.size
}

// GroupMembers returns the employees in a group, in no order.
func (d *Data) GroupMembers(g GroupID) iter.Seq[EmployeeID] {
	if !d.groups.has(g) {
		return func(func(EmployeeID) bool) {}
	}
	members, _ := d.groupMembers.get(g)
	return keys(members)
}

// ProjectMembers returns the members of a project, in no order.
func (d *Data) ProjectMembers(p ProjectID) iter.Seq[EmployeeID] {
	if !d.projects.has(p) {
		return func(func(EmployeeID) bool) {}
	}
	members, _ := d.projectMembers.get(p)
	return keys(members)
}

// BelongsTo reports whether the project belongs to the group and both exist.
func (d *Data) BelongsTo(p ProjectID, g GroupID) bool {
	project, ok := d.projects.get(p)
	return ok && d.groups.has(g) && slices.Contains(project.Groups, g)
}

// ClientIDs returns the ids of all clients, in no order: those that can't be
// read too.
func (d *Data) ClientIDs() iter.Seq[ClientID] { return keys(d.clients) }

// EmployeeIDs returns the ids of all employees, in no order.
func (d *Data) EmployeeIDs() iter.Seq[EmployeeID] { return keys(d.employees) }

// GroupIDs returns the ids of all groups, in no order.
func (d *Data) GroupIDs() iter.Seq[GroupID] { return keys(d.groups) }

// ProjectIDs returns the ids of all projects, in no order.
func (d *Data) ProjectIDs() iter.Seq[ProjectID] { return keys(d.projects) }

// Clients returns all clients that can be read, by id.
func (d *Data) Clients() []*Client {
	return sorted(d.clients, func(a, b *Client) int { return cmp.Compare(a.ID, b.ID) })
}

// Employees returns all employees, by id.
func (d *Data) Employees() []*Employee {
	return sorted(d.employees, func(a, b *Employee) int { return cmp.Compare(a.ID, b.ID) })
}

// Groups returns all groups, by id.
func (d *Data) Groups() []*Group {
	return sorted(d.groups, func(a, b *Group) int { return cmp.Compare(a.ID, b.ID) })
}

// Projects returns all projects, by id.
func (d *Data) Projects() []*Project {
	return sorted(d.projects, func(a, b *Project) int { return cmp.Compare(a.ID, b.ID) })
}

// Keys returns all keys, by id.
func (d *Data) Keys() []*Key {
	return sorted(d.keys, func(a, b *Key) int { return cmp.Compare(a.ID, b.ID) })
}

func keys[K comparable, V any](t trie[K, V]) iter.Seq[K] {
	return func(yield func(K) bool) {
		t.each(func(k K, _ V) bool { return yield(k) })
	}
}

func sorted[K comparable, V any](t trie[K, *V], by func(a, b *V) int) []*V {
	all := make([]*V, 0, t.size)
	t.each(func(_ K, v *V) bool {
		if v != nil {
			all = append(all, v)
		}
		return true
	})
	slices.SortFunc(all, by)
	return all
}
