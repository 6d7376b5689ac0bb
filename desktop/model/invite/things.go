package invite

import (
	"strings"
	"unicode"

	"sightline.example/desktop/model/sketch"
)

// things are groups or projects, to be found by id or by name, without regard to
// case.
type things struct {
	ids   map[string]bool
	names map[string][]string // ids by folded name
	none  Fault               // of what is not there
}

func newThings(all []sketch.Thing, none Fault) things {
	t := things{map[string]bool{}, map[string][]string{}, none}
	for _, one := range all {
		t.ids[one.ID] = true
		name := folded(one.Name)
		t.names[name] = append(t.names[name], one.ID)
	}
	return t
}

func (t things) find(text string) (id string, f Fault) {
	if t.ids[text] {
		return text, ""
	}
	switch ids := t.names[folded(text)]; len(ids) {
	case 0:
		return "", t.none
	case 1:
		return ids[0], ""
	}
	return "", SeveralNames
}

// folded returns the same text for all that strings.EqualFold finds equal.
func folded(text string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
			least = min(least, other)
		}
		return least
	}, text)
}
