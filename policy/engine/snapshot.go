package engine

import (
	"iter"
	"math"
	"strconv"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"

	"sightline.example/policy"
)

// snapshot shows policy.Data to OPA as the document data (the shape is in
// data.jsonschema). It is a storage transaction, so that one prepared query
// serves every snapshot. A reference to a single member, as all references of a
// decision are, is one lookup; only reading a whole set builds one.
type snapshot struct{ data *policy.Data }

// ID implements storage.Transaction.
func (s snapshot) ID() uint64 { return uint64(s.data.Revision()) }

// read returns the document at path, nil if there is none.
func (s snapshot) read(path storage.Path) ast.Value {
	if len(path) == 0 {
		return s.everything()
	}
	kind, rest := path[0], path[1:]
	if len(rest) == 0 {
		return s.all(kind)
	}
	return s.one(kind, rest[0], rest[1:])
}

// one returns the part at path of the entity of the given kind and id.
func (s snapshot) one(kind, id string, path storage.Path) ast.Value {
	switch policy.Kind(kind) {
	case policy.KindClients:
		return find(s.client(policy.ClientID(id)), path)
	case policy.KindEmployees:
		return find(s.employee(policy.EmployeeID(id)), path)
	case policy.KindGroups:
		return s.group(policy.GroupID(id), path)
	case policy.KindProjects:
		return s.project(policy.ProjectID(id), path)
	}
	return nil
}

func (s snapshot) client(id policy.ClientID) ast.Value {
	c, ok := s.data.Client(id)
	switch {
	case !ok:
		return nil
	case c == nil:
		c = &policy.Client{Name: string(id), Status: "unreadable"}
	}
	scope := ast.NewObject(
		item("groups", array(c.Scope.Groups)),
		item("projects", array(c.Scope.Projects)),
		item("screencasts", ast.InternedTerm(c.Scope.Screencasts)),
		item("from", nanoseconds(c.Scope.From, 0)),
		item("until", nanoseconds(c.Scope.Until, math.MaxInt64)),
	)
	return ast.NewObject(
		item("name", ast.StringTerm(c.Name)),
		item("status", ast.StringTerm(string(c.Status))),
		item("scope", ast.NewTerm(scope)),
	)
}

func (s snapshot) employee(id policy.EmployeeID) ast.Value {
	e, ok := s.data.Employee(id)
	if !ok {
		return nil
	}
	return ast.NewObject(item("name", ast.StringTerm(e.Name)))
}

func (s snapshot) group(id policy.GroupID, path storage.Path) ast.Value {
	g, ok := s.data.Group(id)
	if !ok {
		return nil
	}
	if len(path) == 0 {
		return object([]string{"name", "size", "members"}, func(p storage.Path) ast.Value { return s.group(id, p) })
	}
	switch path[0] {
	case "name":
		return find(ast.String(g.Name), path[1:])
	case "size":
		return find(integer(int64(s.data.GroupSize(id))).Value, path[1:])
	case "members":
		has := func(e policy.EmployeeID) bool { return s.data.InGroup(e, id) }
		return set(path[1:], has, s.data.GroupMembers(id))
	}
	return nil
}

func (s snapshot) project(id policy.ProjectID, path storage.Path) ast.Value {
	p, ok := s.data.Project(id)
	if !ok {
		return nil
	}
	if len(path) == 0 {
		members := []string{"name", "members", "groups", "member_groups"}
		return object(members, func(p storage.Path) ast.Value { return s.project(id, p) })
	}
	switch path[0] {
	case "name":
		return find(ast.String(p.Name), path[1:])
	case "members":
		has := func(e policy.EmployeeID) bool { return s.data.OnProject(e, id) }
		return set(path[1:], has, s.data.ProjectMembers(id))
	case "groups":
		has := func(g policy.GroupID) bool { return s.data.BelongsTo(id, g) }
		return set(path[1:], has, s.groups(has))
	case "member_groups":
		has := func(g policy.GroupID) bool { return s.data.Shared(g, id) }
		return set(path[1:], has, s.groups(has))
	}
	return nil
}

// groups returns all groups for which has is true.
func (s snapshot) groups(has func(policy.GroupID) bool) iter.Seq[policy.GroupID] {
	return func(yield func(policy.GroupID) bool) {
		for _, g := range s.data.Groups() {
			if has(g.ID) && !yield(g.ID) {
				return
			}
		}
	}
}

// all returns every entity of a kind, and everything the whole document: only
// a policy author who asks for them pays for that.
func (s snapshot) all(kind string) ast.Value {
	one := func(p storage.Path) ast.Value { return s.one(kind, p[0], nil) }
	switch policy.Kind(kind) {
	case policy.KindClients:
		return object(texts(s.data.ClientIDs()), one)
	case policy.KindEmployees:
		return object(texts(s.data.EmployeeIDs()), one)
	case policy.KindGroups:
		return object(texts(s.data.GroupIDs()), one)
	case policy.KindProjects:
		return object(texts(s.data.ProjectIDs()), one)
	}
	return nil
}

func (s snapshot) everything() ast.Value {
	return object([]string{"clients", "employees", "groups", "projects"}, s.read)
}

// object builds an object of the given members, each read by its name.
func object(members []string, read func(storage.Path) ast.Value) ast.Value {
	items := make([][2]*ast.Term, len(members))
	for i, m := range members {
		items[i] = [2]*ast.Term{ast.StringTerm(m), ast.NewTerm(read(storage.Path{m}))}
	}
	return ast.NewObject(items...)
}

// set reads a set that is looked up by key: true for one member, or all of it.
func set[T ~string](path storage.Path, has func(T) bool, all iter.Seq[T]) ast.Value {
	if len(path) == 0 {
		return object(texts(all), func(storage.Path) ast.Value { return ast.Boolean(true) })
	}
	if !has(T(path[0])) {
		return nil
	}
	return find(ast.Boolean(true), path[1:])
}

// find returns the part of a value at path, nil if there is none.
func find(v ast.Value, path storage.Path) ast.Value {
	if v == nil || len(path) == 0 {
		return v
	}
	found, err := v.Find(path.Ref(nil)[1:])
	if err != nil {
		return nil
	}
	return found
}

func texts[T ~string](ids iter.Seq[T]) []string {
	var all []string
	for id := range ids {
		all = append(all, string(id))
	}
	return all
}

func array[T ~string](ids []T) *ast.Term {
	terms := make([]*ast.Term, len(ids))
	for i, id := range ids {
		terms[i] = ast.StringTerm(string(id))
	}
	return ast.ArrayTerm(terms...)
}

func integer(n int64) *ast.Term {
	return ast.NewTerm(ast.Number(strconv.FormatInt(n, 10)))
}

func nanoseconds(t *time.Time, none int64) *ast.Term {
	if t == nil {
		return integer(none)
	}
	return integer(t.UnixNano())
}
