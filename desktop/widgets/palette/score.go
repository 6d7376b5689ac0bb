package palette

import (
	"slices"
	"strings"
	"unicode"
)

// score says how well a title fits what was typed: 0 is not at all. All words
// have to be found, in any order. The beginning of the title counts most, then
// the beginning of a word, then the inside of one, then letters that are there in
// the right order; among equals the shorter title fits better.
func score(title, typed string) int {
	title = strings.ToLower(title)
	total := 0
	for word := range strings.FieldsSeq(strings.ToLower(typed)) {
		one := scoreWord(title, word)
		if one == 0 {
			return 0
		}
		total += one
	}
	return 1000*total + max(0, 999-len(title))
}

func scoreWord(title, word string) int {
	switch {
	case strings.HasPrefix(title, word):
		return 8
	case beginsAWord(title, word):
		return 6
	case strings.Contains(title, word):
		return 3
	case inOrder(title, word):
		return 1
	default:
		return 0
	}
}

func beginsAWord(title, word string) bool {
	apart := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	return slices.ContainsFunc(strings.FieldsFunc(title, apart), func(w string) bool { return strings.HasPrefix(w, word) })
}

// inOrder reports whether the letters of word are in title, in this order.
func inOrder(title, word string) bool {
	for _, r := range word {
		at := strings.IndexRune(title, r)
		if at < 0 {
			return false
		}
		title = title[at+len(string(r)):]
	}
	return true
}

// rank returns the items that fit, the best first. Without anything typed these
// are all, as they come.
func rank(items []Item, typed string) []Item {
	if strings.TrimSpace(typed) == "" {
		return items
	}
	type scored struct {
		Item
		score int
	}
	var fitting []scored
	for _, item := range items {
		s := score(item.Title, typed)
		if s > 0 || item.found {
			fitting = append(fitting, scored{item, s})
		}
	}
	slices.SortStableFunc(fitting, func(a, b scored) int { return b.score - a.score })
	ranked := make([]Item, len(fitting))
	for i, f := range fitting {
		ranked[i] = f.Item
	}
	return ranked
}
