package grid

import (
	"maps"
	"slices"

	"sightline.example/desktop/widgets/grid/frame"
)

// selection has the row that is selected and those that are ticked, by id.
type selection struct {
	length func() int
	idAt   func(i int) string
	whole  func() bool // see Config; nil if it is not known
	has    func(id string) bool

	index  int // of the selected row, or of where it was
	id     string
	ticked map[string]bool // also those that are not listed now
	listed int             // how many of them are; -1 if that is to be counted

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

// reload finds the selected row again, by its id. What is ticked stays ticked: it
// may be listed again the next moment.
func (s *selection) reload() {
	s.anchor, s.listed = -1, -1
	if place := s.place(s.id, s.index); place >= 0 {
		s.index = place
	} else {
		s.id = "" // another row must not stand in for the one that is gone
		s.index = min(s.index, s.length()-1)
	}
}

// reach is how far from its place of before a row is looked for first. Beyond it,
// rows have not been pushed on a little: others are listed.
const reach = 250

// near returns where the row with the id is, looking from i on to both sides; -1 if
// it is not near.
func (s *selection) near(id string, i int) int {
	for d := range reach {
		switch id {
		case "":
			return -1
		case s.idAt(i + d):
			return i + d
		case s.idAt(i - d):
			return i - d
		}
	}
	return -1
}

// place returns where the row with the id is, which was last seen at i; -1 if it is
// gone.
func (s *selection) place(id string, i int) int {
	if at := s.near(id, i); at >= 0 {
		return at
	}
	return s.find(id)
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
	s.listed = -1
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
	s.listed = -1
	s.ticked = maps.Clone(s.before)
	for at := min(s.anchor, i); at <= max(s.anchor, i); at++ {
		if id := s.idAt(at); id != "" {
			s.ticked[id] = true
		}
	}
}

// all ticks every row that is loaded.
func (s *selection) all() {
	s.listed = -1
	for i := range s.length() {
		if id := s.idAt(i); id != "" {
			s.ticked[id] = true
		}
	}
}

// none unticks every row, but none that is not listed.
func (s *selection) none() {
	s.listed = -1
	for i := range s.length() {
		delete(s.ticked, s.idAt(i))
	}
}

// drop unticks those of which gone is true.
func (s *selection) drop(gone func(id string) bool) {
	s.listed = -1
	maps.DeleteFunc(s.ticked, func(id string, _ bool) bool { return gone(id) })
}

func (s *selection) set(ids []string) {
	s.ticked, s.listed = map[string]bool{}, -1
	for _, id := range ids {
		s.ticked[id] = true
	}
	s.anchor = -1
}

// ids returns the ticked rows in their order, and then those that are not listed by
// their ids.
func (s *selection) ids() []string {
	if len(s.ticked) == 0 {
		return nil
	}
	var ids []string
	rest := maps.Clone(s.ticked)
	for i := range s.length() {
		if id := s.idAt(i); s.ticked[id] {
			ids = append(ids, id)
			delete(rest, id)
		}
	}
	return append(ids, slices.Sorted(maps.Keys(rest))...)
}

// here returns how many of the ticked rows are listed.
func (s *selection) here() int {
	if s.listed < 0 {
		s.listed = s.count()
	}
	return s.listed
}

func (s *selection) count() (n int) {
	if len(s.ticked) == 0 || s.whole != nil && s.whole() {
		return len(s.ticked)
	}
	if s.has != nil && len(s.ticked) < s.length()/10 {
		for id := range s.ticked {
			if s.has(id) {
				n++
			}
		}
		return n
	}
	for i := range s.length() {
		if s.ticked[s.idAt(i)] {
			n++
		}
	}
	return n
}

// part says how many of the rows are ticked.
func (s *selection) part() frame.Part {
	switch n := s.here(); {
	case n == 0:
		return frame.None
	case n < s.length():
		return frame.Some
	default:
		return frame.Every
	}
}
