package directory

import (
	"slices"

	"sightline.example/desktop/model"
	"sightline.example/policy"
)

// entity is how the employees, groups or projects are read and changed alike.
// Values are not changed: others are made of them.
type entity[T any] interface {
	new(id string) T
	find(id string) (v T, revision int64, exists bool)
	id(T) string
	name(T) string
	named(T, string) T
	// with returns a value in which memberships of a kind are set or ended.
	with(v T, kind Kind, changes delta) T
	// dead reports whether it is a member of what does not exist: to change
	// something else about it must not fail for that.
	dead(T) bool
}

type (
	employee struct{ data *model.Data }
	group    struct{ data *model.Data }
	project  struct{ data *model.Data }
)

func (x employee) new(id string) policy.Employee {
	return policy.Employee{ID: policy.EmployeeID(id)}
}

func (x employee) find(id string) (policy.Employee, int64, bool) {
	e := x.data.Employees.Find(id)
	if e == nil {
		return policy.Employee{}, 0, false
	}
	return e.Employee, e.Revision, true
}

func (x employee) id(e policy.Employee) string   { return string(e.ID) }
func (x employee) name(e policy.Employee) string { return e.Name }

func (x employee) named(e policy.Employee, name string) policy.Employee {
	e.Name = name
	return e
}

func (x employee) with(e policy.Employee, kind Kind, changes delta) policy.Employee {
	if kind == policy.TypeGroup {
		e.Groups = changed(e.Groups, changes)
	} else {
		e.Projects = changed(e.Projects, changes)
	}
	return e
}

func (x employee) dead(e policy.Employee) bool {
	return slices.ContainsFunc(e.Groups, func(id policy.GroupID) bool { return x.data.Groups.Find(string(id)) == nil }) ||
		slices.ContainsFunc(e.Projects, func(id policy.ProjectID) bool { return x.data.Projects.Find(string(id)) == nil })
}

func (x group) new(id string) policy.Group { return policy.Group{ID: policy.GroupID(id)} }

func (x group) find(id string) (policy.Group, int64, bool) {
	g := x.data.Groups.Find(id)
	if g == nil {
		return policy.Group{}, 0, false
	}
	return g.Group, g.Revision, true
}

func (x group) id(g policy.Group) string   { return string(g.ID) }
func (x group) name(g policy.Group) string { return g.Name }

func (x group) named(g policy.Group, name string) policy.Group {
	g.Name = name
	return g
}

func (x group) with(g policy.Group, _ Kind, _ delta) policy.Group { return g }
func (x group) dead(policy.Group) bool                            { return false }

func (x project) new(id string) policy.Project { return policy.Project{ID: policy.ProjectID(id)} }

func (x project) find(id string) (policy.Project, int64, bool) {
	p := x.data.Projects.Find(id)
	if p == nil {
		return policy.Project{}, 0, false
	}
	return p.Project, p.Revision, true
}

func (x project) id(p policy.Project) string   { return string(p.ID) }
func (x project) name(p policy.Project) string { return p.Name }

func (x project) named(p policy.Project, name string) policy.Project {
	p.Name = name
	return p
}

func (x project) with(p policy.Project, _ Kind, changes delta) policy.Project {
	p.Groups = changed(p.Groups, changes)
	return p
}

func (x project) dead(p policy.Project) bool {
	return slices.ContainsFunc(p.Groups, func(id policy.GroupID) bool { return x.data.Groups.Find(string(id)) == nil })
}

// changed returns the ids after some were set and others ended, in order.
func changed[ID ~string](ids []ID, changes delta) []ID {
	next := slices.DeleteFunc(slices.Clone(ids), func(id ID) bool {
		_, about := changes[string(id)]
		return about
	})
	for id, wanted := range changes {
		if wanted {
			next = append(next, ID(id))
		}
	}
	slices.Sort(next)
	return next
}
