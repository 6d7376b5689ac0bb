// Package insight tells admins what clients see and why: what a draft of a scope
// would show, who can see something, whose access asks for a look, and which
// rule and facts decided. All answers are the rules' own, from one snapshot;
// nothing is stored.
//
// Errors for callers are of type policy.Error. All methods are safe for
// concurrent use.
package insight

import (
	"context"
	"time"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/admin"
)

// Config holds what an Insight needs. All fields but Now are required.
type Config struct {
	Admin *admin.Admin
	Now   func() time.Time // nil means time.Now
}

// Insight finds out. Its zero value is not usable.
type Insight struct{ cfg Config }

// New returns an Insight.
func New(cfg Config) *Insight {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Insight{cfg}
}

// reads returns the current view, if the caller may read clients.
func (n *Insight) reads(ctx context.Context, caller policy.Caller) (engine.View, error) {
	return n.cfg.Admin.Authorise(ctx, caller, admin.Intent{Action: "read", Kind: policy.KindClients})
}
