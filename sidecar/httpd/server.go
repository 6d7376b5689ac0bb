// Package httpd is the sidecar's HTTP server: the decision API of AuthZEN 1.0,
// the admin API and the probes. routes.go is the whole route table.
//
// It decides nothing itself. Decisions come from the engine's current view, and
// all answers of one request come from one view; changes go through package
// admin. Every answer carries nosniff, no-store and a request id; every error
// carries its policy.Code. Text of an error that is not a policy.Error never
// leaves the process: it is logged once, with the request id.
package httpd

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"sightline.example/policy/engine"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/events"
	"sightline.example/sidecar/insight"
	"sightline.example/sidecar/invite"
	"sightline.example/sidecar/roster"
	"sightline.example/sidecar/signin"
)

// Engine gives the view that answers a request.
type Engine interface {
	// View returns the engine at its current snapshot, and false if there is none
	// that may be trusted.
	View() (engine.View, bool)
}

// Feed knows how far the snapshot has come.
type Feed interface {
	// WaitFor returns nil once the engine's view stands at revision or later. It
	// returns early with an error when ctx ends.
	WaitFor(ctx context.Context, revision int64) error
	// Token returns the opaque text that carries a revision to callers.
	Token(revision int64) string
	// ParseToken returns the revision of a token. Its error is a policy.Error:
	// Invalid, or EpochChanged for a token of another store.
	ParseToken(token string) (revision int64, err error)
}

// Pages are the clients' web.
type Pages interface {
	// Mount adds the pages to a router.
	Mount(router gin.IRouter)
	// Missing answers a request for a page that there is none of, or not by its
	// method: with status 404 or 405. It gives false if the path is no page's.
	Missing(c *gin.Context, status int) bool
}

// State says how far the snapshot may be trusted.
type State string

// The states.
const (
	Starting   State = "starting"    // there is no snapshot yet
	Fresh      State = "fresh"       // the snapshot is current
	FailStatic State = "fail-static" // cut off from the store, but not for long: still answering
	FailClosed State = "fail-closed" // cut off for too long: nothing is answered
)

// Config holds what the server needs. Engine, Feed, State and Log are required.
type Config struct {
	Engine  Engine
	Admin   *admin.Admin     // does what the admin API asks for; nil means there is none
	Desk    *signin.Desk     // lets people in; nil means that only keys do
	Invite  *invite.Invite   // makes invitations and accounts; goes with Admin
	Insight *insight.Insight // likewise, finds out what clients see
	Portal  Pages            // the clients' pages; nil means there are none
	Feed    Feed
	Events  *events.Hub      // what the change feed tells of; nil means there is none
	State   func() State     // for the readiness probe
	Now     func() time.Time // decides which keys have expired; nil means time.Now
	// TrustedProxies are the addresses, or networks in CIDR notation, of proxies
	// whose X-Forwarded-For is believed. Without, the remote address is the peer's.
	TrustedProxies []string
	Log            *slog.Logger   // gets each internal error once
	Roster         *roster.Roster // lists clients; required if there is an Admin
}

type server struct {
	Config
	streams streams
}

// New returns the handler of every route. It is safe for concurrent use. It
// panics if a trusted proxy is neither an address nor a network.
func New(cfg Config) http.Handler {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	s := &server{Config: cfg}
	return s.routes()
}
