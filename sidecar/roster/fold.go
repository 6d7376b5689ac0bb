package roster

import (
	"iter"
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

// fold returns the form in which texts are searched: without case and accents,
// and with letters that Unicode does not take apart as people type them instead.
func fold(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	bare := transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)))
	folded, _, err := transform.String(bare, cases.Fold().String(s))
	if err != nil {
		return strings.ToLower(s)
	}
	return plainLetters().Replace(folded)
}

// plainLetters replaces letters with a stroke and the like.
func plainLetters() *strings.Replacer {
	return strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "ħ", "h", "ŧ", "t", "ı", "i",
		"æ", "ae", "œ", "oe", "þ", "th", "ð", "d")
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// words returns the words of a folded text: what stands between anything that is
// neither a letter nor a digit.
func words(folded string) iter.Seq[string] { return strings.FieldsFuncSeq(folded, apart) }

func apart(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }

// hasWord reports whether a word of a folded text begins with prefix, which is
// the beginning of one.
func hasWord(folded, prefix string) bool {
	for from := 0; ; {
		i := strings.Index(folded[from:], prefix)
		if i < 0 {
			return false
		}
		from += i
		before, _ := utf8.DecodeLastRuneInString(folded[:from])
		if from == 0 || apart(before) {
			return true
		}
		from++
	}
}

// collation orders names as the root of the Unicode collation does (CLDR),
// without regard to case, and numbers in them by their value. It is not safe for
// concurrent use.
type collation struct {
	collator *collate.Collator
	buffer   collate.Buffer
}

func newCollation() *collation {
	return &collation{collator: collate.New(language.Und, collate.IgnoreCase, collate.Numeric)}
}

// key returns a text whose bytes are in the order of the names.
func (c *collation) key(name string) string {
	c.buffer.Reset()
	return string(c.collator.KeyFromString(&c.buffer, name))
}
