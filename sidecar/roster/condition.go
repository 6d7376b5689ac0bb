package roster

import (
	"iter"
	"slices"
	"strings"
	"time"
)

// condition is one that rows are chosen by.
type condition struct {
	holds func(*row) bool // of rows that can be read
	// among has at least all rows the condition holds of, maybe some more than
	// once. Nil means that the index is of no help.
	among iter.Seq[*row]
	// Sorted by sort, the rows stand together: after first, and before last.
	// Either may be nil, for no bound. An empty sort means that they do not.
	sort        Sort
	first, last *row
}

// conditions returns the conditions of a query.
func (x *index) conditions(q *Query, now time.Time) (all []condition) {
	for term := range strings.FieldsSeq(fold(q.Search)) {
		all = append(all, x.searchFor(term)...)
	}
	if q.Status != "" {
		all = append(all, x.ranked(ByStatus, place(standings(), q.Status)))
	}
	if q.Mode != "" {
		all = append(all, x.ranked(ByMode, place(modes(), q.Mode)))
	}
	if q.Screencasts != nil {
		all = append(all, x.screencasts(*q.Screencasts))
	}
	if q.Group != "" {
		all = append(all, selecting(x.groups, q.Group, (*row).groups))
	}
	if q.Project != "" {
		all = append(all, selecting(x.projects, q.Project, (*row).projects))
	}
	if q.Dead != nil {
		all = append(all, x.deadness(*q.Dead))
	}
	return append(all, x.times(q, now)...)
}

// times returns the conditions of a query that have to do with times.
func (x *index) times(q *Query, now time.Time) (all []condition) {
	if q.Seen != nil {
		all = append(all, x.everSeen(*q.Seen))
	}
	if !q.SeenBefore.IsZero() {
		all = append(all, x.seenBefore(q.SeenBefore))
	}
	if !q.ExpiresBefore.IsZero() {
		all = append(all, x.expires(now, q.ExpiresBefore))
	}
	return all
}

// searchFor returns the conditions that a term of a search makes. One with an @
// is looked up from both of its sides.
func (x *index) searchFor(term string) (all []condition) {
	if !strings.Contains(term, "@") {
		for word := range words(term) {
			holds := func(r *row) bool { return hasWord(r.name, word) || hasWord(r.email, word) }
			all = append(all, condition{holds: holds, among: beginning(x.terms, word)})
		}
		return all
	}
	holds := func(r *row) bool { return strings.Contains(r.email, term) }
	local, domain := address(term)
	return []condition{
		{holds: holds, among: beginning(x.terms, atDomain+domain)},
		{holds: holds, among: beginning(x.terms, reversed+backwards(local))},
	}
}

// beginning returns the rows of the entries whose text begins with a prefix.
func beginning(t tree[entry], prefix string) iter.Seq[*row] {
	return func(yield func(*row) bool) {
		for e := range t.from(entry{prefix, start()}) {
			if !strings.HasPrefix(e.text, prefix) || !yield(e.row) {
				return
			}
		}
	}
}

// of returns the rows of the entries with a text.
func of(t tree[entry], text string) iter.Seq[*row] {
	return func(yield func(*row) bool) {
		for e := range t.from(entry{text, start()}) {
			if e.text != text || !yield(e.row) {
				return
			}
		}
	}
}

func selecting[T ~string](t tree[entry], id T, selected func(*row) []T) condition {
	return condition{
		holds: func(r *row) bool { return slices.Contains(selected(r), id) },
		among: of(t, string(id)),
	}
}

// ranked wants a certain standing, or mode.
func (x *index) ranked(s Sort, rank int64) condition {
	key := s.number()
	first, last := start(), start()
	*key(first), *key(last) = rank, rank+1
	return x.within(s, first, last, func(r *row) bool { return *key(r) == rank })
}

// within returns a condition whose rows stand together when sorted.
func (x *index) within(s Sort, first, last *row, holds func(*row) bool) condition {
	return condition{
		holds: holds, among: span(x.sorted[s], first, last),
		sort: s, first: first, last: last,
	}
}

// span returns the rows after first and before last; nil is no bound.
func span(t tree[*row], first, last *row) iter.Seq[*row] {
	return func(yield func(*row) bool) {
		for r := range walk(t, first, false) {
			if last != nil && t.compare(r, last) >= 0 || !yield(r) {
				return
			}
		}
	}
}

func (x *index) screencasts(on bool) condition {
	c := condition{holds: func(r *row) bool { return r.casts() == on }}
	if on {
		c.among = span(x.casts, nil, nil)
	}
	return c
}

// deadness wants dead references, or none. Those who have some are found by what
// is dead.
func (x *index) deadness(dead bool) condition {
	c := condition{holds: func(r *row) bool { return x.deadOf(r) > 0 == dead }}
	if dead {
		c.among = func(yield func(*row) bool) {
			_ = eachOf(x.groups, x.dead.groups, yield) && eachOf(x.projects, x.dead.projects, yield)
		}
	}
	return c
}

// eachOf calls yield for the rows of the entries with any of the texts, until it
// returns false, and returns its last answer.
func eachOf[T ~string](t tree[entry], texts tree[T], yield func(*row) bool) bool {
	for text := range texts.from("") {
		for r := range of(t, string(text)) {
			if !yield(r) {
				return false
			}
		}
	}
	return true
}

// everSeen wants those who used the portal, or those who never did.
func (x *index) everSeen(seen bool) condition {
	edge := &row{seen: time.Time{}.UnixMicro() + 1}
	holds := func(r *row) bool { return r.lastSeen().IsZero() != seen }
	if seen {
		return x.within(BySeen, edge, nil, holds)
	}
	return x.within(BySeen, nil, edge, holds)
}

func (x *index) seenBefore(t time.Time) condition {
	edge := &row{seen: t.UnixMicro() + 1} // rows know microseconds only
	return x.within(BySeen, nil, edge, func(r *row) bool { return r.lastSeen().Before(t) })
}

func (x *index) expires(now, before time.Time) condition {
	first, last := &row{until: now.Add(1)}, &row{until: before}
	return condition{
		holds: func(r *row) bool { return r.ends() && now.Before(r.until) && r.until.Before(before) },
		among: span(x.until, first, last),
	}
}
