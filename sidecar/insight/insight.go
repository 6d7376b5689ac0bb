// Package insight tells admins what clients see and why: what a draft of a scope
// would show, who can see something, whose access asks for a look, and which
// rule and facts decided. All answers are the rules' own, each from one snapshot;
// nothing is stored.
//
// Errors for callers are of type policy.Error. All methods are safe for
// concurrent use.
package insight

import (
	"context"
	"iter"
	"time"

	"github.com/hashicorp/golang-lru/v2"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
)

// Authoriser asks the rules whether a caller may do something: an [admin.Admin].
type Authoriser interface {
	Authorise(ctx context.Context, caller policy.Caller, i admin.Intent) (engine.View, error)
}

// Order knows the order of all clients, so that a page costs no look at all of
// them.
type Order interface {
	// After returns the ids of the clients after one, by id: those that can't be
	// read too.
	After(id policy.ClientID) iter.Seq[policy.ClientID]
}

// Config holds what an Insight needs. Authoriser and Order are required.
type Config struct {
	Authoriser Authoriser
	Order      Order
	Now        func() time.Time // nil means time.Now
	// Patience is how long an answer about many clients may take; it is about
	// fewer of them then. 0 means a second.
	Patience time.Duration
}

// maxCounted is for how many clients it is kept how much they see.
const maxCounted = 10_000

// Insight finds out. Its zero value is not usable.
type Insight struct {
	cfg     Config
	counted *lru.Cache[policy.ClientID, counted]
}

// New returns an Insight.
func New(cfg Config) *Insight {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Patience == 0 {
		cfg.Patience = time.Second
	}
	// Only a size that is not positive is an error.
	cache, _ := lru.New[policy.ClientID, counted](maxCounted)
	return &Insight{cfg, cache}
}

// reads returns the current view, if the caller may read clients.
func (n *Insight) reads(ctx context.Context, caller policy.Caller) (engine.View, error) {
	return n.cfg.Authoriser.Authorise(ctx, caller, admin.Intent{Action: "read", Kind: policy.KindClients})
}

// patience returns what reports, from now on, that it has taken long enough.
func (n *Insight) patience() (over func() bool) {
	begin := time.Now()
	return func() bool { return time.Since(begin) >= n.cfg.Patience }
}

func checkLimit(limit int) error {
	if limit < 1 || limit > api.MaxPage {
		return policy.FieldErrorf("limit", "must be 1 to %d", api.MaxPage)
	}
	return nil
}

// clientIn returns a client who can be read.
func clientIn(view engine.View, id policy.ClientID) (*policy.Client, error) {
	client, revision, ok := view.Data().ClientVersion(id)
	switch {
	case !ok:
		e := policy.Errorf(policy.NotFound, "there is no such client")
		e.Field, e.IDs = "client", []string{string(id)}
		return nil, e
	case client == nil:
		return nil, policy.Errorf(policy.Conflict,
			`the stored value of the client can't be read; it can be replaced or deleted with If-Match: "%d"`, revision)
	}
	return client, nil
}
