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
	revision  int64
	directory int64 // the revision of the last change of the directory

	clients   trie[ClientID, version[Client]] // with a nil value for a client that can't be read
	employees trie[EmployeeID, *Employee]
	groups    trie[GroupID, team[Group]]
	projects  trie[ProjectID, team[Project]]
	keys      trie[KeyID, *Key]
	admins    trie[AdminID, *Admin]
	accounts  trie[ClientID, *Account]
	sessions  trie[SessionID, *Session]

	ties             ties
	keysByDigest     trie[Digest, KeyID]
	sessionsByDigest trie[Digest, SessionID]
	sessionsOf       trie[signedIn, trie[SessionID, struct{}]]
}

// version is a value with the revision of its last change.
type version[T any] struct {
	value    *T
	revision int64
}

// signedIn is an admin or a client who has sessions.
type signedIn struct {
	subjectType SubjectType
	subject     string
}

// team is a group or a project together with its members, so that asking about
// one member takes one lookup. The dead ones stay while employees name them:
// their one is nil, and every reader looks at that first.
type team[T any] struct {
	one     *T
	members trie[EmployeeID, struct{}]
}

// Change is one entity that was written or removed.
type Change struct {
	Kind Kind
	ID   string
	// Value is the entity: *Client, *Employee, *Group, *Project, *Key, *Admin,
	// *Account or *Session, as Kind says. Nil means there is none: it was
	// deleted, or it can't be read.
	Value any
	// Unreadable tells a value that can't be read from a deleted one.
	Unreadable bool
	// Revision is that of the change, which the ETag of the entity is made of.
	Revision int64
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
	KindAdmins    Kind = "admins"
	KindAccounts  Kind = "accounts" // of clients, by client id
	KindSessions  Kind = "sessions"
)

func (k Kind) ofDirectory() bool {
	return k == KindEmployees || k == KindGroups || k == KindProjects
}

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
	if c.Kind.ofDirectory() {
		d.directory = d.revision
	}
	switch c.Kind {
	case KindClients:
		client, _ := c.Value.(*Client)
		d.setClient(ClientID(c.ID), version[Client]{client, c.Revision}, c.Value != nil || c.Unreadable)
	case KindEmployees:
		employee, _ := c.Value.(*Employee)
		d.setEmployee(EmployeeID(c.ID), employee)
	case KindGroups:
		group, _ := c.Value.(*Group)
		d.groups = setTeam(d.groups, GroupID(c.ID), group)
	case KindProjects:
		project, _ := c.Value.(*Project)
		d.setProject(ProjectID(c.ID), project)
	case KindKeys:
		key, _ := c.Value.(*Key)
		d.setKey(KeyID(c.ID), key)
	case KindAdmins:
		admin, _ := c.Value.(*Admin)
		d.admins = set(d.admins, AdminID(c.ID), admin)
	case KindAccounts:
		account, _ := c.Value.(*Account)
		d.accounts = set(d.accounts, ClientID(c.ID), account)
	case KindSessions:
		session, _ := c.Value.(*Session)
		d.setSession(SessionID(c.ID), session)
	}
}

func set[K comparable, V any](t trie[K, *V], key K, value *V) trie[K, *V] {
	if value == nil {
		return t.without(key)
	}
	return t.with(key, value)
}

func setTeam[K comparable, T any](t trie[K, team[T]], key K, one *T) trie[K, team[T]] {
	team, _ := t.get(key)
	team.one = one
	return keep(t, key, team)
}

// keep stores a team, unless there is nothing to it any more.
func keep[K comparable, T any](t trie[K, team[T]], key K, v team[T]) trie[K, team[T]] {
	if v.one == nil && v.members.size == 0 {
		return t.without(key)
	}
	return t.with(key, v)
}

func (d *Data) setClient(id ClientID, c version[Client], present bool) {
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

func (d *Data) setSession(id SessionID, s *Session) {
	if old, ok := d.sessions.get(id); ok {
		d.sessionsByDigest = d.sessionsByDigest.without(old.Digest)
		d.indexSession(old, false)
	}
	d.sessions = set(d.sessions, id, s)
	if s != nil {
		d.sessionsByDigest = d.sessionsByDigest.with(s.Digest, id)
		d.indexSession(s, true)
	}
}

func (d *Data) indexSession(s *Session, add bool) {
	who := signedIn{s.Type, s.Subject}
	all, _ := d.sessionsOf.get(who)
	if add {
		all = all.with(s.ID, struct{}{})
	} else {
		all = all.without(s.ID)
	}
	if all.size == 0 {
		d.sessionsOf = d.sessionsOf.without(who)
		return
	}
	d.sessionsOf = d.sessionsOf.with(who, all)
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
		d.groups = member(d.groups, g, e.ID, add)
		for _, p := range e.Projects {
			d.ties = d.ties.share(g, p, add)
		}
	}
	for _, p := range e.Projects {
		d.projects = member(d.projects, p, e.ID, add)
	}
}

func member[K comparable, T any](t trie[K, team[T]], of K, e EmployeeID, add bool) trie[K, team[T]] {
	team, _ := t.get(of)
	if add {
		team.members = team.members.with(e, struct{}{})
	} else {
		team.members = team.members.without(e)
	}
	return keep(t, of, team)
}

func (d *Data) setProject(id ProjectID, p *Project) {
	if old, ok := d.Project(id); ok {
		for _, g := range old.Groups {
			d.ties = d.ties.own(g, id, false)
		}
	}
	d.projects = setTeam(d.projects, id, p)
	if p != nil {
		for _, g := range p.Groups {
			d.ties = d.ties.own(g, id, true)
		}
	}
}

// Revision returns the etcd revision d stands at.
func (d *Data) Revision() int64 { return d.revision }

// DirectoryRevision returns the revision of d in which an employee, a group or a
// project last changed. What was read anew as a whole counts as changed.
func (d *Data) DirectoryRevision() int64 { return d.directory }

// Client returns a client. A client that is stored but can't be read gives
// nil and true.
func (d *Data) Client(id ClientID) (*Client, bool) {
	c, ok := d.clients.get(id)
	return c.value, ok
}

// ClientVersion returns a client like [Data.Client], and the revision of its
// last change, which is what replacing or deleting it takes.
func (d *Data) ClientVersion(id ClientID) (c *Client, revision int64, ok bool) {
	v, ok := d.clients.get(id)
	return v.value, v.revision, ok
}

// Employee returns an employee.
func (d *Data) Employee(id EmployeeID) (*Employee, bool) { return d.employees.get(id) }

// Group returns a group.
func (d *Data) Group(id GroupID) (*Group, bool) {
	team, _ := d.groups.get(id)
	return team.one, team.one != nil
}

// Project returns a project.
func (d *Data) Project(id ProjectID) (*Project, bool) {
	team, _ := d.projects.get(id)
	return team.one, team.one != nil
}

// Key returns the key whose text has the digest.
func (d *Data) Key(digest Digest) (*Key, bool) {
	id, ok := d.keysByDigest.get(digest)
	if !ok {
		return nil, false
	}
	return d.keys.get(id)
}

// KeyByID returns the key with the id.
func (d *Data) KeyByID(id KeyID) (*Key, bool) { return d.keys.get(id) }

// Admin returns an admin.
func (d *Data) Admin(id AdminID) (*Admin, bool) { return d.admins.get(id) }

// Account returns the account of a client.
func (d *Data) Account(id ClientID) (*Account, bool) { return d.accounts.get(id) }

// Session returns the session whose text has the digest. It may be over.
func (d *Data) Session(digest Digest) (*Session, bool) {
	id, ok := d.sessionsByDigest.get(digest)
	if !ok {
		return nil, false
	}
	return d.sessions.get(id)
}

// SessionByID returns the session with the id. It may be over.
func (d *Data) SessionByID(id SessionID) (*Session, bool) { return d.sessions.get(id) }

// SessionsOf returns the sessions of an admin or a client, the oldest first.
// Some may be over.
func (d *Data) SessionsOf(t SubjectType, subject string) []*Session {
	all, _ := d.sessionsOf.get(signedIn{t, subject})
	var sessions []*Session
	all.each(func(id SessionID, _ struct{}) bool {
		s, _ := d.sessions.get(id)
		sessions = append(sessions, s)
		return true
	})
	slices.SortFunc(sessions, newest)
	return sessions
}

// newest orders sessions: the newest one comes last.
func newest(a, b *Session) int {
	return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID))
}

// Sessions returns all sessions, in no order. Some may be over.
func (d *Data) Sessions() iter.Seq[*Session] { return values(d.sessions) }

// InGroup reports whether the employee is in the group and both exist.
func (d *Data) InGroup(e EmployeeID, g GroupID) bool {
	team, _ := d.groups.get(g)
	return team.one != nil && team.members.has(e)
}

// OnProject reports whether the employee is a member of the project and both exist.
func (d *Data) OnProject(e EmployeeID, p ProjectID) bool {
	team, _ := d.projects.get(p)
	return team.one != nil && team.members.has(e)
}

// GroupSize returns how many employees are in the group; 0 if there is none.
func (d *Data) GroupSize(g GroupID) int {
	team, _ := d.groups.get(g)
	if team.one == nil {
		return 0
	}
	return team.members.size
}

// ProjectSize returns how many members the project has; 0 if there is none.
func (d *Data) ProjectSize(p ProjectID) int {
	team, _ := d.projects.get(p)
	if team.one == nil {
		return 0
	}
	return team.members.size
}

// GroupMembers returns the employees in a group, in no order.
func (d *Data) GroupMembers(g GroupID) iter.Seq[EmployeeID] { return members(d.groups, g) }

// ProjectMembers returns the members of a project, in no order.
func (d *Data) ProjectMembers(p ProjectID) iter.Seq[EmployeeID] { return members(d.projects, p) }

func alive[K comparable, T any](t trie[K, team[T]], key K) bool {
	team, _ := t.get(key)
	return team.one != nil
}

func members[K comparable, T any](t trie[K, team[T]], key K) iter.Seq[EmployeeID] {
	return func(yield func(EmployeeID) bool) {
		if team, _ := t.get(key); team.one != nil {
			team.members.each(func(e EmployeeID, _ struct{}) bool { return yield(e) })
		}
	}
}

// ClientIDs returns the ids of all clients, in no order: those that can't be
// read too.
func (d *Data) ClientIDs() iter.Seq[ClientID] { return keys(d.clients) }

// EmployeeIDs returns the ids of all employees, in no order.
func (d *Data) EmployeeIDs() iter.Seq[EmployeeID] { return keys(d.employees) }

// GroupIDs returns the ids of all groups, in no order.
func (d *Data) GroupIDs() iter.Seq[GroupID] { return living(d.groups) }

// ProjectIDs returns the ids of all projects, in no order.
func (d *Data) ProjectIDs() iter.Seq[ProjectID] { return living(d.projects) }

// Clients returns all clients that can be read, by id.
func (d *Data) Clients() []*Client {
	return sorted(readable(d.clients), func(a, b *Client) int { return cmp.Compare(a.ID, b.ID) })
}

// Employees returns all employees, by id.
func (d *Data) Employees() []*Employee {
	return sorted(values(d.employees), func(a, b *Employee) int { return cmp.Compare(a.ID, b.ID) })
}

// Groups returns all groups, by id.
func (d *Data) Groups() []*Group {
	return sorted(ones(d.groups), func(a, b *Group) int { return cmp.Compare(a.ID, b.ID) })
}

// Projects returns all projects, by id.
func (d *Data) Projects() []*Project {
	return sorted(ones(d.projects), func(a, b *Project) int { return cmp.Compare(a.ID, b.ID) })
}

// Keys returns all keys, by id.
func (d *Data) Keys() []*Key {
	return sorted(values(d.keys), func(a, b *Key) int { return cmp.Compare(a.ID, b.ID) })
}

// Admins returns all admins, by id.
func (d *Data) Admins() []*Admin {
	return sorted(values(d.admins), func(a, b *Admin) int { return cmp.Compare(a.ID, b.ID) })
}

// EmployeeCount returns how many employees there are.
func (d *Data) EmployeeCount() int { return d.employees.size }

// ClientCount returns how many clients there are: those that can't be read too.
func (d *Data) ClientCount() int { return d.clients.size }

func keys[K comparable, V any](t trie[K, V]) iter.Seq[K] {
	return func(yield func(K) bool) {
		t.each(func(k K, _ V) bool { return yield(k) })
	}
}

// living returns the keys of the teams that exist.
func living[K comparable, T any](t trie[K, team[T]]) iter.Seq[K] {
	return func(yield func(K) bool) {
		t.each(func(k K, v team[T]) bool { return v.one == nil || yield(k) })
	}
}

func ones[K comparable, T any](t trie[K, team[T]]) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		t.each(func(_ K, v team[T]) bool { return v.one == nil || yield(v.one) })
	}
}

func values[K comparable, T any](t trie[K, *T]) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		t.each(func(_ K, v *T) bool { return yield(v) })
	}
}

func readable[K comparable, T any](t trie[K, version[T]]) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		t.each(func(_ K, v version[T]) bool { return v.value == nil || yield(v.value) })
	}
}

// sorted never returns nil: a list of nothing is a list too, in JSON as well.
func sorted[T any](all iter.Seq[*T], by func(a, b *T) int) []*T {
	list := slices.AppendSeq([]*T{}, all)
	slices.SortFunc(list, by)
	return list
}
