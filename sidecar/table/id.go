package table

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// ID returns the id of what has a name and no id of its own: the name in lower
// case, with a hyphen for whatever is no ASCII letter or digit, at most 40
// characters of it, and the first 12 hexadecimal digits of the SHA-256 of the
// table's name, a newline and the name as names are compared. "Design" in the
// table groups is design-6dbd0e1850bc. It is the same each time, and as long as
// the name differs in nothing but case and spaces.
func ID(table, name string) string {
	sum := sha256.Sum256([]byte(table + "\n" + canonical(name)))
	id := slug(name)
	if id != "" {
		id += "-"
	}
	return id + hex.EncodeToString(sum[:6])
}

func slug(name string) string {
	const longest = 40
	var b strings.Builder
	for _, c := range norm.NFKD.String(strings.ToLower(name)) {
		switch {
		case b.Len() == longest:
			return strings.TrimSuffix(b.String(), "-")
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			b.WriteRune(c)
		case unicode.Is(unicode.Mn, c): // an accent, which was taken off its letter
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}

// canonical returns a name in the form that names are compared in: in lower
// case, with single spaces, each accent joined to its letter.
func canonical(name string) string {
	return strings.ToLower(composed(strings.Join(strings.Fields(name), " ")))
}

func composed(text string) string { return norm.NFC.String(text) }
