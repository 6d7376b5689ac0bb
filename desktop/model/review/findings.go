package review

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sightline.example/desktop/async"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/names"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// Finding is something about one client, employee or project that asks for a look.
type Finding struct {
	Kind string // policy.TypeClient, policy.TypeEmployee or policy.TypeProject
	ID   string
	Name string // empty if nothing but the id is known
	What What
	Dead []string // the ids of what does not exist any more, if What is Dead
}

// Key is unique among findings.
func (f Finding) Key() string { return f.Kind + " " + f.ID + " " + string(f.What) }

// What is what was found.
type What = api.Finding

// What can be found: of clients; Dead of employees and projects too; and the last
// two of these alone.
const (
	Unreadable = api.FindingUnreadable // nothing but the id is known
	Dead       = api.FindingDead       // refers to what does not exist any more
	Everyone   = api.FindingEveryone   // sees every employee
	Nothing    = api.FindingNothing    // sees nobody
	Invitation = model.FindingInvitation
	Expiring   = api.FindingExpiring // the access ends soon
	Unused     = api.FindingUnused   // of late

	// Alone is an employee in no group and on no project, and a project with neither
	// that no scope selects.
	Alone What = "alone"
	// Unreached is what no scope of any client leads to.
	Unreached What = "unreached"
)

// Whats returns all that can be found, the gravest first.
func Whats() []What {
	return []What{Unreadable, Dead, Everyone, Nothing, Invitation, Expiring, Unused, Alone, Unreached}
}

// Findings is all that asks for a look: who sees too much or nothing, what refers
// to what does not exist any more, and what nobody can be shown.
type Findings struct {
	// OnChange is called when anything to be shown has changed; nil is not.
	OnChange func()

	store  *model.Store
	on     *async.Scope
	latest async.Latest[*model.Data, []Finding]
	all    []Finding
	rows   []Finding
	what   What
	read   bool
	err    error
}

// NewFindings returns the findings about what a store has, and begins to look for
// them.
func NewFindings(on async.Dispatcher, s *model.Store, c *client.Client) *Findings {
	m := &Findings{store: s, on: async.NewScope(on)}
	m.latest = async.Latest[*model.Data, []Finding]{
		On: m.on, Install: m.install,
		Work: func(ctx context.Context, d *model.Data) ([]Finding, error) {
			clients, err := model.ClientFindings(ctx, c, s.Now())
			if err != nil {
				return nil, err
			}
			return found(d, clients), nil
		},
	}
	m.latest.Set(s.Data())
	return m
}

// Close ends what is done in the background.
func (m *Findings) Close() {
	m.latest.Cancel()
	m.on.Close()
}

// Again looks anew, once a look under way has ended. What is known stays meanwhile.
func (m *Findings) Again() {
	m.err = nil
	m.latest.Follow(m.store.Data())
	m.changed()
}

func (m *Findings) install(all []Finding, err error) {
	if m.err = err; err == nil {
		m.all, m.read = all, true
		m.filter()
	}
	m.changed()
}

// Show lists only what is of a sort; an empty one lists all.
func (m *Findings) Show(what What) {
	m.what = what
	m.filter()
	m.changed()
}

// Shown returns which sort is listed; it is empty for all.
func (m *Findings) Shown() What { return m.what }

func (m *Findings) filter() {
	m.rows = slices.DeleteFunc(slices.Clone(m.all), func(f Finding) bool { return m.what != "" && f.What != m.what })
}

func (m *Findings) changed() {
	if m.OnChange != nil {
		m.OnChange()
	}
}

// Read reports whether the findings are known.
func (m *Findings) Read() bool { return m.read }

// Err returns why they could not be found out the last time, if so.
func (m *Findings) Err() error { return m.err }

// Rows returns those that are listed. They are not changed.
func (m *Findings) Rows() []Finding { return m.rows }

// Count returns how many there are of a sort; of an empty one, all.
func (m *Findings) Count(what What) (n int) {
	for _, f := range m.all {
		if what == "" || f.What == what {
			n++
		}
	}
	return n
}

// Find returns the listed finding with the key.
func (m *Findings) Find(key string) (Finding, bool) {
	i := slices.IndexFunc(m.rows, func(f Finding) bool { return f.Key() == key })
	if i < 0 {
		return Finding{}, false
	}
	return m.rows[i], true
}

// found lists the findings about clients and about the directory, the gravest
// first.
func found(d *model.Data, clients map[What][]policy.ClientID) []Finding {
	all := ofDirectory(d)
	for what, ids := range clients {
		for _, id := range ids {
			all = append(all, ofClient(d, what, id))
		}
	}
	rank := map[What]int{}
	for i, what := range Whats() {
		rank[what] = i
	}
	order := map[string]string{}
	for _, f := range all {
		order[f.Name] = names.Order(f.Name)
	}
	slices.SortFunc(all, func(a, b Finding) int {
		return cmp.Or(rank[a.What]-rank[b.What], strings.Compare(a.Kind, b.Kind), strings.Compare(order[a.Name], order[b.Name]), strings.Compare(a.ID, b.ID))
	})
	return all
}

func ofClient(d *model.Data, what What, id policy.ClientID) Finding {
	f := Finding{Kind: policy.TypeClient, ID: string(id), What: what}
	c := d.Clients.Find(string(id))
	if c == nil {
		return f
	}
	f.Name = c.Name
	if what == Dead {
		f.Dead = append(texts(d.DeadGroups(c.Scope)), texts(d.DeadProjects(c.Scope))...)
	}
	return f
}

func texts[ID ~string](ids []ID) (all []string) {
	for _, id := range ids {
		all = append(all, string(id))
	}
	return all
}
