package trail

import (
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
