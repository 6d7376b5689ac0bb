package scope

import (
	"slices"

	"sightline.example/policy"
)

// Side is one of two changes of a scope.
type Side string

// The sides: the change that was saved first, and one's own.
const (
	Theirs Side = "theirs"
	Mine   Side = "mine"
)

// Part says what of a scope an Item is.
type Part string

// The parts. The last two are single values, whose items have no id.
const (
	Groups      Part = "groups"
	Projects    Part = "projects"
	Screencasts Part = "screencasts"
	Period      Part = "period"
)

// Item is one thing in a scope that can be changed on its own.
type Item struct {
	Part Part
	ID   string // of a group or a project
}

// State says how one side has a thing: in or out, and whether that is new.
type State string

// The states. Absent is out and was so before; a single value that is as it was
// is Kept.
const (
	Absent  State = "absent"
	Kept    State = "kept"
	Added   State = "added"
	Removed State = "removed"
	// Changed is a period that is another one.
	Changed State = "changed"
)

// Line is an item that either side has changed.
type Line struct {
	Item
	Theirs, Mine, Result State
	// Conflict says that the sides contradict each other; Chosen is the side that
	// wins, empty as long as nobody chose. Until then the result is as theirs.
	Conflict bool
	Chosen   Side
}

// Merge is two changes of one scope, and what comes of both.
//
// Both sides began with the same base, so a group or project is changed in one
// way only, and two changes never contradict each other but where one side took
// out all that there was of a kind, which says "by this nothing is limited any
// more", and the other put something of that kind in. Each of what was put in is a
// conflict then. A period is one value, and a conflict where both set another one.
type Merge struct {
	Base, Theirs, Mine policy.Scope
	chosen             map[Item]Side
}

// Three returns the merge of two changes of base.
func Three(base, theirs, mine policy.Scope) *Merge {
	return &Merge{Base: Canonical(base), Theirs: Canonical(theirs), Mine: Canonical(mine), chosen: map[Item]Side{}}
}

// Follow returns the merge after their side has changed once more. What was chosen
// stays where both sides have the thing as they had it then.
func (m *Merge) Follow(theirs policy.Scope) *Merge {
	next := Three(m.Base, theirs, m.Mine)
	before := map[Item]Line{}
	for _, l := range m.Lines() {
		before[l.Item] = l
	}
	for _, l := range next.Lines() {
		was := before[l.Item]
		same := l.Theirs == was.Theirs && (l.Part != Period || samePeriod(next.Theirs, m.Theirs))
		if l.Conflict && was.Chosen != "" && same {
			next.Choose(l.Item, was.Chosen)
		}
	}
	return next
}

// Choose lets a side win a conflict. About anything else it says nothing.
func (m *Merge) Choose(item Item, side Side) { m.chosen[item] = side }

// Open returns how many conflicts nobody has chosen in yet.
func (m *Merge) Open() (n int) {
	for _, l := range m.Lines() {
		if l.Conflict && l.Chosen == "" {
			n++
		}
	}
	return n
}

// Result returns the scope that comes of both, in canonical form. It is final
// once no conflict is open.
func (m *Merge) Result() policy.Scope {
	r := policy.Scope{
		Groups:      mergedIDs(m, Groups, m.Base.Groups, m.Theirs.Groups, m.Mine.Groups),
		Projects:    mergedIDs(m, Projects, m.Base.Projects, m.Theirs.Projects, m.Mine.Projects),
		Screencasts: m.Theirs.Screencasts,
	}
	if m.Mine.Screencasts != m.Base.Screencasts {
		r.Screencasts = m.Mine.Screencasts
	}
	period := m.Theirs
	if m.periodOf() == Mine {
		period = m.Mine
	}
	r.From, r.Until = period.From, period.Until
	return Canonical(r)
}

// Lines returns what either side has changed: groups, projects, screencasts, the
// period, each by id.
func (m *Merge) Lines() []Line {
	lines := linesOf(m, Groups, m.Base.Groups, m.Theirs.Groups, m.Mine.Groups)
	lines = append(lines, linesOf(m, Projects, m.Base.Projects, m.Theirs.Projects, m.Mine.Projects)...)
	if l := m.screencasts(); l.Theirs != Kept || l.Mine != Kept {
		lines = append(lines, l)
	}
	if l := m.period(); l.Theirs != Kept || l.Mine != Kept {
		lines = append(lines, l)
	}
	return lines
}

func (m *Merge) screencasts() Line {
	state := func(on bool) State {
		switch {
		case on == m.Base.Screencasts:
			return Kept
		case on:
			return Added
		}
		return Removed
	}
	return Line{
		Item:   Item{Part: Screencasts},
		Theirs: state(m.Theirs.Screencasts), Mine: state(m.Mine.Screencasts), Result: state(m.Result().Screencasts),
	}
}

func (m *Merge) period() Line {
	state := func(s policy.Scope) State {
		if samePeriod(s, m.Base) {
			return Kept
		}
		return Changed
	}
	l := Line{Item: Item{Part: Period}, Theirs: state(m.Theirs), Mine: state(m.Mine), Conflict: m.periodConflict()}
	l.Result = state(m.Result())
	if l.Conflict {
		l.Chosen = m.chosen[l.Item]
	}
	return l
}

func (m *Merge) periodConflict() bool {
	return !samePeriod(m.Theirs, m.Base) && !samePeriod(m.Mine, m.Base) && !samePeriod(m.Theirs, m.Mine)
}

// periodOf returns whose period the result has.
func (m *Merge) periodOf() Side {
	switch {
	case m.periodConflict():
		return m.chosen[Item{Part: Period}]
	case samePeriod(m.Mine, m.Base):
		return Theirs
	}
	return Mine
}

// mergedIDs returns the ids of one part of the result.
func mergedIDs[ID ~string](m *Merge, part Part, base, theirs, mine []ID) (ids []ID) {
	inTheirs, inMine, inBase := index(theirs), index(mine), index(base)
	for _, id := range union(base, theirs, mine) {
		in := inTheirs[id]
		switch {
		case conflicting(base, theirs, mine, id):
			if m.chosen[Item{part, string(id)}] == Mine {
				in = inMine[id]
			}
		case inMine[id] != inBase[id]:
			in = inMine[id]
		}
		if in {
			ids = append(ids, id)
		}
	}
	return ids
}

func linesOf[ID ~string](m *Merge, part Part, base, theirs, mine []ID) (lines []Line) {
	result := mergedIDs(m, part, base, theirs, mine)
	for _, id := range union(base, theirs, mine) {
		l := Line{Item: Item{part, string(id)}}
		l.Theirs, l.Mine, l.Result = stateOf(base, theirs, id), stateOf(base, mine, id), stateOf(base, result, id)
		if !changes(l.Theirs) && !changes(l.Mine) {
			continue
		}
		if l.Conflict = conflicting(base, theirs, mine, id); l.Conflict {
			l.Chosen = m.chosen[l.Item]
		}
		lines = append(lines, l)
	}
	return lines
}

// conflicting reports whether one side put the id in where the other took out all
// that there was.
func conflicting[ID ~string](base, theirs, mine []ID, id ID) bool {
	if len(base) == 0 || has(base, id) {
		return false
	}
	added := func(cleared, other []ID) bool { return len(cleared) == 0 && has(other, id) }
	return added(theirs, mine) || added(mine, theirs)
}

func stateOf[ID ~string](base, side []ID, id ID) State {
	was, is := has(base, id), has(side, id)
	switch {
	case was && is:
		return Kept
	case is:
		return Added
	case was:
		return Removed
	}
	return Absent
}

func changes(s State) bool { return s == Added || s == Removed || s == Changed }

// has reports whether the sorted ids have this one.
func has[ID ~string](ids []ID, id ID) bool {
	_, found := slices.BinarySearch(ids, id)
	return found
}

// union returns all ids of the lists, sorted, each once.
func union[ID ~string](lists ...[]ID) []ID { return set(slices.Concat(lists...)) }
