package table

import (
	"fmt"
	"slices"
	"strings"
)

// index finds things of one kind by what cells call them.
type index struct {
	noun   string
	byID   map[string]int
	byName map[string]int // several if there are more with the name
	counts map[string]int // of those
}

const several = -1

func newIndex(noun string, n int, entity func(int) (id, name string)) index {
	x := index{noun, make(map[string]int, n), make(map[string]int, n), map[string]int{}}
	for i := range n {
		id, name := entity(i)
		x.byID[id] = i
		name = canonical(name)
		if _, twice := x.byName[name]; !twice {
			x.byName[name] = i
			continue
		}
		x.byName[name] = several
		x.counts[name] = max(2, x.counts[name]+1)
	}
	return x
}

// find returns the place of what has the text as its id, or else as its name.
func (x index) find(text string) (int, bool) {
	if i, ok := x.byID[text]; ok {
		return i, true
	}
	i, ok := x.byName[canonical(text)]
	return i, ok && i != several
}

// list returns the places of all that a cell names: one, or several with
// semicolons, bars, new lines or, where the names themselves have none, commas
// between them. Messages say what is wrong with the others.
func (x index) list(cell string) (places []int, messages []string) {
	if i, ok := x.find(cell); ok {
		return []int{i}, nil
	}
	for _, item := range strings.FieldsFunc(cell, separates) {
		if item = strings.TrimSpace(item); item == "" {
			continue
		}
		if i, ok := x.find(item); ok {
			places = append(places, i)
			continue
		}
		found, unknown := x.each(strings.Split(item, ","))
		if len(found) == 0 {
			unknown = []string{item}
		}
		places = append(places, found...)
		for _, text := range unknown {
			messages = append(messages, x.unknown(text))
		}
	}
	slices.Sort(places)
	return slices.Compact(places), messages
}

func (x index) each(items []string) (places []int, unknown []string) {
	for _, item := range items {
		item = strings.TrimSpace(item)
		if i, ok := x.find(item); ok {
			places = append(places, i)
		} else if item != "" {
			unknown = append(unknown, item)
		}
	}
	return places, unknown
}

func separates(c rune) bool { return c == ';' || c == '|' || c == '\n' || c == '\r' }

func (x index) unknown(text string) string {
	if n := x.counts[canonical(text)]; n > 0 {
		return fmt.Sprintf("%s is the name of %d %ss; give the id", quote(text), n, x.noun)
	}
	return fmt.Sprintf("there is no %s %s", x.noun, quote(text))
}
