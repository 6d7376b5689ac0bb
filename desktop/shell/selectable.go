package shell

import (
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/sketch"
	"sightline.example/policy"
)

// selectable returns what a scope can select, with how many employees it reaches.
func (s *Shell) selectable() *sketch.Directory { return s.selection.at(s.store.Data()) }

// selection is what a scope can select. It is listed anew only when something has
// happened to the directory: changes of clients come by far oftener.
type selection struct {
	of     model.Data
	listed *sketch.Directory
}

func (s *selection) at(d *model.Data) *sketch.Directory {
	if s.listed == nil || !d.SameDirectory(&s.of) {
		s.of = model.Data{Employees: d.Employees, Groups: d.Groups, Projects: d.Projects}
		s.listed = listSelectable(d)
	}
	return s.listed.At(d.Token)
}

func listSelectable(d *model.Data) *sketch.Directory {
	inGroup, onProject := map[policy.GroupID]int{}, map[policy.ProjectID]int{}
	for _, e := range d.Employees.All() {
		for _, g := range e.Groups {
			inGroup[g]++
		}
		for _, p := range e.Projects {
			onProject[p]++
		}
	}
	var groups, projects []sketch.Thing
	for _, g := range d.Groups.All() {
		groups = append(groups, sketch.Thing{ID: string(g.ID), Name: g.Name, Employees: inGroup[g.ID]})
	}
	for _, p := range d.Projects.All() {
		projects = append(projects, sketch.Thing{ID: string(p.ID), Name: p.Name, Employees: onProject[p.ID]})
	}
	return sketch.NewDirectory(groups, projects)
}
