// Package events says what changed between two snapshots, in the words of the
// domain, and remembers the newest of it for those who follow.
//
// Only clients, employees, groups and projects are told of. Keys, sessions and
// whatever else is stored give no events.
package events

import (
	"cmp"
	"iter"
	"slices"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// Of returns what the changes of one revision did: before and after are the
// snapshots on its two sides. An entity that is the same as before gives no
// event.
func Of(before, after *policy.Data, changes []policy.Change) []api.Event {
	var all []api.Event
	for _, c := range changes {
		if e, ok := one(before, after, c.Kind, c.ID); ok {
			all = append(all, e)
		}
	}
	return all
}

// Between returns what it takes to get from one snapshot to another when it is
// not known what changed: groups and projects first, then who refers to them,
// each kind by id. It gives false if that are more than limit events.
func Between(before, after *policy.Data, limit int) ([]api.Event, bool) {
	var all []api.Event
	for _, kind := range []policy.Kind{policy.KindGroups, policy.KindProjects, policy.KindEmployees, policy.KindClients} {
		first := len(all)
		for id := range union(ids(before, kind), ids(after, kind)) {
			e, ok := one(before, after, kind, id)
			if !ok {
				continue
			}
			if len(all) == limit {
				return nil, false
			}
			all = append(all, e)
		}
		slices.SortFunc(all[first:], func(a, b api.Event) int { return cmp.Compare(a.ID, b.ID) })
	}
	return all, true
}

// union yields each id of the two once.
func union(before, after iter.Seq[string]) iter.Seq[string] {
	return func(yield func(string) bool) {
		seen := map[string]bool{}
		for id := range before {
			seen[id] = true
			if !yield(id) {
				return
			}
		}
		for id := range after {
			if !seen[id] && !yield(id) {
				return
			}
		}
	}
}

func ids(d *policy.Data, kind policy.Kind) iter.Seq[string] {
	switch kind {
	case policy.KindClients:
		return texts(d.ClientIDs())
	case policy.KindEmployees:
		return texts(d.EmployeeIDs())
	case policy.KindGroups:
		return texts(d.GroupIDs())
	case policy.KindProjects:
		return texts(d.ProjectIDs())
	}
	return func(func(string) bool) {}
}

func texts[T ~string](ids iter.Seq[T]) iter.Seq[string] {
	return func(yield func(string) bool) {
		for id := range ids {
			if !yield(string(id)) {
				return
			}
		}
	}
}

// one returns the event about one entity, if there is any. The kinds it knows
// are all that anybody is told of.
func one(before, after *policy.Data, kind policy.Kind, id string) (e api.Event, ok bool) {
	switch kind {
	case policy.KindClients:
		e, ok = client(before, after, policy.ClientID(id))
	case policy.KindEmployees:
		e, ok = employee(before, after, policy.EmployeeID(id))
	case policy.KindGroups:
		e, ok = group(before, after, policy.GroupID(id))
	case policy.KindProjects:
		e, ok = project(before, after, policy.ProjectID(id))
	}
	e.Kind, e.ID, e.Revision = kind, id, after.Revision()
	return e, ok
}
