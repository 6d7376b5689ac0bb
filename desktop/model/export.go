package model

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"sightline.example/policy"
)

// WriteCSV writes clients as a table (RFC 4180), with the names of what their
// scopes select, and with how much they see as far as it is among the counts. Its
// columns have the same names in every language.
func WriteCSV(w io.Writer, d *Data, counts *Counted, clients []*Client, now time.Time) error {
	table := csv.NewWriter(w)
	table.UseCRLF = true
	header := []string{"id", "name", "email", "status", "mode", "groups", "projects", "screencasts", "sees_employees", "sees_projects", "from", "until", "last_seen", "created", "changed", "changed_by"}
	if err := table.Write(header); err != nil {
		return err
	}
	for _, c := range clients {
		if err := table.Write(csvRow(d, counts, c, now)); err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}

func csvRow(d *Data, counts *Counted, c *Client, now time.Time) []string {
	employees, projects := counts.texts(c.ID)
	row := []string{
		string(c.ID), c.Name, c.Email, string(c.Standing(now)), string(c.Scope.Mode()),
		joined(c.Scope.Groups, func(id policy.GroupID) string { return d.groupName(id) }),
		joined(c.Scope.Projects, func(id policy.ProjectID) string { return d.projectName(id) }),
		strconv.FormatBool(c.Scope.Screencasts), employees, projects, optional(c.Scope.From), optional(c.Scope.Until),
		stamp(c.Seen), stamp(c.Created), stamp(c.Changed), c.ChangedBy,
	}
	for i := range row {
		row[i] = Inert(row[i])
	}
	return row
}

// texts returns how many employees and projects a client sees, empty if that is
// not known.
func (k *Counted) texts(id policy.ClientID) (employees, projects string) {
	n := k.find(id)
	if n == nil {
		return "", ""
	}
	return strconv.Itoa(n.Employees), strconv.Itoa(n.Projects)
}

// Inert keeps a spreadsheet from taking a text for a formula (OWASP, CSV
// injection). Some take the wide forms of the signs for them too.
func Inert(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(text)[0]) {
		return "'" + text
	}
	return text
}

func joined[ID ~string](ids []ID, name func(ID) string) string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = name(id)
	}
	return strings.Join(all, "; ")
}

// groupName returns the name of a group, or the id of one that does not exist.
func (d *Data) groupName(id policy.GroupID) string {
	if g := d.Groups.Find(string(id)); g != nil {
		return g.Name
	}
	return string(id)
}

// projectName is groupName for projects.
func (d *Data) projectName(id policy.ProjectID) string {
	if p := d.Projects.Find(string(id)); p != nil {
		return p.Name
	}
	return string(id)
}

func optional(t *time.Time) string {
	if t == nil {
		return ""
	}
	return stamp(*t)
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
