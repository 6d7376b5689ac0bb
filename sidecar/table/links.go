package table

import "slices"

// links are what things of one kind have of another, such as employees' groups:
// places by place.
type links struct {
	told bool // a file says something of them; otherwise they stay as they are
	of   [][]int
	seen map[[2]int]bool
}

func newLinks(n int) links { return links{of: make([][]int, n), seen: map[[2]int]bool{}} }

// add adds a link, unless it is there.
func (l *links) add(from, to int) {
	if link := [2]int{from, to}; !l.seen[link] {
		l.seen[link] = true
		l.of[from] = append(l.of[from], to)
	}
}

// idsOf returns the ids of what the thing at a place has, in order; but as they
// are now if that is the same, or if no file says anything of them.
func idsOf[ID ~string](l links, from int, now []ID, id func(int) ID) []ID {
	if !l.told {
		return now
	}
	var ids []ID
	for _, to := range l.of[from] {
		ids = append(ids, id(to))
	}
	slices.Sort(ids)
	if slices.Equal(ids, slices.Sorted(slices.Values(now))) {
		return now
	}
	return ids
}
