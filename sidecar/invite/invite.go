// Package invite makes invitations and accounts: it invites clients and admins,
// and lets who has the link of an invitation set a password.
//
// An invitation is stored together with whom it invites, the letter that is to
// be sent and the audit record, in one transaction: nobody waits for a mail
// server. What opens it is not stored. The link in a letter is made when the
// letter is sent ([Invite.Prepare]), and one may be given out when the invitation
// is made; of each, the digest is kept. The first link used ends them all.
//
// Changes go through package admin. Errors for callers are of type policy.Error.
// All methods are safe for concurrent use.
package invite

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/store"
)

// Passwords hashes passwords.
type Passwords interface {
	// Hash returns what is stored of a password.
	Hash(ctx context.Context, password string) (string, error)
}

// Config holds what an Invite needs. All fields but Now and Nudge are required.
type Config struct {
	Admin     *admin.Admin
	Store     *store.Store
	Passwords Passwords
	// LinkTo returns the address of the page that a link's text opens.
	LinkTo  func(purpose policy.Purpose, text string) string
	Company string // the name of the company that invites
	// Forget forgets failed tries to sign in with an address: its password was
	// just set by who reads its mail.
	Forget func(ctx context.Context, of policy.SubjectType, email string) error
	Nudge  func()           // is called when there is a new letter; nil means nobody
	Now    func() time.Time // nil means time.Now
	Log    *slog.Logger
}

// Invite makes invitations and accounts. Its zero value is not usable.
type Invite struct{ Config }

// New returns an Invite.
func New(cfg Config) *Invite {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Nudge == nil {
		cfg.Nudge = func() {}
	}
	return &Invite{cfg}
}

func (v *Invite) now() time.Time { return v.Now().UTC() }

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// Actions the rules are asked about, and that audit records name.
const (
	actionRead   = "read"
	actionInvite = "invite"
	actionRevoke = "revoke"
	actionAccept = "accept"
	actionReset  = "reset"
	actionAsk    = "ask_reset"
	actionSent   = "mail_sent"
	actionFailed = "mail_failed"
)
