package table

import (
	"errors"
	"fmt"
	"strings"

	"sightline.example/policy"
)

// entry is a row of a table that has one thing a row.
type entry struct {
	row
	id, name string
}

// entries returns the rows of a table with their ids and names, each id once.
func (g grid) entries(report *Report) []entry {
	names := g.has("name") || g.has("first_name") || g.has("last_name") || g.need(report, "name")
	if !names {
		return nil
	}
	all, lines := make([]entry, 0, len(g.rows)), make(map[string]int, len(g.rows))
	for _, r := range g.rows {
		e := entry{r, g.cell(r, "id"), g.name(r)}
		switch {
		case e.name == "":
			report.fault(g.about(r.line, g.nameTitle(), "must not be empty"))
			continue
		case g.has("id") && e.id == "":
			report.fault(g.about(r.line, g.title("id"), "must not be empty"))
			continue
		case !g.has("id"):
			e.id = ID(g.Sheet.name, e.name)
		}
		if line, twice := lines[e.id]; twice {
			report.fault(g.repeated(e, line))
			continue
		}
		lines[e.id] = r.line
		all = append(all, e)
	}
	return all
}

func (g grid) repeated(e entry, line int) policy.Fault {
	if g.has("id") {
		return g.about(e.line, g.title("id"), fmt.Sprintf("%s is the id in line %d too", quote(e.id), line))
	}
	return g.about(e.line, g.nameTitle(),
		fmt.Sprintf("%s is the name in line %d too; give both an id, in a column of its own", quote(e.name), line))
}

// name returns the name that a row gives, which may be in two columns.
func (g grid) name(r row) string {
	if g.has("name") {
		return g.cell(r, "name")
	}
	return strings.TrimSpace(g.cell(r, "first_name") + " " + g.cell(r, "last_name"))
}

func (g grid) nameTitle() string {
	for _, key := range []string{"name", "last_name"} {
		if g.has(key) {
			return g.title(key)
		}
	}
	return g.title("first_name")
}

// check faults the row of an entity that has something wrong with it.
func (g grid) check(report *Report, line int, err error) {
	e, ok := errors.AsType[*policy.Error](err)
	if !ok {
		return
	}
	key, _, _ := strings.Cut(strings.TrimPrefix(e.Field, "scope."), "[")
	title := g.title(key)
	if key == "name" {
		title = g.nameTitle()
	}
	report.fault(g.about(line, title, e.Message))
}
