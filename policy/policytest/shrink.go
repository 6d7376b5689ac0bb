package policytest

import (
	"slices"

	"sightline.example/policy"
)

// Shrink returns a world that fails as w does and from which nothing can be
// left out: no entity, membership, selection or deletion. It returns w itself
// if w does not fail.
func Shrink(w World, fails func(World) bool) World {
	for {
		smaller := w.smaller()
		i := slices.IndexFunc(smaller, fails)
		if i < 0 {
			return w
		}
		w = smaller[i]
	}
}

// smaller returns the worlds that lack one thing.
func (w World) smaller() []World {
	var all []World
	keep := func(v World) { all = append(all, v.settled()) }
	clients := func(l []policy.Client) { v := w; v.Clients = l; keep(v) }
	employees := func(l []policy.Employee) { v := w; v.Employees = l; keep(v) }
	projects := func(l []policy.Project) { v := w; v.Projects = l; keep(v) }

	lacking(w.Clients, clients)
	lacking(w.Employees, employees)
	lacking(w.Groups, func(l []policy.Group) { v := w; v.Groups = l; keep(v) })
	lacking(w.Projects, projects)
	lacking(w.Unreadable, func(l []policy.ClientID) { v := w; v.Unreadable = l; keep(v) })
	lacking(w.Delete, func(l []string) { v := w; v.Delete = l; keep(v) })

	thinner(w.Clients, func(c *policy.Client) *[]policy.GroupID { return &c.Scope.Groups }, clients)
	thinner(w.Clients, func(c *policy.Client) *[]policy.ProjectID { return &c.Scope.Projects }, clients)
	thinner(w.Employees, func(e *policy.Employee) *[]policy.GroupID { return &e.Groups }, employees)
	thinner(w.Employees, func(e *policy.Employee) *[]policy.ProjectID { return &e.Projects }, employees)
	thinner(w.Projects, func(p *policy.Project) *[]policy.GroupID { return &p.Groups }, projects)
	return all
}

// settled returns w without deletions of what is not there any more.
func (w World) settled() World {
	w.Delete = slices.DeleteFunc(slices.Clone(w.Delete), func(path string) bool { return !w.created(path) })
	return w
}

// lacking calls do with all but the first element, all but the second, and so on.
func lacking[T any](all []T, do func([]T)) {
	for i := range all {
		do(slices.Delete(slices.Clone(all), i, i+1))
	}
}

// thinner calls do with copies of all in which one element lacks one of its refs.
func thinner[T, R any](all []T, refs func(*T) *[]R, do func([]T)) {
	for i := range all {
		lacking(*refs(&all[i]), func(fewer []R) {
			list := slices.Clone(all)
			*refs(&list[i]) = fewer
			do(list)
		})
	}
}
