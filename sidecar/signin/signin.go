// Package signin lets people in: admins to the admin API, and clients to their
// portal, by e-mail address, password and, if they like, one-time codes.
//
// Whoever signs in gets a session, whose text is told once and kept as its hash.
// Tries are counted, for all sidecars together, before anything is compared, so
// that neither many at once nor many sidecars give more of them. An address that
// nobody has is treated like any other: neither the answer nor the time it takes
// tells them apart.
//
// The package also makes the first owner, by a set-up code, and keeps the team
// of admins: there is always an active owner. Who may do what to others is asked
// of the rules; one's own session, password and codes are one's own.
//
// Every sign-in, failure and change leaves an audit record; tries that were not
// even compared leave none. All methods are safe for concurrent use.
package signin

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/password"
	"sightline.example/sidecar/store"
)

// Engine gives the view that sessions are looked up in.
type Engine interface {
	// View returns the engine at its current snapshot, and false if there is none
	// that may be trusted.
	View() (engine.View, bool)
}

// Config holds what a Desk needs. Admin, Store, Engine, Passwords and Log are
// required.
type Config struct {
	Admin     *admin.Admin
	Store     *store.Store
	Engine    Engine
	Passwords *password.Hasher
	Company   string           // no password is made of its name; empty means that nobody knows it
	Now       func() time.Time // nil means time.Now
	Log       *slog.Logger     // gets what went wrong beside a request
}

// Desk is where people sign in. Its zero value is not usable.
type Desk struct {
	admin     *admin.Admin
	store     *store.Store
	engine    Engine
	passwords *password.Hasher
	company   string
	now       func() time.Time
	log       *slog.Logger
	used      chan policy.SessionID
}

// product is what programs that show one-time codes list them under.
const product = "Sightline"

// New returns a Desk.
func New(cfg Config) *Desk {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Desk{
		admin: cfg.Admin, store: cfg.Store, engine: cfg.Engine, passwords: cfg.Passwords,
		company: cfg.Company, now: cfg.Now, log: cfg.Log,
		used: make(chan policy.SessionID, usedAtOnce),
	}
}

// Origin is where a try to sign in comes from.
type Origin struct {
	From  string // the remote address
	Agent string // the program, as it calls itself
}

// Actions that audit records name.
const (
	actionSignIn   = "sign_in"
	actionFail     = "fail_sign_in"
	actionLock     = "lock" // the failure after which the password must be reset
	actionUnlock   = "unlock"
	actionSignOut  = "sign_out"
	actionPassword = "change_password"
	actionBegin    = "begin_codes"
	actionConfirm  = "confirm_codes"
	actionStop     = "stop_codes"
	actionRead     = "read"
	actionCreate   = "create"
	actionReplace  = "replace"
	actionDelete   = "delete"
)

// data returns the snapshot.
func (d *Desk) data() (*policy.Data, error) {
	view, ok := d.engine.View()
	if !ok {
		return nil, policy.Errorf(policy.Unavailable, "there is no current data to answer from")
	}
	return view.Data(), nil
}

// commit writes the operations with the audit record of c.
func (d *Desk) commit(ctx context.Context, c admin.Change, ops ...store.Op) (revision int64, err error) {
	done, err := admin.Commit(ctx, d.admin, c, struct{}{}, ops...)
	return done.Revision, err
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// kindOf returns the kind of what audit records about an account are about.
func kindOf(of policy.SubjectType) policy.Kind {
	if of == policy.SubjectAdmin {
		return policy.KindAdmins
	}
	return policy.KindClients
}
