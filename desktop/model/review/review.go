// Package review answers an admin's two questions about access: who can see
// something, and why a client can see it or can't. The sidecar answers both, by the
// rules that decide.
//
// Everything in this package belongs to the UI goroutine.
package review

import (
	"bytes"
	"context"

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
	rows   []Client
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
		m.rows, m.read = nil, false
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
		m.rows, m.read = all, true
	}
	m.changed()
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

// Len returns how many clients can see the thing.
func (m *Review) Len() int { return len(m.rows) }

// At returns one of the clients.
func (m *Review) At(i int) Client { return m.rows[i] }

// Export asks for the answer as a table, and calls done with its CSV text.
func (m *Review) Export(done func(text []byte, err error)) {
	thing, table := m.thing, m.cfg.Table
	m.on.Go(func(ctx context.Context) {
		text, err := table(ctx, thing.Kind, thing.ID)
		m.on.Main(func() { done(text, err) })
	})
}
