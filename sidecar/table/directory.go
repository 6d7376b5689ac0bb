package table

import "sightline.example/policy"

// Directory returns the directory that the sheets describe. What no sheet speaks
// of is as in the current directory: a table that is missing, and the groups and
// projects of whoever is in it. Memberships can be in a table of their own, in
// columns of the others, or both; then they are those of both.
//
// Nothing can be done with the directory if the report has faults.
func Directory(sheets Sheets, m Mapping, current policy.Directory) (policy.Directory, Report) {
	r := reading{sheets: sheets, mapping: m, current: current}
	checkMapping(m, &r.report, Employees, Groups, Projects, Memberships)
	d := policy.Directory{Groups: r.groups()}
	r.groupIndex = newIndex("group", len(d.Groups), func(i int) (string, string) {
		return string(d.Groups[i].ID), d.Groups[i].Name
	})
	d.Projects = r.projects(d.Groups)
	r.projectIndex = newIndex("project", len(d.Projects), func(i int) (string, string) {
		return string(d.Projects[i].ID), d.Projects[i].Name
	})
	d.Employees = r.employees(d.Groups, d.Projects)
	r.report.sort()
	return d, r.report
}

// reading is a directory while it is read.
type reading struct {
	sheets                   Sheets
	mapping                  Mapping
	current                  policy.Directory
	report                   Report
	groupIndex, projectIndex index
}

// open opens the sheet of a table, if it is there.
func (r *reading) open(table string) (g grid, entries []entry, ok bool) {
	s := r.sheets[table]
	if s == nil {
		return g, nil, false
	}
	g = s.open(r.mapping, &r.report)
	return g, g.entries(&r.report), true
}

func (r *reading) groups() []policy.Group {
	sheet, entries, ok := r.open(Groups)
	if !ok {
		return append([]policy.Group{}, r.current.Groups...)
	}
	all := make([]policy.Group, len(entries))
	for i, e := range entries {
		all[i] = policy.Group{ID: policy.GroupID(e.id), Name: e.name}
		sheet.check(&r.report, e.line, all[i].Check())
	}
	return all
}

func (r *reading) projects(groups []policy.Group) []policy.Project {
	sheet, entries, ok := r.open(Projects)
	if !ok {
		return append([]policy.Project{}, r.current.Projects...)
	}
	now := make(map[policy.ProjectID][]policy.GroupID, len(r.current.Projects))
	for _, p := range r.current.Projects {
		now[p.ID] = p.Groups
	}
	of := newLinks(len(entries))
	of.told = sheet.has("groups")
	all := make([]policy.Project, len(entries))
	for i, e := range entries {
		r.link(sheet, e.row, "groups", r.groupIndex, i, &of)
		id := policy.ProjectID(e.id)
		all[i] = policy.Project{ID: id, Name: e.name}
		all[i].Groups = idsOf(of, i, now[id], func(to int) policy.GroupID { return groups[to].ID })
		sheet.check(&r.report, e.line, all[i].Check())
	}
	return all
}

// link links the thing at a place to all that a cell names.
func (r *reading) link(g grid, at row, key string, to index, from int, l *links) {
	text := g.cell(at, key)
	if text == "" {
		return
	}
	places, messages := to.list(text)
	for _, m := range messages {
		r.report.fault(g.about(at.line, g.title(key), m))
	}
	for _, place := range places {
		l.add(from, place)
	}
}
