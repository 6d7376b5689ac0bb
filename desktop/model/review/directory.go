package review

import (
	"slices"

	"sightline.example/desktop/model"
	"sightline.example/policy"
)

// reach is what the scopes of all clients lead to. It is at least what the clients
// see: a scope of groups and projects shows less than either.
type reach struct {
	groups   map[policy.GroupID]bool
	projects map[policy.ProjectID]bool // selected, or with somebody of a selected group
	staffed  map[policy.ProjectID]bool // with anybody
}

func reachOf(d *model.Data) reach {
	r := reach{map[policy.GroupID]bool{}, map[policy.ProjectID]bool{}, map[policy.ProjectID]bool{}}
	for _, c := range d.Clients.All() {
		for _, g := range c.Scope.Groups {
			r.groups[g] = d.Groups.Find(string(g)) != nil // a dead reference matches nothing
		}
		for _, p := range c.Scope.Projects {
			r.projects[p] = true
		}
	}
	return r
}

// spread adds the projects that people of the selected groups work on. Whether an
// employee is reached is to be asked before.
func (r reach) spread(d *model.Data) {
	for _, e := range d.Employees.All() {
		selected := slices.ContainsFunc(e.Groups, func(id policy.GroupID) bool { return r.groups[id] })
		for _, p := range e.Projects {
			r.staffed[p] = true
			if selected {
				r.projects[p] = true
			}
		}
	}
}

func (r reach) employee(e *model.Employee) bool {
	return slices.ContainsFunc(e.Groups, func(id policy.GroupID) bool { return r.groups[id] }) ||
		slices.ContainsFunc(e.Projects, func(id policy.ProjectID) bool { return r.projects[id] })
}

func (r reach) project(p *model.Project) bool {
	return r.projects[p.ID] || slices.ContainsFunc(p.Groups, func(id policy.GroupID) bool { return r.groups[id] })
}

// ofDirectory returns what is found about employees and projects.
func ofDirectory(d *model.Data) (all []Finding) {
	r := reachOf(d)
	for _, e := range d.Employees.All() {
		scope := policy.Scope{Groups: e.Groups, Projects: e.Projects}
		f := Finding{Kind: policy.TypeEmployee, ID: string(e.ID), Name: e.Name}
		f.Dead = append(texts(d.DeadGroups(scope)), texts(d.DeadProjects(scope))...)
		alone := len(f.Dead) == len(e.Groups)+len(e.Projects)
		all = append(all, about(d, f, alone, r.employee(e))...)
	}
	r.spread(d)
	for _, p := range d.Projects.All() {
		f := Finding{Kind: policy.TypeProject, ID: string(p.ID), Name: p.Name}
		f.Dead = texts(d.DeadGroups(policy.Scope{Groups: p.Groups}))
		alone := len(f.Dead) == len(p.Groups) && !r.staffed[p.ID]
		all = append(all, about(d, f, alone, r.project(p))...)
	}
	return all
}

// about returns the findings about one of the directory. That nobody reaches what
// is alone goes without saying, and as long as there are no clients nothing is out
// of their reach.
func about(d *model.Data, f Finding, alone, reached bool) (all []Finding) {
	if len(f.Dead) > 0 {
		f.What = Dead
		all = append(all, f)
	}
	f.Dead = nil
	switch {
	case reached:
	case alone:
		f.What = Alone
		all = append(all, f)
	case d.Clients.Len() > 0:
		f.What = Unreached
		all = append(all, f)
	}
	return all
}
