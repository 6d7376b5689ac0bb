// Package review answers an admin's two questions about access: who can see
// something, and why a client can see it or can't. The sidecar answers both, by the
// rules that decide.
//
// Everything in this package belongs to the UI goroutine.
package review

import (
	"bytes"
	"context"
	"slices"

	"sightline.example/desktop/async"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// Thing is what can be seen: an employee, a group or a project.
type Thing struct {
	Kind string // policy.TypeEmployee, policy.TypeGroup or policy.TypeProject
	ID   string
	Name string
}

// Client is a client who can see something, and through what of the scope.
type Client = api.Reviewed

// Config says how the sidecar is reached. The functions are the methods of
// client.Client: see Calls.
type Config struct {
	On      async.Dispatcher // required, as all that follows
	Review  func(ctx context.Context, kind, id string, after policy.ClientID, limit int) (api.Review, error)
	Table   func(ctx context.Context, kind, id string) ([]byte, error) // as CSV
	Explain func(context.Context, api.NewExplanation) (api.Explanation, error)
	// Screencasts reports whether a client's scope has screencasts. It is asked on the
	// UI goroutine; nil knows of none.
	Screencasts func(policy.ClientID) bool
}

// Calls returns a Config that reaches the sidecar by a client.
func Calls(on async.Dispatcher, c *client.Client) Config {
	return Config{On: on, Review: c.Review, Explain: c.ExplainFor, Table: func(ctx context.Context, kind, id string) ([]byte, error) {
		var text bytes.Buffer
		err := c.ReviewCSV(ctx, kind, id, &text)
		return text.Bytes(), err
	}}
}

// Review is the clients who can see one thing.
type Review struct {
	// OnChange is called when anything to be shown has changed; nil is not.
	OnChange func()

	cfg    Config
	on     *async.Scope
	thing  Thing
	all    []Client
	rows   []Client // those of them that are listed
	with   *bool    // only with or without screencasts; nil lists both
	read   bool
	err    error
	latest async.Latest[Thing, []Client]
}

// New returns a review of nothing yet.
func New(cfg Config) *Review {
	m := &Review{cfg: cfg, on: async.NewScope(cfg.On)}
	m.latest = async.Latest[Thing, []Client]{On: m.on, Work: cfg.all, Install: m.install}
	return m
}

// Close ends what the review does in the background.
func (m *Review) Close() {
	m.latest.Cancel()
	m.on.Close()
}

// Ask asks who can see a thing. What was known of another one is dropped.
func (m *Review) Ask(t Thing) {
	if t != m.thing {
		m.all, m.rows, m.read = nil, nil, false
		m.latest.Cancel()
	}
	m.thing, m.err = t, nil
	m.latest.Follow(t)
	m.changed()
}

// Again asks anew about the same thing, if there is one. What is known stays
// meanwhile, and what is under way comes to its end first: it can be asked again
// at each change.
func (m *Review) Again() {
	if m.thing != (Thing{}) {
		m.Ask(m.thing)
	}
}

// all reads all who can see a thing.
func (c Config) all(ctx context.Context, t Thing) (all []Client, err error) {
	var after policy.ClientID
	for {
		page, err := c.Review(ctx, t.Kind, t.ID, after, api.MaxPage)
		if err != nil {
			return nil, err
		}
		all = append(all, page.Clients...)
		if after = page.Next; after == "" {
			return all, nil
		}
	}
}

func (m *Review) install(all []Client, err error) {
	if m.err = err; err == nil {
		m.all, m.read = all, true
		m.filter()
	}
	m.changed()
}

// Show lists only the clients with screencasts, or without; nil lists both.
func (m *Review) Show(with *bool) {
	m.with = with
	m.filter()
	m.changed()
}

// Shown returns what Show was told.
func (m *Review) Shown() *bool { return m.with }

func (m *Review) filter() {
	m.rows = slices.DeleteFunc(slices.Clone(m.all), func(c Client) bool { return m.with != nil && m.Screencasts(c) != *m.with })
}

// Screencasts reports whether a client sees the screencasts, too.
func (m *Review) Screencasts(c Client) bool {
	return m.cfg.Screencasts != nil && m.cfg.Screencasts(c.ID)
}

func (m *Review) changed() {
	if m.OnChange != nil {
		m.OnChange()
	}
}

// Thing returns what is asked about; a zero one is nothing.
func (m *Review) Thing() Thing { return m.thing }

// Read reports whether it is known who can see the thing.
func (m *Review) Read() bool { return m.read }

// Busy reports whether an answer is awaited.
func (m *Review) Busy() bool { return m.latest.Busy() }

// Err returns why there was no answer the last time, if so.
func (m *Review) Err() error { return m.err }

// Total returns how many clients can see the thing.
func (m *Review) Total() int { return len(m.all) }

// Len returns how many of them are listed.
func (m *Review) Len() int { return len(m.rows) }

// At returns one of those that are listed.
func (m *Review) At(i int) Client { return m.rows[i] }
