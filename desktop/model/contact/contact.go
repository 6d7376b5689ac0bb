// Package contact is the editing of what a client is called and of the address the
// client is reached by and signs in with.
//
// Nothing is overwritten that the admin has not seen: what others change meanwhile
// shows at once, and a save that comes upon it ends without having saved.
//
// An Edit belongs to the UI goroutine.
package contact

import (
	"context"
	"strings"

	"sightline.example/desktop/async"
	"sightline.example/policy"
	"sightline.example/sidecar/client"
)

// Field is one of the two things that are edited.
type Field int

// The fields.
const (
	Name Field = iota
	Email
	fields
)

// of returns the field of a client.
func (f Field) of(c *policy.Client) *string {
	if f == Email {
		return &c.Email
	}
	return &c.Name
}

// Config says how an Edit reaches the sidecar. Everything is required. The functions
// are the methods of client.Client: see Calls.
type Config struct {
	On      async.Dispatcher
	Get     func(ctx context.Context, id string) (client.Stored[policy.Client], error)
	Replace func(ctx context.Context, id string, revision int64, c policy.Client, t client.Terms) (client.Stored[policy.Client], error)
	// Known reports whether a client has the address, in canonical form.
	Known func(email string) bool
}

// Calls returns a Config that reaches the sidecar by a client.
func Calls(on async.Dispatcher, c *client.Client, known func(email string) bool) Config {
	return Config{On: on, Get: c.Clients().Get, Replace: c.Clients().Replace, Known: known}
}

// Edit is the editing of the name and the address of one client.
type Edit struct {
	// OnChange is called when anything to be shown has changed, OnSaved when all is
	// saved and OnFailed when it is not. Those that are nil are not called.
	OnChange func()
	OnSaved  func(Saved)
	OnFailed func(error)

	cfg      Config
	client   policy.Client // in the newest version that is known
	revision int64
	texts    [fields]text
	gone     bool
	offline  bool
	busy     bool
	held     *version // that came while it was being saved
	err      error
}

type version struct {
	client   *policy.Client
	revision int64
}

// text is what is typed into a field, and what it stands over.
type text struct {
	base, typed string
	news        bool // somebody else has made it the base meanwhile
}

func (t text) wanted() string { return strings.TrimSpace(t.typed) }

func (t text) dirty() bool { return t.wanted() != t.base }

// New returns the editing of a client at a revision.
func New(cfg Config, c policy.Client, revision int64) *Edit {
	m := &Edit{cfg: cfg, client: c, revision: revision}
	for f := range fields {
		m.texts[f] = text{base: *f.of(&c), typed: *f.of(&c)}
	}
	return m
}

// Close ends telling of changes. What is being saved is saved, and OnSaved or OnFailed
// told.
func (m *Edit) Close() { m.OnChange = nil }

// Client returns the client, in the newest version that is known.
func (m *Edit) Client() policy.Client { return m.client }

// Text returns what is typed into a field.
func (m *Edit) Text(f Field) string { return m.texts[f].typed }

// Set takes what is typed into a field. Spaces around it are not part of it.
func (m *Edit) Set(f Field, typed string) {
	m.texts[f].typed = typed
	m.texts[f].news = m.texts[f].news && m.texts[f].dirty()
	m.err = nil
	m.changed()
}

// News returns what somebody else has changed a field to that was changed here too.
func (m *Edit) News(f Field) (stored string, changed bool) {
	return m.texts[f].base, m.texts[f].news
}

// Fault returns what is wrong with what is typed into a field; nil if nothing is.
func (m *Edit) Fault(f Field) error {
	wanted := m.texts[f].wanted()
	if f == Name {
		return policy.CheckName("name", wanted)
	}
	if err := policy.CheckEmail("email", wanted); err != nil {
		return err
	}
	canonical := policy.CanonicalEmail(wanted)
	if canonical != policy.CanonicalEmail(m.client.Email) && m.cfg.Known(canonical) {
		return &policy.Error{Code: policy.Exists, Field: "email", Message: "another client has this address"}
	}
	return nil
}

// Err returns why the last save failed; nil once something was typed since.
func (m *Edit) Err() error { return m.err }

// Gone reports whether the client was deleted.
func (m *Edit) Gone() bool { return m.gone }

// Busy reports whether it is being saved.
func (m *Edit) Busy() bool { return m.busy }

// Dirty reports whether something is changed that is not saved.
func (m *Edit) Dirty() bool { return m.texts[Name].dirty() || m.texts[Email].dirty() }

// CanSave reports whether there is something to be saved that can be.
func (m *Edit) CanSave() bool {
	return m.Dirty() && !m.busy && !m.gone && !m.offline && m.Fault(Name) == nil && m.Fault(Email) == nil
}

// SetOffline says whether changes have to wait.
func (m *Edit) SetOffline(offline bool) {
	if offline != m.offline {
		m.offline = offline
		m.changed()
	}
}

// Follow says how the client is now; nil is deleted. Versions that are known already
// count for nothing.
func (m *Edit) Follow(c *policy.Client, revision int64) {
	switch {
	case m.busy: // it may be our own
		m.held = &version{c, revision}
		return
	case c == nil:
		m.gone = true
	case revision > m.revision:
		m.stand(*c, revision)
	}
	m.changed()
}

// stand puts what is typed over another version. What was not changed here is as it
// is there.
func (m *Edit) stand(c policy.Client, revision int64) {
	for f := range fields {
		t, now := &m.texts[f], *f.of(&c)
		switch {
		case !t.dirty() || now == t.wanted():
			t.typed, t.news = now, false
		case now != t.base:
			t.news = true
		}
		t.base = now
	}
	m.client, m.revision, m.gone = c, revision, false
}

func (m *Edit) changed() {
	if m.OnChange != nil {
		m.OnChange()
	}
}
