package invite

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"sightline.example/desktop/model/scope"
	"sightline.example/policy"
)

// recordVersion is that of the stored form of a Record.
const recordVersion = 1

// Record is what is kept of a form that was not sent. There is no secret in it.
type Record struct {
	Version int          `json:"v"`
	Role    policy.Role  `json:"role,omitempty"`
	Text    string       `json:"addresses,omitempty"`
	Name    string       `json:"name,omitempty"`
	Note    string       `json:"note,omitempty"`
	Scope   policy.Scope `json:"scope"`
}

// Encode returns the stored form of a record.
func (r Record) Encode() ([]byte, error) { return json.Marshal(r) }

// Decode reads the stored form of a record. What another version of the app wrote
// is an error: it could mean something else.
func Decode(text []byte) (r Record, err error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&r); err != nil {
		return Record{}, fmt.Errorf("draft of an invitation: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Record{}, errors.New("draft of an invitation: more than one value")
	}
	if r.Version != recordVersion {
		return Record{}, fmt.Errorf("draft of an invitation: version %d, want %d", r.Version, recordVersion)
	}
	r.Scope = scope.Canonical(r.Scope)
	return r, nil
}

// Record returns what is to be kept of the form.
func (f *Form) Record() Record {
	return Record{Version: recordVersion, Role: f.role, Text: f.text, Name: f.name, Note: f.note, Scope: f.Sketch.Scope()}
}

// Resume goes on with a form that was kept.
func (f *Form) Resume(r Record) {
	f.edit(func() {
		f.role, f.text, f.name, f.note = r.Role, r.Text, r.Name, r.Note
		f.addresses = ParseAddresses(f.text, f.known)
	})
	f.Sketch.Draft().Set(r.Scope)
	f.Sketch.Changed()
}

// Clear empties the form.
func (f *Form) Clear() {
	f.edit(func() { f.role, f.text, f.addresses, f.name, f.note = "", "", nil, "", "" })
	f.Sketch.Restart(policy.Scope{})
}
