// Package names finds and orders names: whoever searches or sorts them does it alike.
package names

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// Text is a name and an address in the form in which they are searched: on a line
// each, as one text is looked through sooner than two.
type Text struct {
	all   string
	email int // where the address begins
}

// TextOf returns a name and an address to be searched. The address may be empty.
func TextOf(name, email string) Text {
	name = fold(name)
	return Text{all: name + "\n" + fold(email), email: len(name) + 1}
}

// Address returns the address as it is searched.
func (s *Text) Address() string { return s.all[s.email:] }

// Begins reports whether the name begins with what was typed, without regard to case
// and accents.
func (s *Text) Begins(typed string) bool {
	return strings.HasPrefix(s.all, fold(strings.TrimSpace(typed)))
}

// Terms are the words that are searched for.
type Terms []string

// TermsOf returns the words of what was typed. Those without an @ stand for the
// beginnings of words.
func TermsOf(text string) (t Terms) {
	for _, typed := range strings.Fields(fold(text)) {
		if strings.Contains(typed, "@") {
			t = append(t, typed)
		} else {
			t = append(t, strings.FieldsFunc(typed, apart)...)
		}
	}
	return t
}

// Find reports whether all of the terms are found in s: those with an @ in the
// address, the others at the beginning of any word.
func (t Terms) Find(s *Text) bool {
	for _, term := range t {
		if strings.Contains(term, "@") {
			if !strings.Contains(s.Address(), term) {
				return false
			}
		} else if !hasWord(s.all, term) {
			return false
		}
	}
	return true
}

// hasWord reports whether a word of the text begins with prefix.
func hasWord(text, prefix string) bool {
	for from := 0; ; from++ {
		i := strings.Index(text[from:], prefix)
		if i < 0 {
			return false
		}
		from += i
		if before, _ := utf8.DecodeLastRuneInString(text[:from]); from == 0 || apart(before) {
			return true
		}
	}
}

func apart(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }

// fold takes case and accents away.
func fold(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	bare := transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)))
	folded, _, err := transform.String(bare, cases.Fold().String(s))
	if err != nil {
		return strings.ToLower(s)
	}
	return strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "ı", "i", "æ", "ae", "œ", "oe").Replace(folded)
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(c rune) bool { return c >= utf8.RuneSelf }) < 0
}

// Order returns a text whose bytes are in the order of names: that of the root of
// the Unicode collation (CLDR), without regard to case, and with numbers by their
// value.
func Order(name string) string {
	o := orders.Get().(*order)
	defer orders.Put(o)
	o.buffer.Reset()
	return string(o.collator.KeyFromString(&o.buffer, name))
}

// Sort puts all in the order of their names, and of the same name by id. It returns
// what it was given.
func Sort[T any](all []T, of func(T) (name, id string)) []T {
	type keyed struct {
		order, id string
		one       T
	}
	list := make([]keyed, len(all))
	for i, one := range all {
		name, id := of(one)
		list[i] = keyed{Order(name), id, one}
	}
	slices.SortFunc(list, func(a, b keyed) int {
		return cmp.Or(strings.Compare(a.order, b.order), strings.Compare(a.id, b.id))
	})
	for i := range list {
		all[i] = list[i].one
	}
	return all
}

// orders are kept for the next name, since a collator takes longer to make than to
// use, and serves one at a time.
var orders = sync.Pool{New: func() any {
	return &order{collator: collate.New(language.Und, collate.IgnoreCase, collate.Numeric)}
}}

type order struct {
	collator *collate.Collator
	buffer   collate.Buffer
}
