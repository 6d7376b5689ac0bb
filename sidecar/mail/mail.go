// Package mail makes the messages that Sightline sends, and hands them to a mail
// server or, where there is none, to a folder.
//
// A message is rendered from templates as text and as HTML, and has exactly one
// recipient. Nothing that a person wrote can add a header or a recipient. Over
// the network a message only goes encrypted, to a server whose certificate was
// checked.
package mail

import (
	"context"
	"time"
)

// Kind is which message it is.
type Kind string

// The kinds of messages.
const (
	Setup      Kind = "setup"       // a client is invited
	AdminSetup Kind = "admin_setup" // an admin is invited
	Reset      Kind = "reset"       // the link to set another password
	Changed    Kind = "changed"     // the news that the password was changed
)

// Letter is what a message is made from.
type Letter struct {
	ID      string // for the message's own id: the same for every try
	Kind    Kind
	To      string // one address
	By      string // who invites; empty leaves that open
	Role    string // of an admin who is invited
	Note    string // of who invites, in that person's words
	Link    string // the address behind the button; empty for Changed
	Expires time.Time
}

// Sender is who messages are from.
type Sender struct {
	Company string // the name of the company whose work is shown
	From    string // the address
	Portal  string // where clients sign in
}

// Transport takes messages.
type Transport interface {
	// Send sends a letter. Its error is an *Error if the letter was not taken.
	Send(ctx context.Context, l Letter) error
}

// Error tells why a message was not taken, in words for admins: without address,
// link or password.
type Error struct {
	Detail string
	Final  bool // another try would be in vain
	cause  error
}

// Error implements the error interface.
func (e *Error) Error() string { return e.Detail }

// Permanent reports whether another try would be in vain.
func (e *Error) Permanent() bool { return e.Final }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.cause }
