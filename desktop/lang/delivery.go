package lang

import (
	"regexp"
	"strings"
)

// hitch is why a message was not delivered, as the sidecar puts it, and how that is
// told.
type hitch struct {
	detail *regexp.Regexp
	quotes bool // what the mail server said helps
	tell   func() string
}

func hitchOf(pattern string, quotes bool, tell func() string) hitch {
	return hitch{regexp.MustCompile(pattern), quotes, tell}
}

// hitches are tried in this order. What a mail server answers begins with a code,
// and mostly with a more precise one after it (RFC 5321, RFC 3463).
var hitches = []hitch{
	hitchOf(`answered \d+ [45]\.1\.[78]\b`, true, func() string {
		return L("The mail server does not take messages from the sidecar's own address. Tell whoever runs the sidecar.")
	}),
	hitchOf(`answered \d+ [45]\.1\.\d+\b|did not take it: it answered 55[013] [^45]`, false, func() string {
		return L("The mail server does not know the address. Check how it is written.")
	}),
	hitchOf(`answered \d+ [45]\.(2\.3|3\.4)\b`, false, func() string {
		return L("The message is too large for the mail server. Invite again, with a shorter note.")
	}),
	hitchOf(`answered (\d+ [45]\.2\.\d+\b|552)`, true, func() string {
		return L("The mailbox takes no messages: it is full or closed. Ask the client by other means.")
	}),
	hitchOf(`answered 4\d\d`, false, func() string { return L("The mail server takes no messages just now.") }),
	hitchOf(`answered 53[0458]`, false, func() string {
		return L("The mail server does not let the sidecar sign in. Tell whoever runs the sidecar.")
	}),
	hitchOf(`did not take it: it answered`, true, func() string {
		return L("The mail server does not let this message through. Tell whoever runs the sidecar.")
	}),
	hitchOf(`answered`, true, func() string { return L("The mail server does not let the sidecar in. Tell whoever runs the sidecar.") }),
	hitchOf(`did not answer in time$`, false, func() string { return L("The mail server did not answer in time.") }),
	hitchOf(`ended the connection$|was interrupted$`, false, func() string { return L("The connection to the mail server broke off.") }),
	hitchOf(`STARTTLS|tls: |x509: `, false, func() string {
		return L("No connection to the mail server comes about that nobody else can read. Tell whoever runs the sidecar.")
	}),
	hitchOf(`can't be used: |did not take it: `, false, func() string {
		return L("The mail server can't be reached. If it stays like this, tell whoever runs the sidecar.")
	}),
	hitchOf(`^the address is none `, false, func() string { return L("No message can be sent to this address. Check how it is written.") }),
	hitchOf(`^there was no time left `, false, func() string { return L("There was no time left: the link would have expired. Send another one.") }),
	hitchOf(`^the folder |can't be written$`, false, func() string {
		return L("The sidecar can't write to its folder for messages. Tell whoever runs the sidecar.")
	}),
}

// answered is what stands before a mail server's own words.
var answered = regexp.MustCompile(`it answered \d+ ([45]\.\d+\.\d+ )?`)

// Delivery returns why a message was not delivered, and what can be done about it,
// in the app's words. Those of the mail server follow where they say more.
func Delivery(detail string) string {
	for _, h := range hitches {
		if !h.detail.MatchString(detail) {
			continue
		}
		text := h.tell()
		if at := answered.FindStringIndex(detail); h.quotes && at != nil && at[1] < len(detail) {
			text += " " + L("The mail server says: “{{.Words}}”", Data{"Words": strings.TrimSpace(detail[at[1]:])})
		}
		return text
	}
	return L("The message could not be made. Tell whoever runs the sidecar.")
}
