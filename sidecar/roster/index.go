package roster

import (
	"cmp"
	"slices"
	"time"

	"sightline.example/policy"
)

// index is all clients of one snapshot, in every order and by whatever they are
// looked for. What readers see of it is immutable.
type index struct {
	data     *policy.Data
	sorted   map[Sort]tree[*row]
	until    tree[*row]  // those whose period ends
	casts    tree[*row]  // those who may see screencasts
	terms    tree[entry] // see terms
	groups   tree[entry] // by the groups they select
	projects tree[entry] // by the projects they select
	dead     references  // what is selected and does not exist
	counts   counts
	settled  time.Time // what the standings in it are as of
	window   window    // in which they are the same
}

// references are groups and projects.
type references struct {
	groups   tree[policy.GroupID]
	projects tree[policy.ProjectID]
}

// counts are how many clients there are of each standing and each mode.
type counts struct{ standings, modes [4]int }

func (c *counts) add(r *row, n int) {
	if !r.broken {
		c.standings[r.standing] += n
		c.modes[r.mode] += n
	}
}

func newIndex(d *policy.Data) *index {
	x := &index{
		data:     d,
		sorted:   make(map[Sort]tree[*row], len(Sorts())),
		until:    newTree(byUntil),
		casts:    newTree(byID),
		terms:    newTree(compareEntries),
		groups:   newTree(compareEntries),
		projects: newTree(compareEntries),
		dead:     references{newTree(cmp.Compare[policy.GroupID]), newTree(cmp.Compare[policy.ProjectID])},
	}
	for _, s := range Sorts() {
		x.sorted[s] = newTree(s.order())
	}
	return x
}

// copy returns a copy that can be changed without changing x.
func (x *index) copy() *index {
	next := *x
	next.sorted = make(map[Sort]tree[*row], len(x.sorted))
	for s, t := range x.sorted {
		next.sorted[s] = t.copy()
	}
	next.until, next.casts = x.until.copy(), x.casts.copy()
	next.terms, next.groups, next.projects = x.terms.copy(), x.groups.copy(), x.projects.copy()
	next.dead = references{x.dead.groups.copy(), x.dead.projects.copy()}
	return &next
}

func (x *index) size() int { return x.sorted[ByID].set.Len() }

func (x *index) get(id policy.ClientID) (*row, bool) { return x.sorted[ByID].set.Get(&row{id: id}) }

// put makes next the row of its client; nil takes the row of id out.
func (x *index) put(id policy.ClientID, next *row) {
	old, _ := x.get(id)
	for _, t := range x.sorted {
		exchange(t, old, next)
	}
	exchange(x.until, having(old, (*row).ends), having(next, (*row).ends))
	exchange(x.casts, having(old, (*row).casts), having(next, (*row).casts))
	x.exchangeEntries(old, next)
	if old != nil {
		x.counts.add(old, -1)
	}
	if next != nil {
		x.counts.add(next, 1)
	}
}

// exchange puts next in the place of old; either may be nil. Where both are in
// the same place, one step does it.
func exchange[T any](t tree[*T], old, next *T) {
	if old != nil && (next == nil || t.compare(old, next) != 0) {
		t.set.Delete(old)
	}
	if next != nil {
		t.set.Set(next)
	}
}

func having(r *row, has func(*row) bool) *row {
	if r == nil || !has(r) {
		return nil
	}
	return r
}

func (r *row) ends() bool  { return !r.until.IsZero() }
func (r *row) casts() bool { return !r.broken && r.client.Scope.Screencasts }

// refresh makes the row of a client what the data says.
func (x *index) refresh(id policy.ClientID, c *collation) {
	if r, ok := newRow(x.data, id, x.settled, c); ok {
		x.put(id, r)
	} else {
		x.put(id, nil)
	}
}

// apply makes x the index of newer data, given what changed since.
func (x *index) apply(d *policy.Data, changes []policy.Change, now time.Time, c *collation) {
	x.settle(now)
	x.data = d
	var ids []policy.ClientID
	for _, change := range changes {
		switch change.Kind {
		case policy.KindClients, policy.KindAccounts:
			ids = append(ids, policy.ClientID(change.ID))
		case policy.KindGroups:
			x.settleGroup(policy.GroupID(change.ID))
		case policy.KindProjects:
			x.settleProject(policy.ProjectID(change.ID))
		}
	}
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		x.refresh(id, c)
	}
	x.window = x.windowAt(x.settled)
}
