// Package directory is the company's employees, groups and projects, as an admin
// looks through them and changes them: the list of each kind, the page of one of
// them with its members, and what a deletion would take from whom.
//
// Everything in this package belongs to the UI goroutine.
package directory

import (
	"slices"

	"sightline.example/desktop/model"
	"sightline.example/desktop/model/names"
	"sightline.example/policy"
)

// Kind is policy.TypeEmployee, policy.TypeGroup or policy.TypeProject.
type Kind = string

// Thing is an employee, a group or a project by name.
type Thing struct{ ID, Name string }

// Things returns all there are of a kind, by id.
func Things(d *model.Data, kind Kind) (all []Thing) {
	switch kind {
	case policy.TypeEmployee:
		for _, e := range d.Employees.All() {
			all = append(all, Thing{string(e.ID), e.Name})
		}
	case policy.TypeGroup:
		for _, g := range d.Groups.All() {
			all = append(all, Thing{string(g.ID), g.Name})
		}
	case policy.TypeProject:
		for _, p := range d.Projects.All() {
			all = append(all, Thing{string(p.ID), p.Name})
		}
	}
	return all
}

// ByName puts things in the order in which lists have names.
func ByName(things []Thing) []Thing {
	return names.Sort(things, func(t Thing) (name, id string) { return t.Name, t.ID })
}

// Find returns one of a kind, if it exists.
func Find(d *model.Data, kind Kind, id string) (Thing, bool) {
	switch kind {
	case policy.TypeEmployee:
		if e := d.Employees.Find(id); e != nil {
			return Thing{id, e.Name}, true
		}
	case policy.TypeGroup:
		if g := d.Groups.Find(id); g != nil {
			return Thing{id, g.Name}, true
		}
	case policy.TypeProject:
		if p := d.Projects.Find(id); p != nil {
			return Thing{id, p.Name}, true
		}
	}
	return Thing{}, false
}

// Selecting returns the clients whose scope selects a group or a project, by id.
func Selecting(d *model.Data, kind Kind, id string) (all []*model.Client) {
	var holds func(policy.Scope) bool
	switch kind {
	case policy.TypeGroup:
		holds = func(s policy.Scope) bool { return has(s.Groups, id) }
	case policy.TypeProject:
		holds = func(s policy.Scope) bool { return has(s.Projects, id) }
	default:
		return nil
	}
	for _, c := range d.Clients.All() {
		if holds(c.Scope) {
			all = append(all, c)
		}
	}
	return all
}

func has[ID ~string](ids []ID, id string) bool { return slices.Contains(ids, ID(id)) }
