package engine

import (
	"math"
	"slices"

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
		return s.employee(policy.EmployeeID(id), path)
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

func (s snapshot) employee(id policy.EmployeeID, path storage.Path) ast.Value {
	e, ok := s.data.Employee(id)
	if !ok {
		return nil
	}
	if len(path) == 0 {
		return object([]string{"name", "groups", "projects"}, func(p storage.Path) ast.Value { return s.employee(id, p) })
	}
	switch path[0] {
	case "name":
		return find(ast.String(e.Name), path[1:])
	case "groups":
		has := func(g policy.GroupID) bool { return s.data.InGroup(id, g) }
		return set(path[1:], has, only(slices.Values(e.Groups), has))
	case "projects":
		has := func(p policy.ProjectID) bool { return s.data.OnProject(id, p) }
		return set(path[1:], has, only(slices.Values(e.Projects), has))
	}
	return nil
}

func (s snapshot) group(id policy.GroupID, path storage.Path) ast.Value {
	g, ok := s.data.Group(id)
	if !ok {
		return nil
	}
	if len(path) == 0 {
		members := []string{"name", "size", "members", "projects", "member_projects"}
		return object(members, func(p storage.Path) ast.Value { return s.group(id, p) })
	}
	switch path[0] {
	case "name":
		return find(ast.String(g.Name), path[1:])
	case "size":
		return find(integer(int64(s.data.GroupSize(id))).Value, path[1:])
	case "members":
		has := func(e policy.EmployeeID) bool { return s.data.InGroup(e, id) }
		return set(path[1:], has, s.data.GroupMembers(id))
	case "projects":
		has := func(p policy.ProjectID) bool { return s.data.BelongsTo(p, id) }
		return set(path[1:], has, s.data.GroupProjects(id))
	case "member_projects":
		has := func(p policy.ProjectID) bool { return s.data.Shared(id, p) }
		return set(path[1:], has, s.data.SharedProjects(id))
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
		return set(path[1:], has, only(s.data.GroupIDs(), has))
	case "member_groups":
		has := func(g policy.GroupID) bool { return s.data.Shared(g, id) }
		return set(path[1:], has, only(s.data.GroupIDs(), has))
	}
	return nil
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
