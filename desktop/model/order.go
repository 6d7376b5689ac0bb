package model

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"sightline.example/policy"
)

// Order is an order of clients: by one of the Sort constants, and by id among
// equals.
type Order struct {
	By         string
	Descending bool
}

// What clients are sorted by.
const (
	SortName        = "name"
	SortEmail       = "email"
	SortStanding    = "status"
	SortMode        = "mode"
	SortScreencasts = "screencasts"
	SortSelected    = "selected"  // how many groups and projects
	SortEmployees   = "employees" // how many are seen; those of whom it is not known come last
	SortProjects    = "projects"  // likewise
	SortSeen        = "seen"
	SortChanged     = "changed"
	SortChangedBy   = "changed_by"
)

// ByCounts reports whether it is an order by how much clients see.
func (o Order) ByCounts() bool { return o.By == SortEmployees || o.By == SortProjects }

type comparison = func(a, b *Client) int

func (o Order) comparison(now time.Time, counts *Counted) comparison {
	by := comparisonBy(o.By, now)
	if o.ByCounts() {
		by = o.comparisonOf(counts)
	}
	return func(a, b *Client) int {
		c := cmp.Or(by(a, b), cmp.Compare(a.ID, b.ID))
		if o.Descending {
			return -c // of equals too, as in the sidecar's lists
		}
		return c
	}
}

func comparisonBy(by string, now time.Time) comparison {
	switch by {
	case SortEmail:
		return func(a, b *Client) int { return strings.Compare(a.text.Address(), b.text.Address()) }
	case SortStanding:
		return func(a, b *Client) int { return cmp.Compare(standingRank(a, now), standingRank(b, now)) }
	case SortMode:
		return func(a, b *Client) int { return cmp.Compare(modeRank(a), modeRank(b)) }
	case SortScreencasts:
		return func(a, b *Client) int { return cmp.Compare(one(a.Scope.Screencasts), one(b.Scope.Screencasts)) }
	case SortSelected:
		return func(a, b *Client) int { return cmp.Compare(selected(a), selected(b)) }
	case SortSeen:
		return func(a, b *Client) int { return a.Seen.Compare(b.Seen) }
	case SortChanged:
		return func(a, b *Client) int { return a.Changed.Compare(b.Changed) }
	case SortChangedBy:
		return func(a, b *Client) int { return strings.Compare(a.ChangedBy, b.ChangedBy) }
	default:
		return func(a, b *Client) int { return strings.Compare(a.order, b.order) }
	}
}

// comparisonOf compares by how much clients see.
func (o Order) comparisonOf(counts *Counted) comparison {
	unknown := math.MaxInt
	if o.Descending {
		unknown = -1
	}
	number := func(c *Client) int {
		n := counts.find(c.ID)
		switch {
		case n == nil:
			return unknown
		case o.By == SortEmployees:
			return n.Employees
		}
		return n.Projects
	}
	return func(a, b *Client) int { return cmp.Compare(number(a), number(b)) }
}

func standingRank(c *Client, now time.Time) int { return slices.Index(Standings(), c.Standing(now)) }

func selected(c *Client) int { return len(c.Scope.Groups) + len(c.Scope.Projects) }

func modeRank(c *Client) int { return slices.Index(Modes(), c.Scope.Mode()) }

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Standings returns what clients are listed as, in order.
func Standings() []policy.Status {
	return []policy.Status{policy.Invited, policy.Active, policy.Suspended, policy.Expired}
}

// Modes returns the modes, in order.
func Modes() []policy.Mode {
	return []policy.Mode{policy.ModeGroups, policy.ModeProjects, policy.ModeBoth, policy.ModeNone}
}

// manyChanges is how many clients may have changed before all are sorted anew.
const manyChanges = 2_000

// ordered returns the clients of next in an order. Where there is a list of the
// clients of last in the same order, what has changed is put in its place in it.
func ordered(next, last Table[Client], list []*Client, compare comparison) []*Client {
	gone, come := difference(last.rows, next.rows)
	if list == nil || len(gone)+len(come) > manyChanges {
		list = slices.Clone(next.rows)
		slices.SortFunc(list, compare)
		return list
	}
	slices.SortFunc(come, compare)
	merged := make([]*Client, 0, next.Len())
	for _, c := range list {
		if gone[c] {
			continue
		}
		for len(come) > 0 && compare(come[0], c) < 0 {
			merged, come = append(merged, come[0]), come[1:]
		}
		merged = append(merged, c)
	}
	return append(merged, come...)
}

// difference returns the clients that are in one of two lists by id only.
func difference(last, next []*Client) (gone map[*Client]bool, come []*Client) {
	gone = map[*Client]bool{}
	for len(last) > 0 || len(next) > 0 {
		switch {
		case len(last) > 0 && len(next) > 0 && last[0] == next[0]:
			last, next = last[1:], next[1:]
		case len(next) == 0 || len(last) > 0 && last[0].ID < next[0].ID:
			gone[last[0]] = true
			last = last[1:]
		case len(last) == 0 || next[0].ID < last[0].ID:
			come = append(come, next[0])
			next = next[1:]
		default:
			gone[last[0]] = true
			come = append(come, next[0])
			last, next = last[1:], next[1:]
		}
	}
	return gone, come
}
