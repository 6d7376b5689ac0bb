package policytest

import (
	"math/rand/v2"
	"slices"

	"sightline.example/policy"
)

// View asks whether a client may view a resource.
func View(client policy.ClientID, resource policy.Entity) policy.Request {
	return policy.Request{
		Subject:  policy.Entity{Type: policy.TypeClient, ID: string(client)},
		Action:   policy.Action{Name: policy.ActionView},
		Resource: resource,
	}
}

// Resources returns everything there is to see or to be refused in w: each
// project, employee and group that was ever created or is selected by a
// client, time entries and screencasts of each employee on each project, on
// none and by nobody, and two reports.
func (w World) Resources() []policy.Entity {
	employees, projects, groups := w.names()
	all := []policy.Entity{
		{Type: policy.TypeReport, ID: "projects_and_tasks"},
		{Type: policy.TypeReport, ID: "timesheets"},
	}
	for _, id := range groups {
		all = append(all, policy.Entity{Type: policy.TypeGroup, ID: id})
	}
	for _, id := range projects {
		all = append(all, policy.Entity{Type: policy.TypeProject, ID: id})
	}
	for _, id := range employees {
		all = append(all, policy.Entity{Type: policy.TypeEmployee, ID: id})
	}
	for _, e := range append(employees, "") {
		for _, p := range append(projects, "") {
			all = append(all, work(policy.TypeTimeEntry, e, p), work(policy.TypeScreencast, e, p))
		}
	}
	return all
}

func work(kind, employee, project string) policy.Entity {
	properties := map[string]any{}
	if employee != "" {
		properties["employee"] = employee
	}
	if project != "" {
		properties["project"] = project
	}
	return policy.Entity{Type: kind, ID: "1", Properties: properties}
}

// names returns each id of a kind once.
func (w World) names() (employees, projects, groups []string) {
	for _, e := range w.Employees {
		employees = add(employees, e.ID)
	}
	for _, p := range w.Projects {
		projects = add(projects, p.ID)
	}
	for _, g := range w.Groups {
		groups = add(groups, g.ID)
	}
	for _, c := range w.Clients {
		groups = add(groups, c.Scope.Groups...)
		projects = add(projects, c.Scope.Projects...)
	}
	return employees, projects, groups
}

func add[T ~string](ids []string, more ...T) []string {
	for _, id := range more {
		if !slices.Contains(ids, string(id)) {
			ids = append(ids, string(id))
		}
	}
	return ids
}

// RandomRequests returns n questions about w that r alone determines: mostly a
// client's view of one of its resources, now and then something malformed, of
// an unknown type, by an unknown subject or for another action.
func (w World) RandomRequests(r *rand.Rand, n int) []policy.Request {
	resources := w.Resources()
	all := make([]policy.Request, n)
	for i := range all {
		all[i] = View(w.someClient(r), resources[r.IntN(len(resources))])
		w.spoil(r, &all[i])
	}
	return all
}

// spoil makes about every eighth question odd.
func (w World) spoil(r *rand.Rand, q *policy.Request) {
	switch r.IntN(40) {
	case 0:
		q.Subject.Type = pick(r, "user", "Client", "employee")
	case 1:
		q.Action.Name = pick(r, "track_time", "View", "edit", "viewer")
	case 2:
		q.Resource.Type = pick(r, "invoice", "Project", "client", "task")
	case 3:
		q.Resource.ID = pick(r, "ghost", "a", "A", "admin", "projects_and_tasks")
	case 4, 5:
		q.Resource.Properties = oddProperties(r)
	}
}

func (w World) someClient(r *rand.Rand) policy.ClientID {
	ids := append([]policy.ClientID{"ghost"}, w.Unreadable...)
	for range 8 {
		for _, c := range w.Clients {
			ids = append(ids, c.ID)
		}
	}
	return ids[r.IntN(len(ids))]
}

// oddProperties returns keys as badly written applications send them.
func oddProperties(r *rand.Rand) map[string]any {
	odd := []any{nil, "", "ghost", "A", 0.0, 7.5, true, false, []any{}, []any{"a"}, map[string]any{"id": "a"}}
	properties := map[string]any{"employee": odd[r.IntN(len(odd))], "project": odd[r.IntN(len(odd))]}
	if r.IntN(3) == 0 {
		delete(properties, pick(r, "employee", "project"))
	}
	if r.IntN(3) == 0 {
		properties["group"] = "a"
	}
	return properties
}

func pick(r *rand.Rand, from ...string) string { return from[r.IntN(len(from))] }
