package scope

import (
	"time"

	"sightline.example/policy"
)

// Diff is what leads from one scope to another.
type Diff struct {
	GroupsAdded, GroupsRemoved     []policy.GroupID // sorted
	ProjectsAdded, ProjectsRemoved []policy.ProjectID
	Screencasts                    bool // was switched
	Period                         bool // begins or ends at another time
}

// Empty reports whether both scopes are the same.
func (d Diff) Empty() bool { return d.Changes() == 0 }

// Changes returns how many things are different.
func (d Diff) Changes() int {
	n := len(d.GroupsAdded) + len(d.GroupsRemoved) + len(d.ProjectsAdded) + len(d.ProjectsRemoved)
	for _, changed := range []bool{d.Screencasts, d.Period} {
		if changed {
			n++
		}
	}
	return n
}

// Compare returns what leads from one scope to another.
func Compare(from, to policy.Scope) Diff {
	return Diff{
		GroupsAdded: without(to.Groups, from.Groups), GroupsRemoved: without(from.Groups, to.Groups),
		ProjectsAdded: without(to.Projects, from.Projects), ProjectsRemoved: without(from.Projects, to.Projects),
		Screencasts: from.Screencasts != to.Screencasts,
		Period:      !samePeriod(from, to),
	}
}

func samePeriod(a, b policy.Scope) bool {
	return sameTime(a.From, b.From) && sameTime(a.Until, b.Until)
}

func sameTime(a, b *time.Time) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(*b)
}

// without returns the ids of one list that the other lacks, sorted; nil if there
// are none.
func without[ID ~string](ids, others []ID) (rest []ID) {
	has := index(others)
	for _, id := range ids {
		if !has[id] {
			rest = append(rest, id)
		}
	}
	return set(rest)
}

func index[ID ~string](ids []ID) map[ID]bool {
	has := make(map[ID]bool, len(ids))
	for _, id := range ids {
		has[id] = true
	}
	return has
}
