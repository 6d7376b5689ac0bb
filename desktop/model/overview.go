package model

import (
	"context"
	"slices"
	"time"

	"sightline.example/desktop/async"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// Overview is what an admin sees first: how many clients there are of each sort,
// and whose access asks for a look.
type Overview struct {
	// OnChange is called when something has changed.
	OnChange func()

	store    *Store
	counts   async.Latest[*Data, map[countKey]int]
	counted  map[countKey]int
	findings async.Latest[*Data, map[api.Finding][]policy.ClientID]
	found    map[api.Finding][]policy.ClientID
	err      error
	of       *Data // the data that are counted
	asked    *Data // the data the findings are of; nil if they are to be asked for
	health   *Health
	stop     func()
}

// countKey is what clients are counted by: one of the fields is set.
type countKey struct {
	standing       policy.Status
	mode           policy.Mode
	dead, expiring bool
}

// Count is how many clients a filter lists.
type Count struct {
	Filter  Filter
	Clients int
}

// Periods of what asks for a look, in days.
const (
	unusedDays   = 30
	expiringDays = 14
)

// settle is how long changes are gathered before findings are asked for anew.
const settle = 2 * time.Second

// NewOverview returns an overview of a store, which it follows until Close.
func NewOverview(on async.Dispatcher, s *Store, c *client.Client) *Overview {
	m := &Overview{store: s}
	m.counts = async.Latest[*Data, map[countKey]int]{
		On:   on,
		Work: func(_ context.Context, d *Data) (map[countKey]int, error) { return summary(d, s.cfg.Now()), nil },
		Install: func(counted map[countKey]int, _ error) {
			m.counted = counted
			m.changed()
		},
	}
	m.findings = async.Latest[*Data, map[api.Finding][]policy.ClientID]{
		On: on, Delay: settle,
		Work: func(ctx context.Context, _ *Data) (map[api.Finding][]policy.ClientID, error) {
			return ClientFindings(ctx, c, s.cfg.Now())
		},
		Install: func(found map[api.Finding][]policy.ClientID, err error) {
			if err == nil {
				m.found = found
			}
			m.err = err
			m.changed()
		},
	}
	m.health = NewHealth(on, c, m.changed)
	m.stop = s.Watch(m.update)
	m.update()
	return m
}

// Close ends following the store.
func (m *Overview) Close() {
	m.stop()
	m.counts.Cancel()
	m.findings.Cancel()
	m.health.Close()
}

// Total returns how many clients there are.
func (m *Overview) Total() int { return m.store.Data().Clients.Len() }

// Directory returns how many employees, groups and projects there are.
func (m *Overview) Directory() (employees, groups, projects int) {
	d := m.store.Data()
	return d.Employees.Len(), d.Groups.Len(), d.Projects.Len()
}

// Standings counts the clients by what they are listed as.
func (m *Overview) Standings() []Count {
	var counts []Count
	for _, s := range Standings() {
		counts = append(counts, Count{Filter{Standing: s}, m.counted[countKey{standing: s}]})
	}
	return counts
}

// Modes counts the clients by the modes of their scopes.
func (m *Overview) Modes() []Count {
	var counts []Count
	for _, mode := range Modes() {
		counts = append(counts, Count{Filter{Mode: mode}, m.counted[countKey{mode: mode}]})
	}
	return counts
}

// Attention counts the clients who ask for a look, by why they do: dead
// references first. Those that nobody asks about are left out.
func (m *Overview) Attention() []Count {
	counts := []Count{
		{Filter{Dead: true}, m.counted[countKey{dead: true}]},
		{Filter{Expiring: true}, m.counted[countKey{expiring: true}]},
	}
	for _, finding := range []api.Finding{FindingInvitation, api.FindingNothing, api.FindingEveryone, api.FindingUnused} {
		only := m.found[finding]
		counts = append(counts, Count{Filter{Finding: string(finding), Only: only}, len(only)})
	}
	return slices.DeleteFunc(counts, func(c Count) bool { return c.Clients == 0 })
}

// Sidecar returns how the sidecar stands, nil while that is not known, and why it
// could not be found out if it could not.
func (m *Overview) Sidecar() (*api.Sidecar, error) { return m.health.Sidecar() }

// Pending reports whether it is still being found out who asks for a look, and
// why it could not be if it could not.
func (m *Overview) Pending() (bool, error) { return m.found == nil && m.err == nil, m.err }

// summary counts the clients.
func summary(d *Data, now time.Time) map[countKey]int {
	counted := map[countKey]int{}
	for _, c := range d.Clients.All() {
		counted[countKey{standing: c.Standing(now)}]++
		counted[countKey{mode: c.Scope.Mode()}]++
		if hasDead(c, d) {
			counted[countKey{dead: true}]++
		}
		if Expiring(&c.Client, now) {
			counted[countKey{expiring: true}]++
		}
	}
	return counted
}

func (m *Overview) update() {
	d := m.store.Data()
	if d != m.of {
		m.of = d
		m.counts.Follow(d)
	}
	m.ask(d, m.store.Link().State)
	m.changed()
}

// ask finds out who asks for a look: for the first time at once, be it only to learn
// that it can't be found out, and anew after changes and interruptions.
func (m *Overview) ask(d *Data, link LinkState) {
	unknown := m.found == nil
	switch {
	case link == LinkLoading:
	case link != LinkLive:
		m.asked = nil
		if unknown && m.err == nil && !m.findings.Busy() {
			m.findings.Now(d)
		}
	case m.asked == nil && unknown:
		m.asked = d
		m.findings.Now(d)
	case m.asked != d:
		m.asked = d
		m.findings.Follow(d)
	}
}

func (m *Overview) changed() {
	if m.OnChange != nil {
		m.OnChange()
	}
}

// FindingInvitation is of those whose invitation ends soon, or has ended.
const FindingInvitation api.Finding = "invitation_ends"

// invitationsWithin is how soon an invitation ends that asks for another message.
const invitationsWithin = 24 * time.Hour

// ClientFindings asks the sidecar for all clients of whom there is something to be
// said, by what that is. It belongs in the background.
func ClientFindings(ctx context.Context, c *client.Client, now time.Time) (map[api.Finding][]policy.ClientID, error) {
	found, err := orphans(ctx, c)
	if err != nil {
		return nil, err
	}
	for after := policy.ClientID(""); ; {
		page, err := c.Waiting(ctx, after, api.MaxPage, now.Add(invitationsWithin))
		if err != nil {
			return nil, err
		}
		for _, waiting := range page.Items {
			found[FindingInvitation] = append(found[FindingInvitation], waiting.ID)
		}
		if after = page.Next; after == "" {
			return found, nil
		}
	}
}

// orphans asks for all clients whose access asks for a look.
func orphans(ctx context.Context, c *client.Client) (map[api.Finding][]policy.ClientID, error) {
	found := map[api.Finding][]policy.ClientID{}
	for after := policy.ClientID(""); ; {
		page, err := c.Orphans(ctx, after, api.MaxPage, unusedDays, expiringDays)
		if err != nil {
			return nil, err
		}
		for _, orphan := range page.Items {
			for _, finding := range orphan.Findings {
				found[finding] = append(found[finding], orphan.ID)
			}
		}
		if after = page.Next; after == "" {
			return found, nil
		}
	}
}
