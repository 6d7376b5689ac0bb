package model

import (
	"context"
	"slices"
	"time"

	"sightline.example/desktop/async"
	"sightline.example/desktop/model/names"
	"sightline.example/policy"
)

// ClientsState says what there is to show of a list of clients.
type ClientsState string

// The states of a list.
const (
	ClientsLoading ClientsState = "loading" // nothing has been read yet
	ClientsFailed  ClientsState = "failed"  // nothing could be read
	ClientsNone    ClientsState = "none"    // there is no client at all
	ClientsNoMatch ClientsState = "no match"
	ClientsRows    ClientsState = "rows"
)

// Clients is the list of clients an admin searches, filters and sorts.
type Clients struct {
	// OnChange is called when the rows or the state have changed.
	OnChange func()
	// OnCount is called when more is known of what the clients see.
	OnCount func()

	store   *Store
	now     func() time.Time
	query   Query
	listing *Listing
	latest  async.Latest[listed, *Listing]
	counts  *Counted // that the order is made by; nil if it is by something else
	ended   int      // how often all had been counted then
	release func()   // ends keeping all counted
	stop    func()
	uncount func()
	link    Link // as was told last
}

// listed are the inputs of a listing.
type listed struct {
	data   *Data
	counts *Counted // for an order by them
	query  Query
	now    time.Time
	last   *Listing
}

// NewClients returns the list of all clients of a store by name, which follows
// the store until Close.
func NewClients(on async.Dispatcher, s *Store) *Clients {
	m := &Clients{store: s, now: s.cfg.Now, query: Query{Order: Order{By: SortName}}, listing: &Listing{}}
	m.latest = async.Latest[listed, *Listing]{
		On: on,
		Work: func(_ context.Context, in listed) (*Listing, error) {
			return List(in.data, in.counts, in.query, in.now, in.last), nil
		},
		Install: func(l *Listing, _ error) {
			m.listing = l
			m.changed()
		},
	}
	m.stop, m.uncount = s.Watch(m.follow), s.counts.Watch(m.counted)
	m.update()
	return m
}

// Close ends following the store.
func (m *Clients) Close() {
	m.stop()
	m.uncount()
	m.keep(false)
	m.latest.Cancel()
}

// Len returns how many clients are listed.
func (m *Clients) Len() int { return len(m.listing.Rows) }

// At returns a client of the list.
func (m *Clients) At(i int) *Client { return m.listing.Rows[i] }

// Whole reports whether all clients are listed.
func (m *Clients) Whole() bool {
	return m.listing.Query.Search == "" && m.listing.Query.Filter.empty()
}

// Lists reports whether a client is one of those that are listed.
func (m *Clients) Lists(id string) bool {
	l := m.listing
	if l.of == nil {
		return false
	}
	c := l.of.Clients.Find(id)
	return c != nil && l.holds(c, names.TermsOf(l.Query.Search))
}

// Total returns how many clients there are.
func (m *Clients) Total() int { return m.store.Data().Clients.Len() }

// Query returns what is asked for; the rows come to it within moments.
func (m *Clients) Query() Query { return m.query }

// SetQuery asks for other clients, or for another order.
func (m *Clients) SetQuery(q Query) {
	m.query = q
	m.update()
}

// Search asks for the clients in whose name or address there are these words.
func (m *Clients) Search(text string) {
	m.query.Search = text
	m.update()
}

// SetFilter asks for other clients.
func (m *Clients) SetFilter(f Filter) {
	m.query.Filter = f
	m.update()
}

// Sort asks for another order.
func (m *Clients) Sort(o Order) {
	m.query.Order = o
	m.update()
}

// State returns what there is to show.
func (m *Clients) State() ClientsState {
	link := m.store.Link()
	switch {
	case m.Len() > 0:
		return ClientsRows
	case m.Total() > 0 && m.listing.of != nil && m.listing.of.Clients.Len() > 0:
		return ClientsNoMatch
	case link.State == LinkLoading || m.Total() > 0:
		return ClientsLoading
	case link.State != LinkLive:
		return ClientsFailed
	}
	return ClientsNone
}

// Link returns how the store stands with the sidecar.
func (m *Clients) Link() Link { return m.store.Link() }

// Dead returns how many groups and projects a client's scope selects that do not
// exist.
func (m *Clients) Dead(c *Client) int {
	return len(m.store.Data().DeadGroups(c.Scope)) + len(m.store.Data().DeadProjects(c.Scope))
}

// Sees returns how much a client sees, nil while it is not known, and whether
// that is so now.
func (m *Clients) Sees(c *Client) (sees *Sees, current bool) { return m.store.counts.Of(c) }

// Counting returns how many of how many clients have been counted, while all of
// them are; else none of none.
func (m *Clients) Counting() (done, total int) { return m.store.counts.Progress() }

// Find returns the clients with the ids, without those that are gone.
func (m *Clients) Find(ids []string) []*Client {
	var found []*Client
	for _, id := range ids {
		if c := m.store.Client(policy.ClientID(id)); c != nil {
			found = append(found, c)
		}
	}
	return found
}

// Data returns everything the store holds.
func (m *Clients) Data() *Data { return m.store.Data() }

// Rows returns the listed clients.
func (m *Clients) Rows() []*Client { return slices.Clone(m.listing.Rows) }

// Now returns the time at which the rows are looked at.
func (m *Clients) Now() time.Time { return m.now() }

func (m *Clients) update() {
	m.keep(m.query.Order.ByCounts())
	m.list()
	m.changed() // the state may be another one at once
}

// follow lists what the store has now. Only another link is shown before that is
// done: to paint everything twice at each change is work for nothing.
func (m *Clients) follow() {
	m.latest.Follow(m.inputs())
	if link := m.store.Link(); link != m.link {
		m.link = link
		m.changed()
	}
}

func (m *Clients) list() { m.latest.Set(m.inputs()) }

func (m *Clients) inputs() listed {
	return listed{m.store.Data(), m.counts, m.query, m.now(), m.listing}
}

// keep has all clients counted, for an order by that, or no more.
func (m *Clients) keep(all bool) {
	switch {
	case all && m.counts == nil:
		m.counts, m.ended = m.store.counts.Snapshot(), m.store.counts.Ended()
		m.release = m.store.counts.Keep()
	case !all && m.counts != nil:
		m.release()
		m.counts = nil
	}
}

// counted makes an order by counts anew when all clients have been counted: at
// every few of them, the rows would jump.
func (m *Clients) counted() {
	if m.counts != nil && m.ended != m.store.counts.Ended() {
		m.counts, m.ended = m.store.counts.Snapshot(), m.store.counts.Ended()
		m.update()
	} else if m.OnCount != nil {
		m.OnCount()
	}
}

func (m *Clients) changed() {
	if m.OnChange != nil {
		m.OnChange()
	}
}
