package policytest

import (
	"slices"

	"sightline.example/policy"
)

// Company returns an empty World. Its methods build it in a line; each names
// things after their ids and returns the World it was called on.
//
//	w := policytest.Company().
//		Group("design", "ann", "bob").
//		Project("site", "ann").
//		Client("acme", policy.Scope{Groups: []policy.GroupID{"design"}})
func Company() *World { return &World{} }

// Group adds a group and puts employees into it, who are hired if need be.
func (w *World) Group(id policy.GroupID, members ...policy.EmployeeID) *World {
	w.Groups = append(w.Groups, policy.Group{ID: id, Name: string(id)})
	for _, m := range members {
		e := w.employee(m)
		e.Groups = append(e.Groups, id)
	}
	return w
}

// Project adds a project and puts employees on it, who are hired if need be.
func (w *World) Project(id policy.ProjectID, members ...policy.EmployeeID) *World {
	w.Projects = append(w.Projects, policy.Project{ID: id, Name: string(id)})
	for _, m := range members {
		e := w.employee(m)
		e.Projects = append(e.Projects, id)
	}
	return w
}

// Owns makes the project, which must be there, belong to the group.
func (w *World) Owns(g policy.GroupID, p policy.ProjectID) *World {
	i := slices.IndexFunc(w.Projects, func(has policy.Project) bool { return has.ID == p })
	w.Projects[i].Groups = append(w.Projects[i].Groups, g)
	return w
}

// Employee adds an employee without memberships.
func (w *World) Employee(id policy.EmployeeID) *World {
	w.employee(id)
	return w
}

// Client adds an active client.
func (w *World) Client(id policy.ClientID, s policy.Scope) *World {
	w.Clients = append(w.Clients, policy.Client{
		ID:     id,
		Name:   string(id),
		Email:  string(id) + "@example.com",
		Status: policy.Active,
		Scope:  s,
	})
	return w
}

// Without deletes what the paths name, such as "groups/design".
func (w *World) Without(paths ...string) *World {
	w.Delete = append(w.Delete, paths...)
	return w
}

func (w *World) employee(id policy.EmployeeID) *policy.Employee {
	i := slices.IndexFunc(w.Employees, func(e policy.Employee) bool { return e.ID == id })
	if i < 0 {
		i = len(w.Employees)
		w.Employees = append(w.Employees, policy.Employee{ID: id, Name: string(id)})
	}
	return &w.Employees[i]
}
