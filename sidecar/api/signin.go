package api

import (
	"time"

	"sightline.example/policy"
)

// Paths of signing in and of the team. A session's text is presented like that
// of a key. The first two take no key.
const (
	PathSetup        = "/v1/setup"         // POST makes the first owner
	PathSignIn       = "/v1/sign-in"       // POST
	PathSignOut      = "/v1/sign-out"      // POST
	PathSession      = "/v1/session"       // GET tells who the caller is
	PathSessions     = "/v1/sessions"      // GET; DELETE of one below it
	PathPassword     = "/v1/password"      // POST changes the caller's own
	PathCodes        = "/v1/codes"         // POST begins to use one-time codes, DELETE ends it
	PathConfirmCodes = "/v1/codes/confirm" // POST
	PathAdmins       = "/v1/admins"        // GET; GET, PUT, DELETE of one below it, and POST of its PathUnlock
	PathUnlock       = "/unlock"           // POST, below an admin
)

// Setup makes the first owner. Code is what the sidecar printed at its start.
type Setup struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	Email    string `json:"email"`
	Password string `json:"password"`
}

// SignIn asks for a session. Code is a one-time code or a recovery code, for
// accounts that have codes switched on.
type SignIn struct {
	Email    string `json:"email"`
	Password string `json:"password"`
	Code     string `json:"code,omitempty"`
}

// SignedIn is a session that was just begun. Token is what its requests present;
// it is told this once.
type SignedIn struct {
	Token   string       `json:"token"`
	Admin   policy.Admin `json:"admin"`
	Expires time.Time    `json:"expires"` // at the latest
}

// Who is the caller of a request.
type Who struct {
	Type policy.SubjectType `json:"type"` // admin or key
	ID   string             `json:"id"`
	Name string             `json:"name"`
	Role policy.Role        `json:"role"`
	// Permissions are all that the caller may do.
	Permissions []policy.Permission `json:"permissions"`
	Expires     time.Time           `json:"expires"`
	Admin       *policy.Admin       `json:"admin,omitempty"`   // nil for a key
	Session     policy.SessionID    `json:"session,omitempty"` // empty for a key
}

// Sessions are those of one admin, the oldest first.
type Sessions struct {
	Items []Session `json:"items"`
}

// Session is a session without its secret.
type Session struct {
	ID      policy.SessionID   `json:"id"`
	Type    policy.SubjectType `json:"type"`
	Subject string             `json:"subject"`
	From    string             `json:"from,omitempty"`  // the address signed in from
	Agent   string             `json:"agent,omitempty"` // the program, as it calls itself
	Created time.Time          `json:"created"`
	Expires time.Time          `json:"expires"`           // at the latest
	Seen    time.Time          `json:"seen"`              // the last use, within minutes
	Current bool               `json:"current,omitempty"` // the one that asks
}

// SessionOf returns what may be told of a session.
func SessionOf(s policy.Session) Session {
	return Session{
		ID: s.ID, Type: s.Type, Subject: s.Subject, From: s.From, Agent: s.Agent,
		Created: s.Created, Expires: s.Expires, Seen: s.Seen,
	}
}

// NewPassword changes the caller's password.
type NewPassword struct {
	Old string `json:"old"`
	New string `json:"new"`
}

// NewCodes is what a program that shows one-time codes needs (RFC 6238). They
// are not switched on before one of them is confirmed.
type NewCodes struct {
	Secret string `json:"secret"` // in base32, to be typed
	URL    string `json:"url"`    // otpauth://, to be shown as a picture
}

// Code is a one-time code.
type Code struct {
	Code string `json:"code"`
}

// RecoveryCodes do in the place of one-time codes, each once. They are told this
// once.
type RecoveryCodes struct {
	Codes []string `json:"codes"`
}

// Password confirms that the caller is still who signed in.
type Password struct {
	Password string `json:"password"`
}

// AdminEdit is what an owner can change of an admin. A status that is left out
// stays as it is.
type AdminEdit struct {
	Name   string        `json:"name"`
	Role   policy.Role   `json:"role"`
	Status policy.Status `json:"status,omitempty"`
}

// Done answers a request that there is nothing more to say about.
type Done struct{}
