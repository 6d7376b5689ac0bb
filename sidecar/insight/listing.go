package insight

import (
	"cmp"
	"slices"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// listing names the first of the ids, by name.
func listing[ID ~string](ids []ID, limit int, name func(ID) string) api.Listing {
	all := make([]api.Named, len(ids))
	for i, id := range ids {
		all[i] = api.Named{ID: string(id), Name: name(id)}
	}
	slices.SortFunc(all, func(a, b api.Named) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return api.Listing{Count: len(ids), Items: slices.Clip(all[:min(limit, len(all))])}
}

// names looks up names in a snapshot. What does not exist has its id.
type names struct{ data *policy.Data }

func (n names) employee(id policy.EmployeeID) string {
	if e, ok := n.data.Employee(id); ok {
		return e.Name
	}
	return string(id)
}

func (n names) group(id policy.GroupID) string {
	if g, ok := n.data.Group(id); ok {
		return g.Name
	}
	return string(id)
}

func (n names) project(id policy.ProjectID) string {
	if p, ok := n.data.Project(id); ok {
		return p.Name
	}
	return string(id)
}

func namedGroups(all []*policy.Group) []api.Named {
	named := make([]api.Named, len(all))
	for i, g := range all {
		named[i] = api.Named{ID: string(g.ID), Name: g.Name}
	}
	return named
}

func namedProjects(all []*policy.Project) []api.Named {
	named := make([]api.Named, len(all))
	for i, p := range all {
		named[i] = api.Named{ID: string(p.ID), Name: p.Name}
	}
	return named
}
