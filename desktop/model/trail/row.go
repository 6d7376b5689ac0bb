package trail

import (
	"cmp"
	"encoding/json"
	"strconv"

	"sightline.example/desktop/model/scope"
	"sightline.example/policy"
	"sightline.example/sidecar/audit"
)

// Row is one record: who did what to whom, when and from where.
type Row struct{ audit.Record }

// Key returns what the record is known by: its number.
func (r *Row) Key() string { return strconv.FormatUint(r.Seq, 10) }

// Name returns what the thing was called to which it was done; empty where the
// record does not tell, or does not tell any more.
func (r *Row) Name() string {
	var before, after struct {
		Name string `json:"name"`
	}
	read(r.Before, &before)
	read(r.After, &after)
	return cmp.Or(after.Name, before.Name)
}

// Client returns the id of the client whom the record is about; empty if it is
// about none.
func (r *Row) Client() string {
	if r.Kind == string(policy.KindClients) || r.Kind == string(policy.KindAccounts) {
		return r.ID
	}
	return ""
}

// Changes returns what was changed.
func (r *Row) Changes() []Change { return ChangesOf(r.Before, r.After) }

// Scopes returns a client's scope before and after, or false where the record tells
// of no change of one.
func (r *Row) Scopes() (before, after policy.Scope, ok bool) {
	var old, next struct {
		Scope *policy.Scope `json:"scope"`
	}
	if r.Kind != string(policy.KindClients) || !read(r.Before, &old) || !read(r.After, &next) || old.Scope == nil || next.Scope == nil {
		return before, after, false
	}
	return *old.Scope, *next.Scope, !scope.Compare(*old.Scope, *next.Scope).Empty()
}

// read reads a JSON object, or reports that there is none.
func read(text json.RawMessage, into any) bool {
	return len(text) > 0 && json.Unmarshal(text, into) == nil
}
