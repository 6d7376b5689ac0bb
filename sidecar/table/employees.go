package table

import "sightline.example/policy"

func (r *reading) employees(groups []policy.Group, projects []policy.Project) []policy.Employee {
	sheet, entries, ok := r.open(Employees)
	all, now := r.people(entries, ok)
	inGroups, onProjects := newLinks(len(all)), newLinks(len(all))
	if ok {
		inGroups.told, onProjects.told = sheet.has("groups"), sheet.has("projects")
		for i, e := range entries {
			r.link(sheet, e.row, "groups", r.groupIndex, i, &inGroups)
			r.link(sheet, e.row, "projects", r.projectIndex, i, &onProjects)
		}
	}
	r.memberships(all, &inGroups, &onProjects)
	for i := range all {
		e := &all[i]
		e.Groups = idsOf(inGroups, i, now[e.ID].Groups, func(to int) policy.GroupID { return groups[to].ID })
		e.Projects = idsOf(onProjects, i, now[e.ID].Projects, func(to int) policy.ProjectID { return projects[to].ID })
		r.checkEmployee(sheet, entries, i, e)
	}
	return all
}

// people returns the employees without their memberships, and those there are
// now by their ids.
func (r *reading) people(entries []entry, told bool) ([]policy.Employee, map[policy.EmployeeID]*policy.Employee) {
	now := make(map[policy.EmployeeID]*policy.Employee, len(r.current.Employees)+len(entries))
	for i := range r.current.Employees {
		now[r.current.Employees[i].ID] = &r.current.Employees[i]
	}
	if !told {
		return append([]policy.Employee{}, r.current.Employees...), now
	}
	all := make([]policy.Employee, len(entries))
	for i, e := range entries {
		all[i] = policy.Employee{ID: policy.EmployeeID(e.id), Name: e.name}
		if now[all[i].ID] == nil {
			now[all[i].ID] = &policy.Employee{}
		}
	}
	return all, now
}

// checkEmployee faults the row that an employee is in, or the memberships if it
// is in none.
func (r *reading) checkEmployee(g grid, entries []entry, i int, e *policy.Employee) {
	err := e.Check()
	switch {
	case err == nil:
	case g.Sheet != nil:
		g.check(&r.report, entries[i].line, err)
	default:
		r.report.fault(policy.Fault{Table: Memberships, Message: "the employee " + quote(string(e.ID)) + ": " + err.Error()})
	}
}
