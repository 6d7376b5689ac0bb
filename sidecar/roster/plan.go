package roster

import (
	"iter"
	"math"
	"slices"
)

// search is a query on its way over an index.
type search struct {
	index *index
	query *Query
	all   []condition
	order order // of the list, which may be descending
	// chosen are all rows that match, in order, if some condition is so rare that
	// they are few; scan tells that they are not, and all have to be gone through.
	chosen []*row
	scan   bool
}

// plan chooses the way to a page. Going through the list costs as much as it
// takes to come by a page of matches: with m of n rows matching, limit*n/m.
// Gathering the m rows costs m, which is less as long as m is below the root of
// limit*n. No condition is tried further than that.
func plan(x *index, q *Query, all []condition) *search {
	s := &search{index: x, query: q, all: all, order: q.Sort.order(), scan: true}
	if q.Descending {
		ascending := s.order
		s.order = func(a, b *row) int { return ascending(b, a) }
	}
	bound := int(math.Sqrt(float64(q.Limit * x.size())))
	for _, c := range all {
		if c.among == nil {
			continue
		}
		if rows := take(c.among, bound+1); len(rows) <= bound {
			s.chosen, s.scan, bound = rows, false, len(rows)
		}
	}
	if !s.scan {
		s.arrange()
	}
	return s
}

func take(from iter.Seq[*row], most int) (rows []*row) {
	for r := range from {
		if rows = append(rows, r); len(rows) == most {
			break
		}
	}
	return rows
}

// arrange leaves those of the chosen rows that match, in order, each once.
func (s *search) arrange() {
	s.chosen = slices.DeleteFunc(s.chosen, func(r *row) bool { return !s.matches(r) })
	slices.SortFunc(s.chosen, s.order)
	s.chosen = slices.Compact(s.chosen)
}

// matches reports whether all conditions hold of a row. None holds of one that
// can't be read.
func (s *search) matches(r *row) bool {
	for i := range s.all {
		if r.broken || !s.all[i].holds(r) {
			return false
		}
	}
	return true
}

// page returns the matching rows after one of them, which is nil for the
// beginning: at most as many as wanted. It reports whether there are more.
func (s *search) page(after *row) (rows []*row, more bool) {
	rows = take(s.matching(after), s.query.Limit+1)
	if len(rows) > s.query.Limit {
		return rows[:s.query.Limit], true
	}
	return rows, false
}

// count returns how many rows match. Unless they are few, it looks at every one.
func (s *search) count() (n int) {
	switch {
	case len(s.all) == 0:
		return s.index.size()
	case !s.scan:
		return len(s.chosen)
	}
	for range s.matching(nil) {
		n++
	}
	return n
}

// matching returns the matching rows after one of them, in order.
func (s *search) matching(after *row) iter.Seq[*row] {
	if s.scan {
		return s.scanned(after)
	}
	from := 0
	if after != nil {
		var there bool
		if from, there = slices.BinarySearchFunc(s.chosen, after, s.order); there {
			from++
		}
	}
	return slices.Values(s.chosen[from:])
}

// scanned goes through the list, no further than the conditions allow.
func (s *search) scanned(after *row) iter.Seq[*row] {
	first, last := s.bounds()
	if after != nil {
		first = after
	}
	return func(yield func(*row) bool) {
		for r := range walk(s.index.sorted[s.query.Sort], first, s.query.Descending) {
			if last != nil && s.order(r, last) > 0 {
				return
			}
			if s.matches(r) && !yield(r) {
				return
			}
		}
	}
}

// bounds returns what all matching rows are between, in the order of the list;
// nil for no bound.
func (s *search) bounds() (first, last *row) {
	for _, c := range s.all {
		if c.sort != s.query.Sort {
			continue
		}
		before, behind := c.first, c.last
		if s.query.Descending {
			before, behind = behind, before
		}
		if first == nil || before != nil && s.order(before, first) > 0 {
			first = before
		}
		if last == nil || behind != nil && s.order(behind, last) < 0 {
			last = behind
		}
	}
	return first, last
}
