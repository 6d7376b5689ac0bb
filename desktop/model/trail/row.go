package trail

import (
	"cmp"
	"encoding/json"
	"strconv"

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

// Rescoped reports whether a client's scope was changed.
func (r *Row) Rescoped() bool {
	back, ok := r.Restore()
	return ok && back.Scope != nil
}

// Restore is what puts a client back to before a change: what the change changed,
// and nothing else. Nil was not changed.
type Restore struct {
	Client      policy.ClientID
	Name, Email *string
	Scope       *policy.Scope
}

// Restore returns what takes the record's change back, or false where it is no
// change of a client that can be taken back by another: what a client is made or
// deleted by, or suspended and resumed, or invited. What was personal and is
// erased stays so.
func (r *Row) Restore() (Restore, bool) {
	back := Restore{Client: policy.ClientID(r.ID)}
	var before, after struct {
		Name, Email *string
		Scope       *policy.Scope
	}
	if r.Kind != string(policy.KindClients) || !read(r.Before, &before) || !read(r.After, &after) {
		return back, false
	}
	back.Name, back.Email = changed(before.Name, after.Name), changed(before.Email, after.Email)
	if before.Scope != nil && after.Scope != nil && !sameScope(*before.Scope, *after.Scope) {
		back.Scope = before.Scope
	}
	return back, back.Name != nil || back.Email != nil || back.Scope != nil
}

func changed(before, after *string) *string {
	if before == nil || after == nil || *before == *after {
		return nil
	}
	return before
}

// read reads a JSON object, or reports that there is none.
func read(text json.RawMessage, into any) bool {
	return len(text) > 0 && json.Unmarshal(text, into) == nil
}
