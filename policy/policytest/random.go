package policytest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"sightline.example/policy"
)

// Noon is the time [Random] worlds are about: their clients' periods begin or
// end around it, some at it to the nanosecond.
func Noon() time.Time { return time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC) }

// Random returns a small world that r alone determines. All its entities are
// valid, and it is full of trouble: ids equal across kinds, twins in all but
// case, memberships of what does not exist, empty groups, dead references in
// scopes, clients that are suspended, expired or unreadable, and deletions.
func Random(r *rand.Rand) World {
	g := generator{Rand: r, ids: somewhatStrange(r)}
	g.groups, g.projects = g.some(3), g.some(3)
	var w World
	for _, id := range g.groups {
		w.Groups = append(w.Groups, policy.Group{ID: policy.GroupID(id), Name: id})
	}
	for _, id := range g.projects {
		w.Projects = append(w.Projects, g.project(id))
	}
	for _, id := range g.some(4) {
		w.Employees = append(w.Employees, g.employee(id))
	}
	clients := append(g.some(2), "guest")
	for _, id := range clients {
		w.Clients = append(w.Clients, g.client(id))
	}
	if g.once(10) {
		w.Unreadable = []policy.ClientID{"garbled"}
	}
	if g.once(3) {
		w.Delete = g.deletions(w)
	}
	return w
}

// generator draws from the few ids of one world, so that most things meet.
type generator struct {
	*rand.Rand
	ids              []string
	groups, projects []string // of them, those that exist
}

func somewhatStrange(r *rand.Rand) []string {
	all := []string{
		"a", "A", "aa", "a.", "a-b", "ab", "admin", "Admin", "none", "null", "true", "0", "00", "+1", "~",
		"groups", "groups:a", "projects", "client", "view", "__proto__", "a@b.c", "...", "projects_and_tasks",
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:5]
}

func (g generator) once(in int) bool { return g.IntN(in) == 0 }

// some returns up to n ids, each once.
func (g generator) some(n int) []string { return g.of(g.ids, n) }

// of returns up to n of the ids, each once.
func (g generator) of(ids []string, n int) []string {
	picked := make([]string, 0, n)
	for _, i := range g.Perm(len(ids))[:g.IntN(min(n, len(ids))+1)] {
		picked = append(picked, ids[i])
	}
	return picked
}

// refs returns up to n references: half of the time only to what exists.
func (g generator) refs(existing []string, n int) []string {
	if g.once(2) {
		return g.of(existing, n)
	}
	return g.some(n)
}

func (g generator) project(id string) policy.Project {
	return policy.Project{ID: policy.ProjectID(id), Name: id, Groups: idsOf[policy.GroupID](g.refs(g.groups, 2))}
}

func (g generator) employee(id string) policy.Employee {
	return policy.Employee{
		ID:       policy.EmployeeID(id),
		Name:     id,
		Groups:   idsOf[policy.GroupID](g.refs(g.groups, 2)),
		Projects: idsOf[policy.ProjectID](g.refs(g.projects, 2)),
	}
}

func (g generator) client(id string) policy.Client {
	c := policy.Client{ID: policy.ClientID(id), Name: id, Email: fmt.Sprintf("%x@example.com", id), Status: policy.Active}
	if g.once(12) {
		c.Status = []policy.Status{policy.Invited, policy.Suspended}[g.IntN(2)]
	}
	if !g.once(3) {
		c.Scope.Groups = idsOf[policy.GroupID](g.refs(g.groups, 3))
	}
	if !g.once(3) {
		c.Scope.Projects = idsOf[policy.ProjectID](g.refs(g.projects, 3))
	}
	c.Scope.Screencasts = g.once(2)
	if g.once(6) {
		c.Scope.From, c.Scope.Until = g.period()
	}
	return c
}

// period returns two times around noon, in order; either may be missing.
func (g generator) period() (from, until *time.Time) {
	steps := []time.Duration{-time.Hour, -1, 0, 1, time.Hour}
	i := g.IntN(len(steps) - 1)
	j := i + 1 + g.IntN(len(steps)-1-i)
	if !g.once(3) {
		t := Noon().Add(steps[i])
		from = &t
	}
	if !g.once(3) {
		t := Noon().Add(steps[j])
		until = &t
	}
	return from, until
}

func (g generator) deletions(w World) []string {
	var paths []string
	for _, c := range w.creations() {
		paths = append(paths, string(c.Kind)+"/"+c.ID)
	}
	g.Shuffle(len(paths), func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
	return slices.Clip(paths[:min(len(paths), 1+g.IntN(2))])
}

func idsOf[T ~string](ids []string) []T {
	if len(ids) == 0 {
		return nil
	}
	all := make([]T, len(ids))
	for i, id := range ids {
		all[i] = T(id)
	}
	return all
}
