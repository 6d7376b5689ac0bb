package mail

import (
	netmail "net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// message makes the message of a letter (RFC 5322).
func message(l Letter, s Sender, now time.Time) (*gomail.Msg, error) {
	p, err := render(l, s)
	if err != nil {
		return nil, err
	}
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	m.FromMailAddress(&netmail.Address{Name: oneLine(s.Company), Address: s.From})
	if err := m.To(l.To); err != nil {
		return nil, &Error{Detail: "the address is none that mail can be sent to", Final: true, cause: err}
	}
	m.Subject(p.subject)
	m.SetDateWithValue(now)
	m.SetMessageIDWithValue(l.ID + "@" + domain(s.From))
	m.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834, section 5
	m.SetBodyString(gomail.TypeTextPlain, p.text)
	m.AddAlternativeString(gomail.TypeTextHTML, p.html)
	return m, nil
}

func domain(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }
