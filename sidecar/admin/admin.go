// Package admin is the one door for every change. Each operation asks our own
// rules whether the caller may do it, checks what is to be written, and writes
// it together with its audit record in one transaction, or does nothing.
//
// A change that carries an Idempotency-Key takes effect once, however often and
// from however many connections it is sent; repeats get the first answer. An
// entity is replaced or deleted at the revision the caller has seen, or not.
//
// The caller is an explicit argument everywhere: whoever lets callers in must
// have checked the key. Errors for callers are of type policy.Error. All methods
// are safe for concurrent use.
package admin

import (
	"log/slog"
	"time"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/store"
)

// Engine gives the view that changes are authorised by.
type Engine interface {
	// View returns the engine at its current snapshot, and false if there is none
	// that may be trusted.
	View() (engine.View, bool)
}

// Config holds what an Admin needs. All fields but Now are required.
type Config struct {
	Store  *store.Store
	Engine Engine
	Now    func() time.Time // nil means time.Now
	Log    *slog.Logger     // gets each refusal by the rules
}

// Admin makes changes. Its zero value is not usable.
type Admin struct {
	store  *store.Store
	engine Engine
	now    func() time.Time
	log    *slog.Logger
}

// New returns an Admin.
func New(cfg Config) *Admin {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Admin{store: cfg.Store, engine: cfg.Engine, now: cfg.Now, log: cfg.Log}
}

// Kinds of resource the rules are asked about besides the kinds of entity.
const (
	kindDirectory policy.Kind = "directory" // all of it at once
	kindAudit     policy.Kind = "audit"
)

// Actions the rules are asked about. Audit records name those that change.
const (
	actionRead    = "read"
	actionCreate  = "create"
	actionReplace = "replace"
	actionDelete  = "delete"
	actionImport  = "import"
	actionErase   = "erase"
)
