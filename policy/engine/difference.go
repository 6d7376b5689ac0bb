package engine

import (
	"cmp"
	"slices"
	"time"
)

// Difference is what an edit changes in what a client sees.
type Difference struct {
	Gained, Lost Lists
	// Widens tells that something is visible afterwards that was not before, or
	// for longer: somebody's work, a recording, anything listed.
	Widens bool
	// Narrows tells that something is not visible any more, or not for as long. An
	// edit can do both.
	Narrows bool
}

// Compare tells what changes from before to after: what a client sees by the
// stored scope and by a draft of it, for instance.
func Compare(before, after Visible) Difference {
	gained, lost := after.Lists.less(before.Lists), before.Lists.less(after.Lists)
	return Difference{
		Gained:  gained,
		Lost:    lost,
		Widens:  !gained.empty() || after.wider(before),
		Narrows: !lost.empty() || before.wider(after),
	}
}

// wider tells whether more work is visible than by other, or in more ways.
func (v Visible) wider(other Visible) bool {
	return !v.Reach.within(other.Reach) || !v.Reach.empty() && v.more(other)
}

// more tells whether what is reached is visible in more ways than before.
func (v Visible) more(before Visible) bool {
	return v.Screencasts && !before.Screencasts ||
		v.Entitled && !before.Entitled ||
		earlier(v.From, before.From) || later(v.Until, before.Until)
}

// earlier compares two beginnings; nil is none.
func earlier(a, b *time.Time) bool { return b != nil && (a == nil || a.Before(*b)) }

// later compares two ends; nil is none.
func later(a, b *time.Time) bool { return b != nil && (a == nil || a.After(*b)) }

// within reports whether all work that r reaches is reached by other too.
func (r Reach) within(other Reach) bool {
	return r.empty() || side(r.Employees, other.Employees) && side(r.Projects, other.Projects)
}

func (r Reach) empty() bool { return none(r.Employees) || none(r.Projects) }

func none[T any](ids []T) bool { return ids != nil && len(ids) == 0 }

// side compares one side of two reaches; nil is everything.
func side[T cmp.Ordered](ids, other []T) bool {
	return other == nil || ids != nil && len(less(ids, other)) == 0
}

func (l Lists) less(other Lists) Lists {
	return Lists{
		Employees: less(l.Employees, other.Employees),
		Projects:  less(l.Projects, other.Projects),
		Groups:    less(l.Groups, other.Groups),
	}
}

func (l Lists) empty() bool { return len(l.Employees)+len(l.Projects)+len(l.Groups) == 0 }

// less returns those of all that are not in other; both are in order.
func less[T cmp.Ordered](all, other []T) []T {
	rest := []T{}
	for _, one := range all {
		i, found := slices.BinarySearch(other, one)
		if !found {
			rest = append(rest, one)
		}
		other = other[i:]
	}
	return rest
}
