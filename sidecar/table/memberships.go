package table

import (
	"slices"

	"sightline.example/policy"
)

// memberships links employees as the table of memberships says: by the columns
// group and project, of which a row may fill both, or by type and target.
func (r *reading) memberships(employees []policy.Employee, inGroups, onProjects *links) {
	s := r.sheets[Memberships]
	if s == nil {
		return
	}
	g := s.open(r.mapping, &r.report)
	typed := g.has("type") || g.has("target")
	switch {
	case !g.need(&r.report, "employee"):
		return
	case typed && (!g.need(&r.report, "type") || !g.need(&r.report, "target")):
		return
	case !typed && !g.has("group") && !g.has("project"):
		r.report.fault(g.about(g.header.line, "", "has neither a column for the group nor one for the project"))
		return
	}
	inGroups.told = inGroups.told || typed || g.has("group")
	onProjects.told = onProjects.told || typed || g.has("project")
	people := newIndex("employee", len(employees), func(i int) (string, string) {
		return string(employees[i].ID), employees[i].Name
	})
	for _, row := range g.rows {
		i, ok := r.member(g, row, people)
		switch {
		case !ok:
		case typed:
			r.target(g, row, i, inGroups, onProjects)
		case g.cell(row, "group") == "" && g.cell(row, "project") == "":
			r.report.fault(g.about(row.line, "", "names neither a group nor a project"))
		default:
			r.link(g, row, "group", r.groupIndex, i, inGroups)
			r.link(g, row, "project", r.projectIndex, i, onProjects)
		}
	}
}

// member returns the place of the employee that a row is about.
func (r *reading) member(g grid, at row, people index) (int, bool) {
	text := g.cell(at, "employee")
	i, ok := people.find(text)
	switch {
	case ok:
	case text == "":
		r.report.fault(g.about(at.line, g.title("employee"), "must not be empty"))
	default:
		r.report.fault(g.about(at.line, g.title("employee"), people.unknown(text)))
	}
	return i, ok
}

func (r *reading) target(g grid, at row, employee int, inGroups, onProjects *links) {
	kind := headerName(g.cell(at, "type"))
	switch {
	case g.cell(at, "target") == "":
		r.report.fault(g.about(at.line, g.title("target"), "must not be empty"))
	case slices.Contains(groupNames(), kind):
		r.link(g, at, "target", r.groupIndex, employee, inGroups)
	case slices.Contains(projectNames(), kind):
		r.link(g, at, "target", r.projectIndex, employee, onProjects)
	default:
		r.report.fault(g.about(at.line, g.title("type"), "must be group or project, not "+quote(g.cell(at, "type"))))
	}
}
