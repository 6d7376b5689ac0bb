package trail

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/audit"
)

// Filter says which records are shown. Every field that is set is a condition,
// and all have to hold. They are those of audit.Query.
type Filter struct {
	Text        string
	ActorType   policy.SubjectType
	Actor       string // the id of who did it
	Action      string
	Kind, ID    string    // of what it was done to
	From, Until time.Time // not before, and before
	Period      Period    // what From and Until are called; During and Within set all three
}

func (f Filter) query() audit.Query {
	return audit.Query{
		Text: strings.TrimSpace(f.Text), ActorType: f.ActorType, Actor: f.Actor, Action: f.Action,
		Kind: f.Kind, ID: f.ID, From: f.From, Until: f.Until,
	}
}

// Actor is somebody who did something.
type Actor struct {
	Type policy.SubjectType
	ID   string
	Name string
}

// Know adds an actor to those who can be filtered by.
func (t *Trail) Know(a Actor) {
	if a.ID != "" {
		t.actors[a.ID] = a
	}
}

// Actors returns who is known to have done something, or to be able to, by name.
func (t *Trail) Actors() []Actor {
	return slices.SortedFunc(maps.Values(t.actors), func(a, b Actor) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.ID, b.ID))
	})
}

// ActorName returns the name of an actor by id, or the id of one who is not
// known.
func (t *Trail) ActorName(id string) string { return cmp.Or(t.actors[id].Name, id) }

// Kinds returns the kinds of what records are about, to filter by.
func Kinds() []string {
	return []string{"clients", "groups", "projects", "employees", "directory", "admins", "keys", "sessions", "audit"}
}

// Actions returns what can have been done, to filter by.
func Actions() []string {
	return []string{
		"create", "replace", "delete", "import", "suspend", "resume", "erase",
		"invite", "revoke", "accept", "reset", "mail_sent", "mail_failed",
		"sign_in", "fail_sign_in", "lock", "unlock", "sign_out", "change_password", "confirm_codes", "stop_codes", "archive",
	}
}
