package policy

import (
	"net/mail"
	"strings"
	"unicode"
)

// MaxEmail is the longest e-mail address, in bytes (RFC 5321, section
// 4.5.3.1.3, less the angle brackets).
const MaxEmail = 254

// CanonicalEmail returns the form in which addresses are compared: in lower
// case. Providers tell apart neither "Ann@Example.com" from "ann@example.com"
// nor anybody who could get hold of both.
func CanonicalEmail(email string) string { return strings.ToLower(email) }

// CheckEmail reports whether email is one plain address of ASCII characters. An
// international domain has to be written in its ASCII form (RFC 5890). The
// error is an [Invalid] one about field.
func CheckEmail(field, email string) error {
	if len(email) > MaxEmail {
		return FieldErrorf(field, "is %d bytes long; the limit is %d", len(email), MaxEmail)
	}
	if strings.ContainsFunc(email, notASCII) {
		return checkScripts(field, email)
	}
	a, err := mail.ParseAddress(email)
	if err != nil || a.Address != email || strings.ContainsFunc(email, quoted) || !isDomain(email[strings.LastIndexByte(email, '@')+1:]) {
		return FieldErrorf(field, "must be one address, such as ann@example.com")
	}
	return nil
}

// quoted reports whether c makes a local part need quotes, which hardly any
// mail system takes and which header injections are made of.
func quoted(c rune) bool { return c <= ' ' || c == 0x7f || strings.ContainsRune(`"\(),:;<>[]`, c) }

func notASCII(c rune) bool { return c > unicode.MaxASCII }

// checkScripts says what is wrong with an address that is not ASCII. Letters of
// several scripts are told apart from the rest, since such an address passes for
// another one (Unicode Technical Standard 39, section 5).
func checkScripts(field, email string) error {
	first := ""
	for _, c := range email {
		script := scriptOf(c)
		switch {
		case script == "" || script == first:
		case first == "":
			first = script
		default:
			return FieldErrorf(field, "mixes %s and %s letters, so it could pass for another address", first, script)
		}
	}
	return FieldErrorf(field, "has characters outside of ASCII; write the domain in its ASCII form, such as xn--bcher-kva.example")
}

// scriptOf returns the script of a letter, empty for whatever is in use in several.
func scriptOf(c rune) string {
	if !unicode.IsLetter(c) || unicode.Is(unicode.Common, c) {
		return ""
	}
	for name, table := range unicode.Scripts {
		if unicode.Is(table, c) {
			return name
		}
	}
	return ""
}

// isDomain reports whether text is a host name (RFC 1123, section 2.1).
func isDomain(text string) bool {
	for label := range strings.SplitSeq(text, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' || strings.ContainsFunc(label, notLDH) {
			return false
		}
	}
	return true
}

func notLDH(c rune) bool {
	return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-')
}
