package policy

import "time"

// Session is the time an admin or a client is signed in. What lets them in is a
// text of 256 random bits; what is kept is its [Digest].
//
// A session ends when its time is up, when it is removed, and when the account
// enters another era, as it does with each new password.
type Session struct {
	ID      SessionID   `json:"id"`
	Type    SubjectType `json:"type"` // SubjectAdmin or SubjectClient
	Subject string      `json:"subject"`
	Digest  Digest      `json:"digest"`
	Era     int         `json:"era,omitempty"`
	From    string      `json:"from,omitempty"`  // the address signed in from
	Agent   string      `json:"agent,omitempty"` // the program, as it calls itself
	Created time.Time   `json:"created"`
	Expires time.Time   `json:"expires"` // at the latest
	Seen    time.Time   `json:"seen"`    // the last use, within minutes
}

// MaxAgent is the longest name of a program that is kept, in bytes.
const MaxAgent = 200

// Check reports the first thing wrong with s, as an [Invalid] [Error].
func (s *Session) Check() error {
	if s.Type != SubjectAdmin && s.Type != SubjectClient {
		return FieldErrorf("type", "must be %s or %s", SubjectAdmin, SubjectClient)
	}
	if len(s.Agent) > MaxAgent {
		return FieldErrorf("agent", "is %d bytes long; the limit is %d", len(s.Agent), MaxAgent)
	}
	if !s.Created.Before(s.Expires) {
		return FieldErrorf("expires", "must be after created")
	}
	return firstError(
		CheckID("id", string(s.ID)),
		CheckID("subject", s.Subject),
		checkDigest(s.Digest),
		checkEra(s.Era),
	)
}

// How long sessions live: at the latest, and unused. Admins have a program that
// keeps the secret in the system's keyring; clients have a browser.
const (
	AdminSession      = 30 * 24 * time.Hour
	AdminSessionIdle  = 12 * time.Hour
	ClientSession     = 8 * time.Hour
	ClientSessionIdle = 30 * time.Minute
)

// ClientSessions is how often a client can be signed in at a time: one more, and
// the oldest session is over.
const ClientSessions = 5

// Idle returns how long s lives unused.
func (s *Session) Idle() time.Duration {
	if s.Type == SubjectAdmin {
		return AdminSessionIdle
	}
	return ClientSessionIdle
}

// Alive reports whether s is not over at a time. The account's era is for the
// caller to compare.
func (s *Session) Alive(now time.Time) bool {
	return now.Before(s.Expires) && now.Before(s.Seen.Add(s.Idle()))
}
