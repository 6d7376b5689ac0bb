package pseudotest

import (
	"regexp"
	"strings"
	"unicode"
)

// outside returns what of some texts, which follow each other on a screen, is in no
// brackets. A text may be broken into lines, so that brackets begin in one and end
// in another; where a text was cut, they end with it.
func outside(texts []string) []string {
	var found []string
	depth := 0
	for _, text := range texts {
		var rest strings.Builder
		for _, r := range text {
			switch {
			case r == '[':
				depth++
			case r == ']':
				depth = max(0, depth-1)
			case depth == 0:
				rest.WriteRune(r)
			}
		}
		if strings.HasSuffix(text, "…") {
			depth = 0
		}
		found = append(found, rest.String())
	}
	return found
}

// patterns are what data look like: times, addresses, revisions and hashes.
var patterns = []*regexp.Regexp{
	regexp.MustCompile(`https?://\S+`),
	regexp.MustCompile(`\S+@\S+`),
	regexp.MustCompile(`/\S*/\S*`),
	regexp.MustCompile(`\S+\.(csv|json)`),
	regexp.MustCompile(`^(, , )?(email|name|groups|id)$`), // of a table
	regexp.MustCompile(`\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?( [A-Z]{3,4})?)?`),
	regexp.MustCompile(`(linux|windows|darwin)/\w+, go\S+`),
	regexp.MustCompile(`sightline_(setup_)?…`),
	regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-\S+`),
	regexp.MustCompile(`\b[0-9a-f]{12,}\b`),
	regexp.MustCompile(`([0-9A-F]{0,2}:)+[0-9A-F]{1,2}`),
}

// words are what is the same in every language: names, ids, and keys of keyboards.
var words = strings.Fields(`
	Sightline English Deutsch CSV JSON
	Acme Bank Dune Optics Iris Clinics Gina Guest Ann Lumen Broken Design Website Ada Olive
	dust acme dune iris design website ada ben no address
	test set up desktop linux windows darwin
	Alt Enter F1 F2 F5 Delete
`)

// untranslated returns those of the texts that neither come from the catalogue nor
// are data.
func untranslated(texts []string) (found []string) {
	for i, rest := range outside(texts) {
		if !isData(rest) {
			found = append(found, texts[i])
		}
	}
	return found
}

func isData(text string) bool {
	for _, p := range patterns {
		text = p.ReplaceAllString(text, " ")
	}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '…' }) {
		if !isWord(word) {
			return false
		}
	}
	return true
}

// isWord reports whether a word is one of the words, or the beginning of one that
// was cut.
func isWord(word string) bool {
	begun, cut := strings.CutSuffix(word, "…")
	if len(begun) <= 1 || strings.IndexFunc(begun, unicode.IsLetter) < 0 {
		return true // a key, or a number
	}
	for _, known := range words {
		if known == begun || cut && strings.HasPrefix(known, begun) {
			return true
		}
	}
	return false
}
