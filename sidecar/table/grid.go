package table

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"sightline.example/policy"
)

// grid is a sheet whose columns are known.
type grid struct {
	*Sheet
	at map[string]int // places of the columns, by their keys
}

// open finds the columns of a sheet. Headers that are none of them are passed
// over with a warning.
func (s *Sheet) open(m Mapping, report *Report) grid {
	report.add(s.report)
	g := grid{s, map[string]int{}}
	if s.header.cells == nil {
		return g
	}
	known, used := g.byName(report), map[int]bool{}
	g.mapped(m[s.name], known, used, report)
	taken := map[int]string{}
	for _, c := range columnsOf(s.name) {
		for _, name := range c.names {
			i, found := known[name]
			_, has := g.at[c.key]
			switch {
			case !found || used[i]:
			case has:
				if taken[i] == "" {
					taken[i] = c.key
				}
			default:
				g.at[c.key], used[i] = i, true
			}
		}
	}
	g.warnOfUnused(used, taken, report)
	return g
}

// byName returns the places of the header's names.
func (g grid) byName(report *Report) map[string]int {
	known := make(map[string]int, len(g.header.cells))
	for i, title := range g.header.cells {
		name := headerName(title)
		if name == "" {
			continue
		}
		if _, twice := known[name]; twice {
			report.fault(g.about(g.header.line, title, "is in the header twice"))
			continue
		}
		known[name] = i
	}
	return known
}

// mapped places the columns that the mapping names.
func (g grid) mapped(m map[string]string, known map[string]int, used map[int]bool, report *Report) {
	for _, key := range slices.Sorted(maps.Keys(m)) {
		i := slices.Index(g.header.cells, strings.TrimSpace(m[key]))
		if i < 0 {
			var found bool
			if i, found = known[headerName(m[key])]; !found {
				report.fault(g.about(g.header.line, m[key], "is not in the header, where the mapping looks for it"))
				continue
			}
		}
		g.at[key], used[i] = i, true
	}
}

func (g grid) warnOfUnused(used map[int]bool, taken map[int]string, report *Report) {
	for i, title := range g.header.cells {
		switch key := taken[i]; {
		case used[i] || title == "":
		case key != "":
			report.warn(g.about(g.header.line, title, fmt.Sprintf("was passed over: the column %s is the %s", quote(g.title(key)), key)))
		default:
			report.warn(g.about(g.header.line, title, "is not a column known here, and was passed over"))
		}
	}
}

// headerName returns a header in the form that names are compared in: letters
// and digits in lower case.
func headerName(title string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, composed(title))
}

// checkMapping faults what a mapping names that there is not.
func checkMapping(m Mapping, report *Report, tables ...string) {
	for _, table := range slices.Sorted(maps.Keys(m)) {
		if !slices.Contains(tables, table) {
			report.fault(policy.Fault{Table: table, Message: "is not a table; the mapping can name " + strings.Join(tables, ", ")})
			continue
		}
		var keys []string
		for _, c := range columnsOf(table) {
			keys = append(keys, c.key)
		}
		for _, key := range slices.Sorted(maps.Keys(m[table])) {
			if !slices.Contains(keys, key) {
				report.fault(policy.Fault{Table: table, Column: key, Message: "is not a column; the mapping can name " + strings.Join(keys, ", ")})
			}
		}
	}
}

func (g grid) has(key string) bool {
	_, ok := g.at[key]
	return ok
}

// need faults the header if a column is missing. Without a header there is
// nothing to add to what was said.
func (g grid) need(report *Report, key string) bool {
	if g.has(key) || g.header.cells == nil {
		return g.has(key)
	}
	report.fault(g.about(g.header.line, "", fmt.Sprintf("has no column for the %s", key)))
	return false
}

// cell returns what a row says in a column, empty if there is none.
func (g grid) cell(r row, key string) string {
	if i, ok := g.at[key]; ok && i < len(r.cells) {
		return r.cells[i]
	}
	return ""
}

// title returns what the header calls a column.
func (g grid) title(key string) string {
	if i, ok := g.at[key]; ok {
		return g.header.cells[i]
	}
	return key
}

func (s *Sheet) about(line int, column, message string) policy.Fault {
	return policy.Fault{Table: s.name, Row: line, Column: column, Message: message}
}
