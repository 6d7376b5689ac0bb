package sketch

import (
	"slices"

	"sightline.example/desktop/model/names"
	"sightline.example/desktop/model/scope"
	"sightline.example/policy"
)

// Thing is a group or a project that can be selected.
type Thing struct {
	ID   string
	Name string
	// Employees is how many there are in a group, or are members of a project.
	Employees int
}

// Directory is what there is to select. Once it is in use it is never changed.
type Directory struct {
	Groups, Projects []Thing // by name
	// Token is of a revision that has all of it; see client.Client.AtLeast. Empty is
	// of any.
	Token string

	groups, projects map[string]int // index by id
	of               *Directory     // the one these things were listed in first
}

// NewDirectory returns a directory of these things, which come in any order, as of
// any revision.
func NewDirectory(groups, projects []Thing) *Directory {
	d := &Directory{Groups: sorted(groups), Projects: sorted(projects)}
	d.groups, d.projects = indexed(d.Groups), indexed(d.Projects)
	d.of = d
	return d
}

// At returns the same directory as of another revision, at which nothing in it is
// different.
func (d *Directory) At(token string) *Directory {
	next := *d
	next.Token = token
	return &next
}

func sorted(things []Thing) []Thing {
	return names.Sort(slices.Clone(things), func(t Thing) (name, id string) { return t.Name, t.ID })
}

func indexed(things []Thing) map[string]int {
	at := make(map[string]int, len(things))
	for i, t := range things {
		at[t.ID] = i
	}
	return at
}

// HasGroup reports whether there is a group with the id.
func (d *Directory) HasGroup(id policy.GroupID) bool {
	_, found := d.groups[string(id)]
	return found
}

// HasProject reports whether there is a project with the id.
func (d *Directory) HasProject(id policy.ProjectID) bool {
	_, found := d.projects[string(id)]
	return found
}

// GroupName returns what a group is called; of one that is gone, its id.
func (d *Directory) GroupName(id policy.GroupID) string { return name(d.Groups, d.groups, string(id)) }

// ProjectName returns what a project is called; of one that is gone, its id.
func (d *Directory) ProjectName(id policy.ProjectID) string {
	return name(d.Projects, d.projects, string(id))
}

// Dead returns the dead references of a scope.
func (d *Directory) Dead(s policy.Scope) scope.Dead { return scope.DeadIn(s, d.HasGroup, d.HasProject) }

func name(things []Thing, at map[string]int, id string) string {
	if i, found := at[id]; found {
		return things[i].Name
	}
	return id
}
