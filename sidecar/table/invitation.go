package table

import (
	"fmt"
	"strings"
	"time"

	"sightline.example/policy"
)

// Invitation is a row of a list of clients to be invited.
type Invitation struct {
	Row   int // line of the file, from 1
	Email string
	Name  string // empty if the row has none
	Scope policy.Scope
	Note  string
	// Faults are what is wrong with the row. They are not in the report.
	Faults []policy.Fault
}

// Invitations returns the clients to be invited that a sheet of the table
// [Clients] lists. Their groups and projects are those of the directory, whose employees don't matter. A day in the column
// from is its beginning, one in the column until its end, in UTC.
//
// The report has what is wrong with the file as a whole, and with rows that could
// not be read at all.
func Invitations(s *Sheet, m Mapping, d policy.Directory) ([]Invitation, Report) {
	var report Report
	checkMapping(m, &report, Clients)
	g := s.open(m, &report)
	if !g.need(&report, "email") {
		return nil, report
	}
	list := invitations{
		grid: g, lines: map[string]int{},
		groups: newIndex("group", len(d.Groups), func(i int) (string, string) {
			return string(d.Groups[i].ID), d.Groups[i].Name
		}),
		projects: newIndex("project", len(d.Projects), func(i int) (string, string) {
			return string(d.Projects[i].ID), d.Projects[i].Name
		}),
		directory: d,
	}
	all := make([]Invitation, len(g.rows))
	for i, row := range g.rows {
		all[i] = list.read(row)
	}
	return all, report
}

// invitations is a list while it is read.
type invitations struct {
	grid
	groups, projects index
	directory        policy.Directory
	lines            map[string]int // by address
}

func (l *invitations) read(r row) Invitation {
	v := Invitation{Row: r.line, Email: l.cell(r, "email"), Name: l.cell(r, "name"), Note: l.cell(r, "note")}
	l.checkEmail(&v)
	for _, i := range l.places(&v, r, "groups", l.groups) {
		v.Scope.Groups = append(v.Scope.Groups, l.directory.Groups[i].ID)
	}
	for _, i := range l.places(&v, r, "projects", l.projects) {
		v.Scope.Projects = append(v.Scope.Projects, l.directory.Projects[i].ID)
	}
	v.Scope.Screencasts = l.flag(&v, r, "screencasts")
	v.Scope.From = l.time(&v, r, "from", false)
	v.Scope.Until = l.time(&v, r, "until", true)
	l.checkClient(&v)
	return v
}

func (l *invitations) checkEmail(v *Invitation) {
	if err := policy.CheckEmail("email", v.Email); err != nil {
		l.blame(v, err)
		return
	}
	email := policy.CanonicalEmail(v.Email)
	if line, twice := l.lines[email]; twice {
		l.fault(v, "email", fmt.Sprintf("is the address in line %d too", line))
		return
	}
	l.lines[email] = v.Row
}

// checkClient checks all but the address.
func (l *invitations) checkClient(v *Invitation) {
	c := policy.Client{ID: "new", Name: "new", Email: "new@example.com", Status: policy.Invited}
	named, scoped := c, c
	if scoped.Scope = v.Scope; v.Name != "" {
		named.Name = v.Name
	}
	l.blame(v, named.Check())
	l.blame(v, scoped.Check())
	l.blame(v, policy.CheckNote("note", v.Note))
}

func (l *invitations) places(v *Invitation, r row, key string, x index) []int {
	text := l.cell(r, key)
	if text == "" {
		return nil
	}
	places, messages := x.list(text)
	for _, m := range messages {
		l.fault(v, key, m)
	}
	return places
}

func (l *invitations) flag(v *Invitation, r row, key string) bool {
	switch strings.ToLower(l.cell(r, key)) {
	case "", "no", "n", "false", "off", "0", "-", "nein", "falsch", "aus":
		return false
	case "yes", "y", "true", "on", "1", "x", "ja", "j", "wahr", "ein", "an":
		return true
	}
	l.fault(v, key, "must be yes or no")
	return false
}

// time returns the time in a cell, nil if it has none.
func (l *invitations) time(v *Invitation, r row, key string, end bool) *time.Time {
	text := l.cell(r, key)
	if text == "" {
		return nil
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		t = t.UTC()
		return &t
	}
	for _, layout := range []string{time.DateOnly, "2.1.2006"} {
		if t, err := time.Parse(layout, text); err == nil {
			if end {
				t = t.AddDate(0, 0, 1)
			}
			return &t
		}
	}
	l.fault(v, key, "must be a day, such as 2026-01-31 or 31.1.2026, or a time as of RFC 3339")
	return nil
}

// blame faults the cell that an error of package policy is about.
func (l *invitations) blame(v *Invitation, err error) {
	if err == nil {
		return
	}
	var report Report
	l.check(&report, v.Row, err)
	v.Faults = append(v.Faults, report.Faults...)
}

func (l *invitations) fault(v *Invitation, key, message string) {
	v.Faults = append(v.Faults, l.about(v.Row, l.title(key), message))
}
