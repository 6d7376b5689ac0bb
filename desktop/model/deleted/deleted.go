// Package deleted is the clients who were deleted, of whom nothing but a
// tombstone is left, and the erasing of what is personal in it.
//
// A Deleted belongs to the UI goroutine.
package deleted

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sightline.example/desktop/async"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// Config says how the sidecar is reached. The functions are the methods of
// client.Client: see Calls.
type Config struct {
	On    async.Dispatcher // required, as the two that follow
	List  func(ctx context.Context, after string, limit int) (api.DeletedClients, error)
	Erase func(context.Context, policy.ClientID, client.Terms) (client.Stored[api.DeletedClient], error)
}

// Calls returns a Config that reaches the sidecar by a client.
func Calls(on async.Dispatcher, c *client.Client) Config {
	return Config{On: on, List: c.DeletedClients, Erase: c.Erase}
}

// Deleted is the list of all clients who were deleted, those of late first.
// Functions that are nil are not called.
type Deleted struct {
	// OnChange is called when anything to be shown has changed.
	OnChange func()
	// OnErased is told of whom nothing but the id is left, and OnFailed why that
	// could not be done.
	OnErased func(api.DeletedClient)
	OnFailed func(api.DeletedClient, error)

	cfg     Config
	on      *async.Scope
	all     []api.DeletedClient
	shown   []api.DeletedClient
	words   string
	read    bool // everything, once
	err     error
	latest  async.Latest[struct{}, []api.DeletedClient]
	erasing map[policy.ClientID]bool
}

// New returns a list that begins to be read.
func New(cfg Config) *Deleted {
	m := &Deleted{cfg: cfg, on: async.NewScope(cfg.On), erasing: map[policy.ClientID]bool{}}
	m.latest = async.Latest[struct{}, []api.DeletedClient]{
		On: m.on, Install: m.install,
		Work: func(ctx context.Context, _ struct{}) ([]api.DeletedClient, error) { return cfg.readAll(ctx) },
	}
	m.Reload()
	return m
}

// Close ends what the list does in the background.
func (m *Deleted) Close() {
	m.latest.Cancel()
	m.on.Close()
}

// Reload reads everything anew. What is known stays meanwhile.
func (m *Deleted) Reload() { m.latest.Set(struct{}{}) }

// readAll reads all there are.
func (c Config) readAll(ctx context.Context) (all []api.DeletedClient, err error) {
	for after := ""; ; {
		page, err := c.List(ctx, after, api.MaxPage)
		if err != nil {
			return nil, err
		}
		all = append(all, page.Items...)
		if after = page.Next; after == "" {
			break
		}
	}
	slices.SortFunc(all, func(a, b api.DeletedClient) int {
		return cmp.Or(b.Deleted.Compare(a.Deleted), cmp.Compare(a.ID, b.ID))
	})
	return all, nil
}

func (m *Deleted) install(all []api.DeletedClient, err error) {
	if m.err = err; err == nil {
		m.all, m.read = all, true
	}
	m.show()
}

// Len returns how many are found.
func (m *Deleted) Len() int { return len(m.shown) }

// At returns one of those that are found.
func (m *Deleted) At(i int) api.DeletedClient { return m.shown[i] }

// Total returns how many there are.
func (m *Deleted) Total() int { return len(m.all) }

// Read reports whether it is known how many there are.
func (m *Deleted) Read() bool { return m.read }

// Err returns why they could not be read the last time, if so.
func (m *Deleted) Err() error { return m.err }

// Words returns what is searched for.
func (m *Deleted) Words() string { return m.words }

// Search finds those in whose names, addresses or ids all of the words are.
func (m *Deleted) Search(words string) {
	m.words = words
	m.show()
}

// Find returns one by its id.
func (m *Deleted) Find(id string) (api.DeletedClient, bool) {
	for _, d := range m.all {
		if string(d.ID) == id {
			return d, true
		}
	}
	return api.DeletedClient{}, false
}

// Erasing reports whether one is being erased.
func (m *Deleted) Erasing(id policy.ClientID) bool { return m.erasing[id] }

// Erase forgets who one of them was, for good. It does nothing for one of whom
// that is done, or being done.
func (m *Deleted) Erase(id string) {
	d, known := m.Find(id)
	if !known || d.Erased || m.erasing[d.ID] {
		return
	}
	m.erasing[d.ID] = true
	erase := m.cfg.Erase
	m.on.Go(func(ctx context.Context) {
		stored, err := erase(ctx, d.ID, client.Terms{})
		m.on.Main(func() { m.erased(d, stored.Value, err) })
	})
	m.changed()
}

func (m *Deleted) erased(before, after api.DeletedClient, err error) {
	delete(m.erasing, before.ID)
	if err != nil {
		m.changed()
		if m.OnFailed != nil {
			m.OnFailed(before, err)
		}
		return
	}
	for i := range m.all {
		if m.all[i].ID == after.ID {
			m.all[i] = after
		}
	}
	m.show()
	if m.OnErased != nil {
		m.OnErased(after)
	}
}

// show decides anew which of them are shown.
func (m *Deleted) show() {
	words := strings.Fields(strings.ToLower(m.words))
	m.shown = nil
	for _, d := range m.all {
		text := strings.ToLower(d.Name + "\n" + d.Email + "\n" + string(d.ID))
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
			m.shown = append(m.shown, d)
		}
	}
	m.changed()
}

func (m *Deleted) changed() {
	if m.OnChange != nil {
		m.OnChange()
	}
}
