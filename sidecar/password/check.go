package password

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/trustelem/zxcvbn"
	"github.com/trustelem/zxcvbn/match"

	"sightline.example/policy"
)

// Lengths of a password, in code points (OWASP ASVS 5.0, 6.2.1 and 6.2.9).
const (
	MinLength = 15
	MaxLength = 128
)

// enough is how many guesses an attacker who knows which passwords are common,
// and the context, has to make at least.
const enough = 1e10

// besides is how many letters and digits a password must have besides the words
// of its context.
const besides = 8

// estimated is how many code points of a password are looked at to estimate the
// guesses: the cost grows faster than the length, and a password is no easier to
// guess than its beginning.
const estimated = 64

// minWord is the shortest word of the context that counts, in bytes.
const minWord = 3

// Check reports what is wrong with a new password: it must have 15 to 128
// characters, of any kind but NUL, and must not be common, or made of common
// words, repetitions and sequences, or of words of its context: the names of
// company and product, of the person, the e-mail address. There are no rules on
// which kinds of characters it has (NIST SP 800-63B-4, section 3.1.1.2). The
// error is an Invalid one about the field password; it does not repeat it.
func Check(password string, context ...string) error {
	if !utf8.ValidString(password) {
		return policy.FieldErrorf("password", "is not valid UTF-8")
	}
	if strings.ContainsRune(password, 0) {
		return policy.FieldErrorf("password", "has a NUL character")
	}
	switch n := utf8.RuneCountInString(password); {
	case n < MinLength:
		return policy.FieldErrorf("password", "has %d characters; it needs at least %d", n, MinLength)
	case n > MaxLength:
		return policy.FieldErrorf("password", "has %d characters; the limit is %d", n, MaxLength)
	}
	known := words(context)
	r := zxcvbn.PasswordStrength(beginning(password), known)
	if r.Guesses < enough {
		return tooEasy(r.Sequence)
	}
	if without := rest(password, known...); without < besides && without < rest(password) {
		return ofContext()
	}
	return nil
}

// rest counts the letters and digits of a password without the words.
func rest(password string, words ...string) int {
	password = strings.ToLower(password)
	for _, word := range words {
		password = strings.ReplaceAll(password, word, " ")
	}
	n := 0
	for _, c := range password {
		if !apart(c) {
			n++
		}
	}
	return n
}

func ofContext() error {
	return policy.FieldErrorf("password", "is too easy to guess: it is made of names or an address that belong to it")
}

func beginning(password string) string {
	if runes := []rune(password); len(runes) > estimated {
		return string(runes[:estimated])
	}
	return password
}

// words returns the texts and the words they are made of, in lower case.
func words(context []string) []string {
	var all []string
	for _, text := range context {
		text = strings.ToLower(text)
		if len(text) >= minWord {
			all = append(all, text)
		}
		for _, word := range strings.FieldsFunc(text, apart) {
			if len(word) >= minWord {
				all = append(all, word)
			}
		}
	}
	return all
}

func apart(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }

// tooEasy says why the guesses are few.
func tooEasy(sequence []*match.Match) error {
	if len(sequence) == 1 && sequence[0].DictionaryName == "passwords" {
		return policy.FieldErrorf("password", "is one of the common ones, which are tried first")
	}
	for _, m := range sequence {
		if of(m, "user_inputs") {
			return ofContext()
		}
	}
	return policy.FieldErrorf("password", "is too easy to guess: it is made of common words, repetitions or sequences")
}

// of reports whether a match, or what it repeats, is from a dictionary.
func of(m *match.Match, dictionary string) bool {
	if m.DictionaryName == dictionary {
		return true
	}
	for _, part := range m.BaseMatches {
		if of(part, dictionary) {
			return true
		}
	}
	return false
}
