package lang

import (
	"time"
	"unicode"
	"unicode/utf8"

	"sightline.example/policy"
)

// refusal tells what the sidecar refused, by what it says where this version of the
// app has words for that, else by its code.
func refusal(e *policy.Error) string {
	switch e.Code {
	case policy.Invalid, policy.TooLarge, policy.Exists, policy.Conflict, policy.TooMany:
		if text := told(e.Message); text != "" {
			return text
		}
	}
	if text := byCode(e); text != "" {
		return text
	}
	if _, known := member(Field(e)); known && e.Message != "" {
		return quoted(e.Message)
	}
	return fault() // of the app's own: it has sent what makes no sense
}

// byCode returns nothing for what only a message can tell.
func byCode(e *policy.Error) string {
	switch e.Code {
	case policy.Unauthenticated, policy.CodeRequired:
		return L("You have to sign in again.")
	case policy.Forbidden:
		return L("Your role does not allow this. Ask an owner to do it.")
	case policy.NotFound:
		return L("It does not exist any more: somebody has deleted it. Go back, and choose another one.")
	case policy.Exists:
		return L("There is one with this identifier already, or there was: identifiers are never used again. Choose another one.")
	case policy.DeadReference:
		return L("Something is selected that does not exist any more. Drop it, or choose another one in its place.")
	case policy.Stale, policy.Conflict:
		return L("Somebody else changed it meanwhile. Look at it as it is now, and try again.")
	case policy.TooLarge:
		return L("This is too much at once. Do it in parts.")
	case policy.TooMany:
		return tooMany(e.RetryAfter)
	}
	return sidecarText(e.Code)
}

// sidecarText is about what is wrong with the sidecar, or with what leads to it.
func sidecarText(c policy.Code) string {
	switch c {
	case policy.EpochChanged:
		return L("The sidecar has other data now, from a backup perhaps. Look at them before you try again.")
	case policy.LinkFault:
		return L("The link is wrong, was used already, or is over. Ask for another one.")
	case policy.Unavailable:
		return L("The sidecar does not answer just now. Try again in a moment.")
	case policy.StoreFull:
		return L("The sidecar has no room left for changes. Tell whoever runs it.")
	case policy.Internal:
		return L("The sidecar has a fault of its own. Tell whoever runs it.")
	}
	return ""
}

func tooMany(wait time.Duration) string {
	if wait <= 0 {
		return L("Too many tries. Wait a while before the next one.")
	}
	return N("Too many tries. The next one is possible in {{.N}} minutes.", int((wait+time.Minute-1)/time.Minute))
}

// Sentence returns a message of the sidecar as a sentence. What this version of the
// app has no words for is quoted.
func Sentence(message string) string {
	if text := told(message); text != "" || message == "" {
		return text
	}
	return quoted(message)
}

func quoted(message string) string {
	first, size := utf8.DecodeRuneInString(message)
	return L("The sidecar says: “{{.Words}}”", Data{"Words": string(unicode.ToUpper(first)) + message[size:]})
}
