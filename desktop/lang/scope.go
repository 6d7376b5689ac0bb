package lang

import (
	"strings"
	"time"

	"sightline.example/desktop/model/scope"
	"sightline.example/policy"
)

// Rule returns the sentence that says what a scope shows.
func Rule(s policy.Scope) string {
	groups, projects := bound(N("{{.N}} groups", len(s.Groups))), bound(N("{{.N}} projects", len(s.Projects)))
	switch s.Mode() {
	case policy.ModeGroups:
		return L("Sees all work of the people in the selected groups ({{.Groups}}), on any project.", Data{"Groups": groups})
	case policy.ModeProjects:
		return L("Sees all work on the selected projects ({{.Projects}}), whoever does it.", Data{"Projects": projects})
	case policy.ModeBoth:
		return L("Sees only work by people in the selected groups ({{.Groups}}) on the selected projects ({{.Projects}}), and no other.",
			Data{"Groups": groups, "Projects": projects})
	}
	return L("Sees nothing: neither groups nor projects are selected.")
}

// bound returns a number and what it counts so that no line ends between them.
func bound(text string) string { return strings.ReplaceAll(text, " ", "\u00a0") }

// Notice returns what is to be pointed out about an edit.
func Notice(n scope.Notice) string {
	switch n {
	case scope.NarrowsByGroups:
		return L("This narrows the access. With the first group, work on the projects is visible only if people in the groups did it.")
	case scope.NarrowsByProjects:
		return L("This narrows the access. With the first project, work of the groups is visible only if it is on the projects.")
	case scope.WidensToEveryone:
		return L("This widens the access. Without any group, everybody's work on the projects becomes visible.")
	case scope.WidensToEverything:
		return L("This widens the access. Without any project, all work of the groups becomes visible.")
	case scope.PeriodOver:
		return L("The access ends before it begins. Change one of the two dates.")
	}
	return L("The client will see nobody's work.")
}

// Changes returns what a diff does, in short; it is empty if it does nothing.
func Changes(d scope.Diff) string {
	var parts []string
	count := func(sign string, n int, text func() string) {
		if n > 0 {
			parts = append(parts, sign+text())
		}
	}
	groups := func(n int) func() string { return func() string { return N("{{.N}} groups", n) } }
	projects := func(n int) func() string { return func() string { return N("{{.N}} projects", n) } }
	count("+", len(d.GroupsAdded), groups(len(d.GroupsAdded)))
	count("-", len(d.GroupsRemoved), groups(len(d.GroupsRemoved)))
	count("+", len(d.ProjectsAdded), projects(len(d.ProjectsAdded)))
	count("-", len(d.ProjectsRemoved), projects(len(d.ProjectsRemoved)))
	if d.Screencasts {
		parts = append(parts, L("screencasts"))
	}
	if d.Period {
		parts = append(parts, L("period"))
	}
	return strings.Join(parts, ", ")
}

// Span returns a period within a sentence, of its two days or moments as they are
// written; an empty one is none.
func Span(from, until string) string {
	switch {
	case from != "" && until != "":
		return L("{{.From}} to {{.Until}}", Data{"From": from, "Until": until})
	case from != "":
		return L("from {{.From}}", Data{"From": from})
	case until != "":
		return L("until {{.Until}}", Data{"Until": until})
	}
	return L("without end")
}

// Names returns the first of some names and how many there are besides.
func Names(names []string, of int) string {
	text := strings.Join(names, ", ")
	if more := of - len(names); more > 0 && len(names) > 0 {
		return N("{{.Names}} and {{.N}} more", more, Data{"Names": text})
	}
	return text
}

// Who returns who did something, and how long ago.
func Who(name string, at, now time.Time) string {
	if name == "" {
		return Ago(at, now)
	}
	return L("{{.Ago}}, {{.Who}}", Data{"Ago": Ago(at, now), "Who": name})
}
