// Package policytest builds companies for tests, and holds the decision cases
// every layer has to pass: the engine directly, and the sidecar over HTTP.
//
// A [World] is plain data. The engine's tests turn it into a snapshot with
// [World.Data]; others import its directory and clients through the admin API,
// then do its deletions. The expected answers in cases/*.json are literals.
package policytest

import (
	"strings"
	"testing"

	"sightline.example/policy"
)

// World is a company and its clients, as they came to be: everything is
// created first, then Delete is taken away, in order.
type World struct {
	policy.Directory
	Clients []policy.Client `json:"clients"`
	// Unreadable are clients whose stored value can't be read. They can't be
	// imported: whoever runs a World on a real store puts rubbish in their place.
	Unreadable []policy.ClientID `json:"unreadable,omitempty"`
	// Delete names what is deleted, as kind and id: "groups/design".
	Delete []string `json:"delete,omitempty"`
}

// Data returns the snapshot of w, at revision 2. Deleting what was never there
// fails the test.
func (w World) Data(tb testing.TB) *policy.Data {
	tb.Helper()
	created := new(policy.Data).Apply(1, w.creations()...)
	deletions := make([]policy.Change, 0, len(w.Delete))
	for _, path := range w.Delete {
		if !w.created(path) {
			tb.Fatalf("the world deletes %q, which is not in it", path)
		}
		deletions = append(deletions, Deletion(path))
	}
	return created.Apply(2, deletions...)
}

// Deletion returns the change that deletes what path names: "groups/design".
func Deletion(path string) policy.Change {
	kind, id, _ := strings.Cut(path, "/")
	return policy.Change{Kind: policy.Kind(kind), ID: id}
}

func (w World) creations() []policy.Change {
	var all []policy.Change
	for _, g := range w.Groups {
		all = append(all, policy.Change{Kind: policy.KindGroups, ID: string(g.ID), Value: &g})
	}
	for _, p := range w.Projects {
		all = append(all, policy.Change{Kind: policy.KindProjects, ID: string(p.ID), Value: &p})
	}
	for _, e := range w.Employees {
		all = append(all, policy.Change{Kind: policy.KindEmployees, ID: string(e.ID), Value: &e})
	}
	for _, c := range w.Clients {
		all = append(all, policy.Change{Kind: policy.KindClients, ID: string(c.ID), Value: &c})
	}
	for _, id := range w.Unreadable {
		all = append(all, policy.Change{Kind: policy.KindClients, ID: string(id), Unreadable: true})
	}
	return all
}

func (w World) created(path string) bool {
	for _, c := range w.creations() {
		if path == string(c.Kind)+"/"+c.ID {
			return true
		}
	}
	return false
}
