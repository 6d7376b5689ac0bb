package policytest

import (
	"slices"

	"sightline.example/policy"
)

// Alive returns w without what it deletes: where a scope or a membership names
// any of that, it keeps a dead reference. Unreadable clients are left out too.
func (w World) Alive() World {
	keep := func(kind policy.Kind, id string) bool { return !slices.Contains(w.Delete, string(kind)+"/"+id) }
	alive := World{}
	for _, e := range w.Employees {
		if keep(policy.KindEmployees, string(e.ID)) {
			alive.Employees = append(alive.Employees, e)
		}
	}
	for _, g := range w.Groups {
		if keep(policy.KindGroups, string(g.ID)) {
			alive.Groups = append(alive.Groups, g)
		}
	}
	for _, p := range w.Projects {
		if keep(policy.KindProjects, string(p.ID)) {
			alive.Projects = append(alive.Projects, p)
		}
	}
	for _, c := range w.Clients {
		if keep(policy.KindClients, string(c.ID)) {
			alive.Clients = append(alive.Clients, c)
		}
	}
	return alive
}

// Prefixed returns w with a prefix before every id, so that one store can hold
// one world after another: it never takes an id twice.
func (w World) Prefixed(prefix string) World {
	var p World
	for _, e := range w.Employees {
		e.ID = policy.EmployeeID(prefix) + e.ID
		e.Groups, e.Projects = prefixed(prefix, e.Groups), prefixed(prefix, e.Projects)
		p.Employees = append(p.Employees, e)
	}
	for _, g := range w.Groups {
		g.ID = policy.GroupID(prefix) + g.ID
		p.Groups = append(p.Groups, g)
	}
	for _, v := range w.Projects {
		v.ID = policy.ProjectID(prefix) + v.ID
		v.Groups = prefixed(prefix, v.Groups)
		p.Projects = append(p.Projects, v)
	}
	for _, c := range w.Clients {
		c.ID = policy.ClientID(prefix) + c.ID
		c.Scope.Groups, c.Scope.Projects = prefixed(prefix, c.Scope.Groups), prefixed(prefix, c.Scope.Projects)
		p.Clients = append(p.Clients, c)
	}
	p.Unreadable = prefixed(prefix, w.Unreadable)
	return p
}

func prefixed[T ~string](prefix string, ids []T) []T {
	all := make([]T, len(ids))
	for i, id := range ids {
		all[i] = T(prefix) + id
	}
	return all
}
