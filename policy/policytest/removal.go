package policytest

import (
	"fmt"
	"slices"

	"sightline.example/policy"
)

// Removal is one thing an admin can take away from a world: an entity, or one
// membership of an employee or a project.
type Removal struct {
	Kind    policy.Kind
	ID      string
	Group   policy.GroupID   // if set, only this membership is taken away
	Project policy.ProjectID // likewise
}

// String names the removal in a test's output.
func (r Removal) String() string {
	switch {
	case r.Group != "":
		return fmt.Sprintf("%s/%s from group %s", r.Kind, r.ID, r.Group)
	case r.Project != "":
		return fmt.Sprintf("%s/%s from project %s", r.Kind, r.ID, r.Project)
	}
	return fmt.Sprintf("%s/%s", r.Kind, r.ID)
}

// Removals returns everything that can be taken away from w.
func (w World) Removals() []Removal {
	var all []Removal
	for _, c := range w.creations() {
		all = append(all, Removal{Kind: c.Kind, ID: c.ID})
	}
	for _, p := range w.Projects {
		for _, g := range p.Groups {
			all = append(all, Removal{Kind: policy.KindProjects, ID: string(p.ID), Group: g})
		}
	}
	for _, e := range w.Employees {
		for _, g := range e.Groups {
			all = append(all, Removal{Kind: policy.KindEmployees, ID: string(e.ID), Group: g})
		}
		for _, p := range e.Projects {
			all = append(all, Removal{Kind: policy.KindEmployees, ID: string(e.ID), Project: p})
		}
	}
	return slices.DeleteFunc(all, func(r Removal) bool {
		return slices.Contains(w.Delete, string(r.Kind)+"/"+r.ID)
	})
}

// After returns w with the removal made; w stays as it is.
func (w World) After(r Removal) World {
	if r.Group == "" && r.Project == "" {
		w.Delete = append(slices.Clip(w.Delete), string(r.Kind)+"/"+r.ID)
		return w
	}
	w.Projects = slices.Clone(w.Projects)
	for i := range w.Projects {
		r.leave(policy.KindProjects, string(w.Projects[i].ID), &w.Projects[i].Groups, nil)
	}
	w.Employees = slices.Clone(w.Employees)
	for i := range w.Employees {
		r.leave(policy.KindEmployees, string(w.Employees[i].ID), &w.Employees[i].Groups, &w.Employees[i].Projects)
	}
	return w
}

func (r Removal) leave(kind policy.Kind, id string, groups *[]policy.GroupID, projects *[]policy.ProjectID) {
	if r.Kind != kind || r.ID != id {
		return
	}
	if r.Group != "" {
		*groups = without(*groups, r.Group)
	}
	if r.Project != "" {
		*projects = without(*projects, r.Project)
	}
}

func without[T comparable](all []T, one T) []T {
	return slices.DeleteFunc(slices.Clone(all), func(has T) bool { return has == one })
}

// Change returns the change that makes the removal in a snapshot of w.
func (w World) Change(r Removal) policy.Change {
	if r.Group == "" && r.Project == "" {
		return policy.Change{Kind: r.Kind, ID: r.ID}
	}
	for _, c := range w.After(r).creations() {
		if c.Kind == r.Kind && c.ID == r.ID {
			return c
		}
	}
	return policy.Change{}
}
