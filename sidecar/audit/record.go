// Package audit is the log of all that was done, as a chain: records are
// numbered from 1 without gaps, and each has the SHA-256 of the stored bytes of
// the one before, in hexadecimal, so that none can be changed, added or taken
// away without showing. The number and the hash of the last record are its head.
//
// Whoever can write to all of the store can make another chain and its head. An
// [Anchor] that is kept elsewhere shows that too.
//
// What tells who a client is stands in a record only under a key of that
// person's own. Without the key it is gone for good, and the chain still holds.
package audit

import (
	"encoding/json"
	"time"

	"sightline.example/policy"
)

// Actor is who did something.
type Actor struct {
	Type policy.SubjectType `json:"type"`
	ID   string             `json:"id,omitempty"` // of the key, the admin or the client
	Name string             `json:"name,omitempty"`
	Role policy.Role        `json:"role,omitempty"` // of a key or an admin
	From string             `json:"from,omitempty"` // the remote address; empty for the sidecar itself
}

// ActorOf returns a caller as an actor.
func ActorOf(c policy.Caller) Actor {
	return Actor{Type: c.Type, ID: c.ID, Name: c.Name, Role: c.Role, From: c.From}
}

// Entry says what was done, who did it, and what it changed. It holds no
// secrets: nothing in it may help to pass for a caller.
type Entry struct {
	At     time.Time       `json:"at"`
	Actor  Actor           `json:"actor"`
	Action string          `json:"action"`
	Kind   string          `json:"kind"`
	ID     string          `json:"id,omitempty"`
	Detail string          `json:"detail,omitempty"` // nothing personal: it is never sealed
	Before json.RawMessage `json:"before,omitempty"`
	After  json.RawMessage `json:"after,omitempty"`
	// Personal is what else there is to be known about a client.
	Personal *Personal `json:"personal,omitempty"`
}

// Personal is something about a client that can be erased.
type Personal struct {
	Person string          `json:"person"` // the client's id
	Data   json.RawMessage `json:"data"`
}

// Record is an entry in its place in the chain. A member of the stored form that
// this program does not know is covered by the chain, and is not shown.
type Record struct {
	Seq  uint64 `json:"seq"`
	Prev string `json:"prev"` // the hash of the record before; empty in the first
	Entry
	Sealed *Sealed `json:"sealed,omitempty"` // what was personal, in the stored form

	Erased   bool  `json:"erased,omitempty"`   // what was personal is gone; never stored
	Revision int64 `json:"revision,omitempty"` // at which it was committed; never stored
}

// Page is a part of the log, in the order that was asked for.
type Page struct {
	Items []Record
	Next  uint64 // the number to go on after; 0 at the end
	// ArchivedThrough is the number of the last record that is not in the store
	// any more, but in the archive's files. It is 0 if there is none.
	ArchivedThrough uint64
}
