package insight

import (
	"cmp"
	"slices"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// listing names a part of the ids, by name, and counts those that are found.
func listing[ID ~string](ids []ID, p part, name func(ID) string) api.Listing {
	count, top := 0, first{limit: min(p.skip+p.limit, max(1, len(ids)))}
	for _, id := range ids {
		if n := (api.Named{ID: string(id), Name: name(id)}); p.finds(n.Name) {
			count++
			top.add(n)
		}
	}
	named := top.list()
	return api.Listing{Count: count, Items: named[min(p.skip, len(named)):]}
}

// first keeps the first of many by name, without sorting them all.
type first struct {
	limit int
	kept  []api.Named // at most twice the limit
	worst *api.Named  // what is not before it is none of the first; nil while there are few
}

func (f *first) add(n api.Named) {
	if f.worst != nil && byName(n, *f.worst) >= 0 {
		return
	}
	if f.kept = append(f.kept, n); len(f.kept) == 2*f.limit {
		f.cut()
	}
}

// cut leaves no more than the limit, in order.
func (f *first) cut() {
	slices.SortFunc(f.kept, byName)
	if len(f.kept) >= f.limit {
		f.kept = f.kept[:f.limit]
		worst := f.kept[f.limit-1]
		f.worst = &worst
	}
}

func (f *first) list() []api.Named {
	f.cut()
	return append([]api.Named{}, f.kept...)
}

func byName(a, b api.Named) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) }

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
