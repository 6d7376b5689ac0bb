package model

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// searchText is a name and an address in the form in which they are searched: on
// a line each, as one text is looked through sooner than two.
type searchText struct {
	all   string
	email int // where the address begins
}

func searchTextOf(name, email string) searchText {
	name = fold(name)
	return searchText{all: name + "\n" + fold(email), email: len(name) + 1}
}

func (s *searchText) address() string { return s.all[s.email:] }

// terms are the words that are searched for.
type terms []string

// termsOf returns the words of what was typed. Those without an @ stand for the
// beginnings of words.
func termsOf(text string) (t terms) {
	for _, typed := range strings.Fields(fold(text)) {
		if strings.Contains(typed, "@") {
			t = append(t, typed)
		} else {
			t = append(t, strings.FieldsFunc(typed, apart)...)
		}
	}
	return t
}

// find reports whether all of the terms are found in s: those with an @ in the
// address, the others at the beginning of any word.
func (t terms) find(s *searchText) bool {
	for _, term := range t {
		if strings.Contains(term, "@") {
			if !strings.Contains(s.address(), term) {
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

// orderOf returns a text whose bytes are in the order of names: that of the root
// of the Unicode collation (CLDR), without regard to case, and with numbers by
// their value.
func orderOf(name string) string {
	var buffer collate.Buffer
	return string(collate.New(language.Und, collate.IgnoreCase, collate.Numeric).KeyFromString(&buffer, name))
}
