package lang

import (
	"fmt"
	"regexp"
	"time"
)

// mistake is a message of the sidecar about a value, and how it is told.
type mistake struct {
	message *regexp.Regexp
	tell    func(places Data) string
}

// about returns a mistake whose message is all of the pattern. What the pattern has
// groups for are the places of the text.
func about(pattern string, tell func(Data) string) mistake {
	return mistake{regexp.MustCompile("^" + pattern + "$"), tell}
}

// mistakes are those that are in files and forms of an admin: the sidecar has words
// for them in one language only.
var mistakes = []mistake{
	about(`must not be empty`, func(Data) string { return L("Must not be empty.") }),
	about(`must not be negative`, func(Data) string { return L("Must not be negative.") }),
	about(`must be yes or no`, func(Data) string { return L("Must be yes or no.") }),
	about(`must be in the future`, func(Data) string { return L("Must be in the future.") }),
	about(`must be after scope\.from`, func(Data) string { return L("Must be after the beginning of the access.") }),
	about(`must be one address, such as ann@example\.com`, func(Data) string { return L("Must be one address, such as ann@example.com.") }),
	about(`must be a day, such as 2026-01-31 or 31\.1\.2026, or a time as of RFC 3339`, func(Data) string {
		return L("Must be a day, such as 2026-01-31 or 31.1.2026, or a time as of RFC 3339.")
	}),
	about(`must be in the years (?P<A>\d+) to (?P<B>\d+)`, func(d Data) string { return L("Must be in the years {{.A}} to {{.B}}.", d) }),
	about(`is (?P<A>\d+) bytes long; the limit is (?P<B>\d+)`, func(d Data) string { return L("Is {{.A}} bytes long; the limit is {{.B}}.", d) }),
	about(`has (?P<A>\d+) ids; the limit is (?P<B>\d+)`, func(d Data) string { return L("Has {{.A}} ids; the limit is {{.B}}.", d) }),
	about(`has (?P<A>\d+) columns; the limit is (?P<B>\d+)`, func(d Data) string { return L("Has {{.A}} columns; the limit is {{.B}}.", d) }),
	about(`has (?P<A>\d+) cells, but the header has (?P<B>\d+)`, func(d Data) string { return L("Has {{.A}} cells, but the header has {{.B}}.", d) }),
	about(`has a character that is not a letter, a digit or one of -\._~@:\+ at position (?P<A>\d+)`, func(d Data) string {
		return L("Has a character that is not a letter, a digit or one of -._~@:+ at position {{.A}}.", d)
	}),
	about(`has a control character, such as a line break`, func(Data) string { return L("Has a control character, such as a line break.") }),
	about(`has no column for the (?P<A>.+)`, func(d Data) string { return L("Has no column for the {{.A}}.", d) }),
	about(`has neither a column for the group nor one for the project`, func(Data) string { return L("Has neither a column for the group nor one for the project.") }),
	about(`has a quoted cell that does not end well, up to line (?P<A>\d+)`, func(d Data) string { return L("Has a quoted cell that does not end well, up to line {{.A}}.", d) }),
	about(`names neither a group nor a project`, func(Data) string { return L("Names neither a group nor a project.") }),
	about(`is empty; its first line must say which column is which`, func(Data) string { return L("Is empty; its first line must say which column is which.") }),
	about(`is in the header twice`, func(Data) string { return L("Is in the header twice.") }),
	about(`is the address in line (?P<A>\d+) too`, func(d Data) string { return L("Is the address in line {{.A}} too.", d) }),
	about(`is one row too many; the limit is (?P<A>\d+)`, func(d Data) string { return L("Is one row too many; the limit is {{.A}}.", d) }),
	about(`must not be "(?P<A>.+)"`, func(d Data) string {
		return L("Must not be “{{.A}}”.", d)
	}),
	about(`is in the past`, func(Data) string {
		return L("Is in the past. Choose a later day.")
	}),
	about(`is the address of an earlier row too`, func(Data) string {
		return L("Is the address of an earlier row too.")
	}),
	about(`is the address of the client (?P<A>.+) too`, func(d Data) string {
		return L("Is the address of the client {{.A}} too.", d)
	}),
	about(`mixes (?P<A>\w+) and (?P<B>\w+) letters, so it could pass for another address`, func(Data) string {
		return L("Mixes letters of two scripts, so that it could pass for another address.")
	}),
	about(`has characters outside of ASCII; write the domain in its ASCII form, such as xn--bcher-kva\.example`, func(Data) string {
		return L("Has letters that addresses can't have, such as ü. Write the domain as xn--bcher-kva.example.")
	}),
	about(`(?P<A>.+) is the id in line (?P<B>\d+) too`, func(d Data) string {
		return L("{{.A}} is the identifier in line {{.B}} too.", d)
	}),
	about(`(?P<A>.+) is the name in line (?P<B>\d+) too; give both an id, in a column of its own`, func(d Data) string {
		return L("{{.A}} is the name in line {{.B}} too. Give both an identifier, in a column of its own.", d)
	}),
	about(`must be group or project, not (?P<A>.+)`, func(d Data) string {
		return L("Must be group or project, not {{.A}}.", d)
	}),
	about(`has a NUL character`, func(Data) string {
		return L("Has a character that can't be typed.")
	}),
	about(`has (?P<A>\d+) characters; it needs at least (?P<B>\d+)`, func(d Data) string {
		return L("Has {{.A}} characters; it needs at least {{.B}}.", d)
	}),
	about(`has (?P<A>\d+) characters; the limit is (?P<B>\d+)`, func(d Data) string {
		return L("Has {{.A}} characters; the limit is {{.B}}.", d)
	}),
	about(`is too easy to guess: it is made of names or an address that belong to it`, func(Data) string {
		return L("Is too easy to guess: it is made of your name or address. Take other words.")
	}),
	about(`is too easy to guess: it is made of common words, repetitions or sequences`, func(Data) string {
		return L("Is too easy to guess: it is made of common words, repetitions or sequences. Take several words that have nothing to do with each other.")
	}),
	about(`is one of the common ones, which are tried first`, func(Data) string {
		return L("Is one of the common ones, which are tried first. Take another one.")
	}),
	about(`is not after from`, func(Data) string {
		return L("Must be after the beginning.")
	}),
	about(`is longer than (?P<A>\d+) bytes`, func(d Data) string {
		return L("Is too long; the limit is {{.A}} letters, fewer with accents.", d)
	}),
	about(`ids that were deleted once are never used again`, func(Data) string {
		return L("Has ids of what was deleted; ids are never used again.")
	}),
	about(`has an account already; only who is invited can be sent an invitation`, func(Data) string {
		return L("The client has made the account already, and needs no invitation.")
	}),
	about(`the invitation was accepted or revoked already`, func(Data) string {
		return L("The invitation was accepted or revoked already.")
	}),
	about(`the client is (?P<A>\w+); only one who is (?P<B>\w+) can be \w+`, func(Data) string {
		return L("The client is in another state by now. Look at it as it is.")
	}),
	about(`the client is not deleted; only who is deleted can be erased`, func(Data) string {
		return L("The client is not deleted. Only who is deleted can be erased.")
	}),
	about(`(the|there are)( clients whose)? stored values?( that)? can't be read; .+`, func(Data) string {
		return L("Something that is stored can't be read, and keeps this from being done. Tell whoever runs the sidecar.")
	}),
	about(`the import took too long; nothing was done`, func(Data) string {
		return L("The import took too long, and nothing was done. Try again, or do it in parts.")
	}),
	about(`(?P<A>.+) is the name of (?P<N>\d+) (?P<Kind>employees|groups|projects); give the id`, func(d Data) string {
		switch d["Kind"] {
		case "employees":
			return L("{{.A}} is the name of {{.N}} employees. Give the identifier in its place.", d)
		case "groups":
			return L("{{.A}} is the name of {{.N}} groups. Give the identifier in its place.", d)
		}
		return L("{{.A}} is the name of {{.N}} projects. Give the identifier in its place.", d)
	}),
	about(`was passed over: the column (?P<A>.+) is the \w+`, func(d Data) string {
		return L("Was passed over: the column {{.A}} has this already.", d)
	}),
	about(`the employee (?P<A>".+"): \w+: .+`, func(d Data) string {
		return L("The employee {{.A}} can't be stored like this. Check the identifier.", d)
	}),
	about(`is not valid CSV`, func(Data) string { return L("Is no table that can be read. Save the file as CSV.") }),
	about(`another client has this address`, func(Data) string { return L("Another client has this address.") }),
	about(`another admin has this address`, func(Data) string { return L("Another admin has this address.") }),
	about(`is not valid UTF-8`, func(Data) string { return L("Is not valid UTF-8.") }),
	about(`is not valid UTF-8; save the file as CSV UTF-8`, func(Data) string { return L("Is not valid UTF-8. Save the file as CSV UTF-8.") }),
	about(`is not a column known here, and was passed over`, func(Data) string { return L("Is not a column known here, and was passed over.") }),
	about(`refers to (?P<A>.+), which does not exist`, func(d Data) string { return L("Refers to {{.A}}, which does not exist.", d) }),
	about(`occurs twice`, func(Data) string { return L("Occurs twice.") }),
	about(`repeats (?P<A>.+)`, func(d Data) string { return L("Repeats {{.A}}.", d) }),
	about(`\d+ messages were sent within a day; the next one can be sent at (?P<When>.+)`, func(d Data) string {
		if at, err := time.Parse(time.RFC3339, fmt.Sprint(d["When"])); err == nil {
			d["When"] = Moment(at)
		}
		return L("Enough messages were sent for one day. The next one can be sent at {{.When}}.", d)
	}),
	about(`has ids of what was deleted; ids are never used again`, func(Data) string { return L("Has ids of what was deleted; ids are never used again.") }),
	about(`there is no (?P<Kind>employee|group|project) (?P<Name>.+)`, func(d Data) string {
		switch d["Kind"] {
		case "employee":
			return L("There is no employee {{.Name}}.", d)
		case "group":
			return L("There is no group {{.Name}}.", d)
		}
		return L("There is no project {{.Name}}.", d)
	}),
}

// told returns how a message of the sidecar is told, or nothing if this version of
// the app does not know it.
func told(message string) string {
	for _, m := range mistakes {
		found := m.message.FindStringSubmatch(message)
		if found == nil {
			continue
		}
		places := Data{}
		for i, name := range m.message.SubexpNames() {
			if name != "" {
				places[name] = found[i]
			}
		}
		return m.tell(places)
	}
	return ""
}
