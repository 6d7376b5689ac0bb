package lang

import (
	"errors"

	"sightline.example/desktop/file"
	"sightline.example/desktop/session"
	"sightline.example/policy"
)

// Error returns what an admin is told of a failure: which field it is about, what
// it is and what to do next. Whatever is not meant for callers stays unsaid.
func Error(err error) string {
	if name, known := member(Field(err)); known {
		return L("{{.Field}}: {{.Why}}", Data{"Field": name, "Why": Mistake(err)})
	}
	return Mistake(err)
}

// Mistake returns the same without the field, for where that stands beside it.
func Mistake(err error) string {
	if fault, ok := errors.AsType[*session.Fault](err); ok {
		return faultText(fault)
	}
	if refused, ok := errors.AsType[*policy.Error](err); ok {
		return refusal(refused)
	}
	if f, ok := errors.AsType[*file.Fault](err); ok {
		return fileText(f)
	}
	return fault()
}

func fault() string {
	return L("Something went wrong that should not have. Try again; if it stays like this, tell whoever runs the sidecar.")
}

func faultText(f *session.Fault) string {
	switch f.Kind {
	case session.Missing:
		return L("This has to be filled in.")
	case session.BadAddress:
		return L("This is not the address of a sidecar. It looks like https://sightline.example.")
	case session.Insecure:
		return L("Without https your password could be read on the way. Ask for the https address.")
	case session.NoHost:
		return L("There is no computer of this name. Check the spelling, or your network.")
	case session.Refused:
		return L("Nothing answers at this address. The sidecar may not be running, or the port may be another one.")
	case session.Unreachable:
		return L("The sidecar can't be reached. Check your network, or try again in a moment.")
	case session.Untrusted:
		return L("Nobody your computer knows vouches for this sidecar. Compare its fingerprint before you trust it.")
	case session.PinChanged:
		return L("This is another certificate than the one you trusted. Unless you know that it was renewed, somebody may be in between.")
	case session.BadTLS:
		return L("No encrypted connection comes about. The address may be one for http, or the sidecar is set up wrongly.")
	case session.BadAuthority:
		if unread, ok := errors.AsType[*file.Fault](f.Err); ok {
			return fileText(unread)
		}
		return L("This file has no certificates that can be read. It has to be in PEM form.")
	case session.NotSightline:
		return L("What answers there is no Sightline sidecar. Check the address and the port.")
	case session.TooOld:
		return L("This sidecar is too old for this app. Ask whoever runs it for a newer one.")
	}
	return entryText(f)
}

// entryText is about being let in.
func entryText(f *session.Fault) string {
	switch f.Kind {
	case session.WrongPassword:
		if errors.Is(f, session.ErrNoSecret) {
			return L("Your sign-in was not remembered. Enter your password.")
		}
		return L("The sidecar does not let you in with this. Check what you entered.")
	case session.CodeRequired:
		return L("Enter the one-time code from your authenticator app, or a recovery code.")
	case session.NotAllowed:
		return L("This account or key is not for managing Sightline.")
	case session.TooMany:
		return tooMany(f.RetryAfter)
	case session.Starting:
		return L("The sidecar is there but can't answer yet. Try again in a moment.")
	case session.OtherAdmin:
		return L("This is another admin. To change who is signed in, sign out first.")
	case session.Invalid:
		return Mistake(f.Err)
	}
	return L("The sidecar has a fault of its own. Tell whoever runs it.")
}
