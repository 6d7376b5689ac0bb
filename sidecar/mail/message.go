package mail

import (
	netmail "net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// message makes the message of a letter (RFC 5322).
func message(l Letter, s Sender, now time.Time) (*gomail.Msg, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	if err := l.check(); err != nil {
		return nil, err
	}
	p, err := render(l, s)
	if err != nil {
		return nil, &Error{Detail: "the message can't be made", cause: err}
	}
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	m.FromMailAddress(&netmail.Address{Name: phrase(s.Company), Address: s.From})
	m.ToMailAddress(&netmail.Address{Address: l.To})
	m.Subject(p.subject)
	m.SetDateWithValue(now)
	m.SetMessageIDWithValue(l.ID + "@" + domain(s.From))
	m.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834, section 5
	m.SetBodyString(gomail.TypeTextPlain, p.text)
	m.AddAlternativeString(gomail.TypeTextHTML, p.html)
	return m, nil
}

// phrase returns text as the name of an address. It has no backslash, since package
// net/mail would leave that as it is in an encoded word, where there must be none
// (RFC 2047, section 5).
func phrase(text string) string { return strings.ReplaceAll(oneLine(text), `\`, "/") }

func domain(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }
