// Package eventstest keeps copies by what events say, for tests that compare
// them with the original.
package eventstest

import (
	"cmp"
	"fmt"
	"slices"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// Replica is a copy of all that events are about. Lists of ids in it are sorted,
// and clients have no trail: events do not tell when one was created.
type Replica struct {
	Clients   map[policy.ClientID]policy.Client
	Employees map[policy.EmployeeID]policy.Employee
	Groups    map[policy.GroupID]policy.Group
	Projects  map[policy.ProjectID]policy.Project
}

// New returns a Replica of nothing.
func New() *Replica {
	return &Replica{
		Clients:   map[policy.ClientID]policy.Client{},
		Employees: map[policy.EmployeeID]policy.Employee{},
		Groups:    map[policy.GroupID]policy.Group{},
		Projects:  map[policy.ProjectID]policy.Project{},
	}
}

// Of returns a Replica of everything that can be read.
func Of(d *policy.Data) *Replica {
	r := New()
	for _, v := range d.Clients() {
		r.AddClient(*v)
	}
	for _, v := range d.Employees() {
		r.AddEmployee(*v)
	}
	for _, v := range d.Groups() {
		r.Groups[v.ID] = *v
	}
	for _, v := range d.Projects() {
		r.AddProject(*v)
	}
	return r
}

// AddClient adds a client as it was read.
func (r *Replica) AddClient(v policy.Client) {
	v.Trail = policy.Trail{}
	v.Scope.Groups, v.Scope.Projects = ordered(v.Scope.Groups), ordered(v.Scope.Projects)
	r.Clients[v.ID] = v
}

// AddEmployee adds an employee as it was read.
func (r *Replica) AddEmployee(v policy.Employee) {
	v.Groups, v.Projects = ordered(v.Groups), ordered(v.Projects)
	r.Employees[v.ID] = v
}

// AddProject adds a project as it was read.
func (r *Replica) AddProject(v policy.Project) {
	v.Groups = ordered(v.Groups)
	r.Projects[v.ID] = v
}

// Apply does to the copy what an event says. What is added may be there, and
// what is changed or removed may not, in a copy that was read after the event.
func (r *Replica) Apply(e api.Event) error {
	c := e.Changes
	switch e.Kind {
	case policy.KindClients:
		v := begin(r.Clients, policy.ClientID(e.ID), e)
		v.ID = policy.ClientID(e.ID)
		become(&v.Name, c.Name)
		become(&v.Email, c.Email)
		become(&v.Status, c.Status)
		v.Scope.Groups = join(v.Scope.Groups, c.Groups)
		v.Scope.Projects = join(v.Scope.Projects, c.Projects)
		become(&v.Scope.Screencasts, c.Screencasts)
		if c.Period != nil {
			v.Scope.From, v.Scope.Until = c.Period.To.From, c.Period.To.Until
		}
		put(r.Clients, v.ID, v, e)
	case policy.KindEmployees:
		v := begin(r.Employees, policy.EmployeeID(e.ID), e)
		v.ID = policy.EmployeeID(e.ID)
		become(&v.Name, c.Name)
		v.Groups, v.Projects = join(v.Groups, c.Groups), join(v.Projects, c.Projects)
		put(r.Employees, v.ID, v, e)
	case policy.KindGroups:
		v := begin(r.Groups, policy.GroupID(e.ID), e)
		v.ID = policy.GroupID(e.ID)
		become(&v.Name, c.Name)
		put(r.Groups, v.ID, v, e)
	case policy.KindProjects:
		v := begin(r.Projects, policy.ProjectID(e.ID), e)
		v.ID = policy.ProjectID(e.ID)
		become(&v.Name, c.Name)
		v.Groups = join(v.Groups, c.Groups)
		put(r.Projects, v.ID, v, e)
	default:
		return fmt.Errorf("an event about %s", e.Kind)
	}
	return nil
}

// begin returns what an event's changes lead on from.
func begin[K comparable, V any](of map[K]V, id K, e api.Event) (v V) {
	if e.Action == api.EventChanged {
		v = of[id]
	}
	return v
}

func put[K comparable, V any](of map[K]V, id K, v V, e api.Event) {
	if e.Action == api.EventRemoved {
		delete(of, id)
		return
	}
	of[id] = v
}

func become[T any](v *T, t *api.Turn[T]) {
	if t != nil {
		*v = t.To
	}
}

func join[T ~string](ids []T, m api.Membership) []T {
	ids = slices.Clone(ids)
	for _, lost := range m.Lost {
		ids = slices.DeleteFunc(ids, func(id T) bool { return string(id) == lost.ID })
	}
	for _, gained := range m.Gained {
		ids = append(ids, T(gained.ID))
	}
	return slices.Compact(ordered(ids))
}

func ordered[T cmp.Ordered](ids []T) []T {
	if len(ids) == 0 {
		return nil
	}
	return slices.Sorted(slices.Values(ids))
}
