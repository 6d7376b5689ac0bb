package checklist

import (
	"slices"
	"strings"
)

// Item is one line of a check list.
type Item struct {
	// ID is what the item is known by; unique.
	ID string
	// Text is what it is called and found by.
	Text string
	// Detail stands at the end of the line, such as a count.
	Detail string
	// Missing says that there is no such thing any more: the line stays, marked,
	// until it is taken out of the selection.
	Missing bool
}

// items has all lines, which of them are selected, and which are shown.
type items struct {
	all      []Item
	folded   []string // texts, as they are searched
	selected map[string]bool

	filter string
	first  bool  // selected ones come first
	shown  []int // places in all
}

func (s *items) set(all []Item) {
	s.all = all
	s.folded = make([]string, len(all))
	for i, item := range all {
		s.folded[i] = strings.ToLower(item.Text)
	}
	s.show()
}

// show decides anew which lines are shown, in which order: those that are missing
// come first, since they ask for something to be done.
func (s *items) show() {
	words := strings.Fields(strings.ToLower(s.filter))
	s.shown = s.shown[:0]
	for i := range s.all {
		if s.fits(i, words) {
			s.shown = append(s.shown, i)
		}
	}
	slices.SortStableFunc(s.shown, func(a, b int) int { return s.rank(a) - s.rank(b) })
}

func (s *items) fits(i int, words []string) bool {
	if s.all[i].Missing && !s.selected[s.all[i].ID] {
		return false // it has been dropped
	}
	for _, word := range words {
		if !strings.Contains(s.folded[i], word) {
			return false
		}
	}
	return true
}

func (s *items) rank(i int) int {
	switch {
	case s.all[i].Missing:
		return 0
	case s.first && s.selected[s.all[i].ID]:
		return 1
	default:
		return 2
	}
}

// mark selects or unselects all lines that are shown and not missing.
func (s *items) mark(selected bool) (changed bool) {
	for _, i := range s.shown {
		if item := s.all[i]; !item.Missing && s.selected[item.ID] != selected {
			s.put(item.ID, selected)
			changed = true
		}
	}
	return changed
}

// drop unselects all lines that are missing.
func (s *items) drop() {
	for _, item := range s.all {
		if item.Missing {
			delete(s.selected, item.ID)
		}
	}
}

func (s *items) put(id string, selected bool) {
	if selected {
		s.selected[id] = true
	} else {
		delete(s.selected, id)
	}
}

// ids returns what is selected, in the order of the items.
func (s *items) ids() (ids []string) {
	for _, item := range s.all {
		if s.selected[item.ID] {
			ids = append(ids, item.ID)
		}
	}
	return ids
}

// count returns how many are selected, of how many that exist, and how many of
// the selected are missing.
func (s *items) count() (selected, existing, missing int) {
	for _, item := range s.all {
		on := s.selected[item.ID]
		switch {
		case item.Missing && on:
			selected, missing = selected+1, missing+1
		case !item.Missing:
			existing++
			if on {
				selected++
			}
		}
	}
	return selected, existing, missing
}
