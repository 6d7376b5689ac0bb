package mail

import (
	netmail "net/mail"
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

// ids are what can be a part of a message id and of a file's name.
var ids = regexp.MustCompile(`^[A-Za-z0-9-]{1,64}$`)

// check says what keeps a letter from being sent.
func (l Letter) check() error {
	_, known := letters[l.Kind]
	switch {
	case !isAddress(l.To):
		return &Error{Detail: "the address is none that mail can be sent to", Final: true}
	case !ids.MatchString(l.ID):
		return &Error{Detail: "the letter's id can't be the one of a message", Final: true}
	case !known:
		return &Error{Detail: "the letter is of no kind that there is", Final: true}
	case l.Kind == Changed && l.Link != "":
		return &Error{Detail: "the letter has a link, which its kind must not", Final: true}
	case l.Kind != Changed && (!isLink(l.Link) || l.Expires.IsZero()):
		return &Error{Detail: "the letter has no link that can be opened until some time", Final: true}
	case l.Kind == AdminSetup && l.Role == "":
		return &Error{Detail: "the letter does not say which role the admin has", Final: true}
	}
	return nil
}

// check says what is wrong with who messages are from. Settings can be mended.
func (s Sender) check() error {
	switch {
	case !isAddress(s.From):
		return &Error{Detail: "the address that messages are from is none"}
	case oneLine(s.Company) == "":
		return &Error{Detail: "the company that messages are from has no name"}
	case s.Portal != "" && !isLink(s.Portal):
		return &Error{Detail: "the portal's address is none"}
	}
	return nil
}

// isAddress reports whether text is one address and nothing else: no name, no
// quotes, no comment, no group (RFC 5322, section 3.4).
func isAddress(text string) bool {
	_, err := netmail.ParseAddress(text)
	return err == nil && isPlain(text) && !strings.ContainsAny(text, `"\(),:;<>[]`)
}

// isLink reports whether text is an address of the web that stays whole in a
// message.
func isLink(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil &&
		isPlain(text) && !strings.ContainsAny(text, `"<>`)
}

// isPlain reports whether text is ASCII without spaces and control characters.
func isPlain(text string) bool {
	return !strings.ContainsFunc(text, func(c rune) bool { return c <= ' ' || c >= unicode.MaxASCII })
}
