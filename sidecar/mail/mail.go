// Package mail makes the messages that Sightline sends, and hands them to a mail
// server or, where there is none, to a folder.
//
// A message is rendered from templates as text and as HTML, and has exactly one
// recipient. Nothing that a person wrote can add a header or a recipient. Over
// the network a message only goes encrypted, to a server whose certificate was
// checked. Nothing is tried twice here: whoever sends decides by the [Error].
package mail

import (
	"context"
	"time"
)

// Kind is which message it is.
type Kind string

// The kinds of messages, and what their letters need besides ID and To.
const (
	Setup      Kind = "setup"       // a client is invited: Link and Expires; By and Note if there are any
	AdminSetup Kind = "admin_setup" // an admin is invited: Role as well
	Reset      Kind = "reset"       // the link to set another password: Link and Expires
	Changed    Kind = "changed"     // the news that the password was changed: no Link
)

// Letter is what a message is made from. One that lacks what its kind needs is
// refused for good.
type Letter struct {
	ID      string // for the message's own id, the same for every try: 1 to 64 ASCII letters, digits and "-"
	Kind    Kind
	To      string // one bare address in ASCII, such as ann@example.com
	By      string // who invites; empty leaves that open
	Role    string // of an admin who is invited
	Note    string // of who invites, in that person's words; its lines are kept
	Link    string // the http or https address behind the button
	Expires time.Time
}

// Sender is who messages are from.
type Sender struct {
	Company string // the name of the company whose work is shown, and that messages are from; required
	From    string // one bare address in ASCII; required
	Portal  string // where clients sign in; empty leaves it out
}

// Transport takes messages.
type Transport interface {
	// Send sends a letter. Its error is an *Error if the letter was not taken.
	Send(ctx context.Context, l Letter) error
}
