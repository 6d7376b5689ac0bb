package invite

import (
	"net/mail"
	"strings"

	"sightline.example/policy"
)

// Fault is what is wrong with something that was entered.
type Fault string

// The faults.
const (
	NoAddress    Fault = "no address"    // it is not one plain address
	Twice        Fault = "twice"         // the same address stands before
	Known        Fault = "known"         // somebody has the address already
	TooMany      Fault = "too many"      // these are more than MaxAddresses: none was looked at
	NoGroup      Fault = "no group"      // there is no group of the id or name
	NoProject    Fault = "no project"    // likewise
	NoSwitch     Fault = "no switch"     // neither yes nor no
	NoDate       Fault = "no date"       // neither a day nor a moment
	PeriodOver   Fault = "period over"   // the period ends before it begins
	TooLong      Fault = "too long"      // a name or note is longer than it may be
	SeveralNames Fault = "several names" // more than one group or project has the name
)

// Address is one address that was entered.
type Address struct {
	Email string
	Name  string // as in "Ann Lee <ann@example.com>"; empty if there is none
	Fault Fault  // empty if nothing is wrong
}

// ParseAddresses reads addresses, which are separated by commas, semicolons, spaces
// or the ends of lines. known reports whether somebody has an address already.
//
// Of more than MaxAddresses none is looked at: whole files come by the clipboard, and
// are there at each key that is typed.
func ParseAddresses(text string, known func(email string) bool) (all []Address) {
	parts := split(text)
	if len(parts) > MaxAddresses {
		for _, part := range parts {
			all = append(all, Address{Email: part, Fault: TooMany})
		}
		return all
	}
	seen := map[string]bool{}
	for _, part := range parts {
		a := parseAddress(part)
		canonical := policy.CanonicalEmail(a.Email)
		switch {
		case policy.CheckEmail("email", a.Email) != nil:
			a.Fault = NoAddress
		case seen[canonical]:
			a.Fault = Twice
		case known(canonical):
			a.Fault = Known
		}
		seen[canonical] = true
		all = append(all, a)
	}
	return all
}

// split returns the parts of a list. Spaces divide those that have no name before
// the address.
func split(text string) (parts []string) {
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;\r\n", r) }) {
		if strings.Contains(part, "<") {
			parts = append(parts, strings.TrimSpace(part))
		} else {
			parts = append(parts, strings.Fields(part)...)
		}
	}
	return parts
}

// parseAddress reads one address, alone or behind a name (RFC 5322, section 3.4).
func parseAddress(text string) Address {
	if strings.HasSuffix(text, ">") {
		if parsed, err := mail.ParseAddress(text); err == nil {
			return Address{Email: parsed.Address, Name: parsed.Name}
		}
	}
	return Address{Email: text}
}
