package grid

import (
	"maps"

	"sightline.example/desktop/widgets/grid/frame"
)

// selection has the row that is selected and those that are ticked, by id.
type selection struct {
	length func() int
	idAt   func(i int) string

	index  int // of the selected row, or of where it was
	id     string
	ticked map[string]bool

	anchor int             // where a range begins
	before map[string]bool // what was ticked when the range began
}

func newSelection(length func() int, idAt func(i int) string) *selection {
	return &selection{length: length, idAt: idAt, index: -1, anchor: -1, ticked: map[string]bool{}}
}

// moveTo selects the row at i, or the one nearest to it.
func (s *selection) moveTo(i int) {
	s.index = max(0, min(i, s.length()-1))
	s.id = ""
	if s.length() > 0 {
		s.id = s.idAt(s.index)
	}
}

func (s *selection) selectID(id string) {
	s.index, s.id = s.find(id), id
	if s.index < 0 {
		s.id = ""
	}
}

// reload finds the rows again, by their ids. A ticked row that is gone is not
// ticked any more, unless it may be among those that are not loaded.
func (s *selection) reload() {
	s.anchor = -1
	if s.id == "" && len(s.ticked) == 0 { // nothing to look for among many
		s.index = min(s.index, s.length()-1)
		return
	}
	here := map[string]bool{}
	place, whole := -1, true
	for i := range s.length() {
		id := s.idAt(i)
		whole = whole && id != ""
		if id != "" && id == s.id {
			place = i
		}
		if s.ticked[id] {
			here[id] = true
		}
	}
	if whole {
		s.ticked = here
	}
	if place >= 0 {
		s.index = place
	} else {
		s.id = "" // another row must not stand in for the one that is gone
		s.index = min(s.index, s.length()-1)
	}
}

func (s *selection) find(id string) int {
	if id == "" {
		return -1
	}
	for i := range s.length() {
		if s.idAt(i) == id {
			return i
		}
	}
	return -1
}

// toggle ticks or unticks the row at i, from which a range may begin.
func (s *selection) toggle(i int) {
	if id := s.idAt(i); s.ticked[id] {
		delete(s.ticked, id)
	} else if id != "" {
		s.ticked[id] = true
	}
	s.begin(i)
}

// begin makes i the beginning of a range to come.
func (s *selection) begin(i int) {
	s.anchor = i
	s.before = maps.Clone(s.ticked)
}

// extend ticks all rows from the beginning of the range to i. What an earlier
// end of the same range had ticked beyond that is unticked.
func (s *selection) extend(i int) {
	if s.anchor < 0 {
		s.begin(max(0, s.index))
	}
	s.ticked = maps.Clone(s.before)
	for at := min(s.anchor, i); at <= max(s.anchor, i); at++ {
		if id := s.idAt(at); id != "" {
			s.ticked[id] = true
		}
	}
}

// all ticks every row that is loaded.
func (s *selection) all() {
	for i := range s.length() {
		if id := s.idAt(i); id != "" {
			s.ticked[id] = true
		}
	}
}

func (s *selection) set(ids []string) {
	s.ticked = map[string]bool{}
	for _, id := range ids {
		s.ticked[id] = true
	}
	s.anchor = -1
}

// ids returns the ticked rows in their order.
func (s *selection) ids() []string {
	if len(s.ticked) == 0 {
		return nil
	}
	var ids []string
	for i := range s.length() {
		if id := s.idAt(i); s.ticked[id] {
			ids = append(ids, id)
		}
	}
	return ids
}

// part says how many of the rows are ticked.
func (s *selection) part() frame.Part {
	switch n := len(s.ticked); {
	case n == 0:
		return frame.None
	case n < s.length():
		return frame.Some
	default:
		return frame.Every
	}
}
