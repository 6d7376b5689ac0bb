package api

import (
	"time"

	"sightline.example/policy"
)

// Paths of inviting. Where they have an id, it is the client's or the admin's.
const (
	PathInvitations = "/v1/invitations"       // GET: those that wait; POST: a client
	PathInviteMany  = "/v1/invitations/batch" // POST: several clients
	PathAccept      = "/v1/accept"            // POST, without a key: make the account, set the password
	PathOpen        = "/v1/open"              // POST, without a key: what a link is for
	PathReset       = "/v1/reset"             // POST, without a key: ask for a link to set another password
)

// Paths below that of one client or admin.
const (
	SubInvitation = "/invitation" // GET, POST: send another one, DELETE: revoke it
	SubSuspend    = "/suspend"    // POST
	SubResume     = "/resume"     // POST
	SubErase      = "/erase"      // POST: of a deleted client
)

// PartInvitations is the part with the clients of several invitations that are
// sent as CSV (RFC 7578), beside [PartMapping].
const PartInvitations = "invitations"

// MaxInvitationList is the largest body of several invitations, in bytes.
const MaxInvitationList = 16 << 20

// MaxInvitations is how many invitations one request can make.
const MaxInvitations = 1_000

// NewInvitation invites a client.
type NewInvitation struct {
	Email string       `json:"email"`
	Name  string       `json:"name,omitempty"` // how admins call the client; empty means the address
	Scope policy.Scope `json:"scope"`
	Note  string       `json:"note,omitempty"` // to the client, shown in the message
	// Link asks for the link itself, to hand it over by other means. Whoever has
	// it can make the account.
	Link bool `json:"link,omitempty"`
}

// NewAdmin invites an admin.
type NewAdmin struct {
	Email string      `json:"email"`
	Name  string      `json:"name,omitempty"` // empty means the address
	Role  policy.Role `json:"role"`
	Note  string      `json:"note,omitempty"`
	Link  bool        `json:"link,omitempty"` // see NewInvitation
}

// SendInvitation asks for another invitation in the place of the one before.
type SendInvitation struct {
	Note string `json:"note,omitempty"` // empty leaves the one before
	Link bool   `json:"link,omitempty"` // see NewInvitation
}

// Invitation is an invitation without what opens it.
type Invitation struct {
	Purpose  policy.Purpose  `json:"purpose"`
	By       string          `json:"by,omitempty"`
	Note     string          `json:"note,omitempty"`
	Created  time.Time       `json:"created"`
	Expires  time.Time       `json:"expires"`
	Accepted time.Time       `json:"accepted,omitzero"`
	Revoked  time.Time       `json:"revoked,omitzero"`
	Delivery policy.Delivery `json:"delivery"`
}

// InvitationOf returns what may be told of an invitation.
func InvitationOf(i policy.Invitation) Invitation {
	return Invitation{
		Purpose: i.Purpose, By: i.By, Note: i.Note, Created: i.Created, Expires: i.Expires,
		Accepted: i.Accepted, Revoked: i.Revoked, Delivery: i.Delivery,
	}
}

// ParamEndsBefore wants the waiting invitations that end before a time.
const ParamEndsBefore = "ends_before"

// Waiting are the invitations that wait to be accepted, in time or no more, among
// those of one page of clients by id.
type Waiting struct {
	Items []WaitingClient `json:"items"`
	Next  policy.ClientID `json:"next,omitempty"` // ask for what is after it; empty at the end
}

// WaitingClient is a client who has not accepted the invitation yet.
type WaitingClient struct {
	ID         policy.ClientID `json:"id"`
	Name       string          `json:"name"`
	Email      string          `json:"email"`
	Invitation Invitation      `json:"invitation"`
}

// Invited is a client or an admin who was just invited.
type Invited[T any] struct {
	Value      T          `json:"value"`
	Invitation Invitation `json:"invitation"`
	// Link is told this once, if it was asked for: a repeat of the request gets
	// the rest only.
	Link string `json:"link,omitempty"`
}

// Invitations invites many clients in one request.
type Invitations struct {
	Invitations []NewInvitation `json:"invitations"`
	// All makes none if anything is wrong with one when the request comes. What
	// somebody else changes from then on can still refuse a row, which says so.
	All bool `json:"all,omitempty"`
}

// InvitedRow is what became of one of [Invitations], in their order.
type InvitedRow struct {
	Row   int             `json:"row,omitempty"` // line of the CSV file, from 1; absent without one
	Email string          `json:"email"`
	ID    policy.ClientID `json:"id,omitempty"` // of the client; empty if there is none
	Mode  policy.Mode     `json:"mode,omitempty"`
	Link  string          `json:"link,omitempty"`
	Error *Problem        `json:"error,omitempty"`
}

// InvitedRows is what became of [Invitations].
type InvitedRows struct {
	DryRun  bool         `json:"dry_run,omitempty"`
	Made    int          `json:"made"`    // or, on a dry run, would be
	Failed  int          `json:"failed"`  // have an Error
	Skipped int          `json:"skipped"` // left out because others failed
	Rows    []InvitedRow `json:"rows"`
	// Warnings are what was passed over in the CSV file, as far as it is listed;
	// MoreWarnings is how many there are besides.
	Warnings     []policy.Fault `json:"warnings,omitempty"`
	MoreWarnings int            `json:"more_warnings,omitempty"`
}

// Opened is what a link is for. Opening it does not use it up.
type Opened struct {
	Type    policy.SubjectType `json:"type"`
	Purpose policy.Purpose     `json:"purpose"`
	Company string             `json:"company,omitempty"`
	Email   string             `json:"email"`
	Name    string             `json:"name,omitempty"`
	Expires time.Time          `json:"expires"`
}

// OpenLink carries the text of a link.
type OpenLink struct {
	Link string `json:"link"`
}

// Acceptance uses a link up.
type Acceptance struct {
	Link     string `json:"link"`
	Name     string `json:"name,omitempty"` // the full name; not for another password
	Password string `json:"password"`
}

// Accepted is the account that a link made or changed.
type Accepted struct {
	Type    policy.SubjectType `json:"type"`
	Purpose policy.Purpose     `json:"purpose"`
	ID      string             `json:"id"`
	Email   string             `json:"email"`
}

// AskReset asks for a link to set another password. The answer is the same
// whether there is such an account or not.
type AskReset struct {
	Type  policy.SubjectType `json:"type"` // client or admin
	Email string             `json:"email"`
}

// Asked answers an [AskReset].
type Asked struct {
	Message string `json:"message"`
}
