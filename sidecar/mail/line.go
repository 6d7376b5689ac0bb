package mail

import (
	"strings"
	"unicode"
)

// maxLine is the longest text in a header, in bytes. With a header's name and
// what encoding adds it stays below the 998 bytes of a line (RFC 5322, section
// 2.1.1).
const maxLine = 200

// oneLine returns text as it can stand in a header: one line, not too long, and
// without encoded words (RFC 2047), which programs would show decoded.
func oneLine(text string) string {
	text = strings.Join(strings.Fields(visible(text)), " ")
	return cut(strings.ReplaceAll(text, "=?", "= ?"), maxLine)
}

// lines returns the lines of a text, without empty ones around it.
func lines(text string) []string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(text)
	var all []string
	for line := range strings.SplitSeq(text, "\n") {
		all = append(all, strings.TrimRight(visible(line), " "))
	}
	for len(all) > 0 && all[0] == "" {
		all = all[1:]
	}
	for len(all) > 0 && all[len(all)-1] == "" {
		all = all[:len(all)-1]
	}
	return all
}

// visible returns text with a space for every character that controls instead of
// being shown, such as those that write what follows backwards. It is valid UTF-8.
func visible(text string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) {
			return ' '
		}
		return c
	}, text)
}

// cut returns the first characters of text that limit bytes have room for.
func cut(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	return strings.ToValidUTF8(text[:limit-len("…")], "") + "…"
}
