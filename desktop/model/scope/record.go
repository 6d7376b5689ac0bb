package scope

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"sightline.example/policy"
)

// recordVersion is that of the stored form. A record of another one is not read.
const recordVersion = 1

// Record is a draft as it is kept for the case of a crash. There is no secret in
// it, and of the client nothing but the id: it says what was changed, of what.
type Record struct {
	Client   policy.ClientID `json:"client"`
	Revision int64           `json:"revision"` // of the version that is the base
	Base     policy.Scope    `json:"base"`
	Scope    policy.Scope    `json:"scope"`
	At       time.Time       `json:"at"` // of the last change
}

type storedRecord struct {
	Version int `json:"v"`
	Record
}

// Record returns what is to be kept of the draft.
func (d *Draft) Record(client policy.ClientID, revision int64, at time.Time) Record {
	return Record{Client: client, Revision: revision, Base: d.Base(), Scope: d.Scope(), At: at.UTC()}
}

// Draft returns the draft that the record is of. Its changes can be undone as one.
func (r Record) Draft() *Draft {
	d := New(r.Base)
	d.Set(r.Scope)
	return d
}

// Encode returns the stored form of a record.
func (r Record) Encode() ([]byte, error) {
	return json.Marshal(storedRecord{recordVersion, r})
}

// Decode reads the stored form of a record. What another version of the app wrote
// is an error: it could mean something else.
func Decode(text []byte) (Record, error) {
	var stored storedRecord
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&stored); err != nil {
		return Record{}, fmt.Errorf("draft of a scope: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Record{}, fmt.Errorf("draft of a scope: more than one value")
	}
	if stored.Version != recordVersion {
		return Record{}, fmt.Errorf("draft of a scope: version %d, want %d", stored.Version, recordVersion)
	}
	if err := policy.CheckID("client", string(stored.Client)); err != nil {
		return Record{}, fmt.Errorf("draft of a scope: %w", err)
	}
	stored.Base, stored.Scope = Canonical(stored.Base), Canonical(stored.Scope)
	return stored.Record, nil
}
