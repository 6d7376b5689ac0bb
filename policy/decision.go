package policy

// Decision answers a [Request]. The zero Decision is a no.
type Decision struct {
	Allow  bool
	Reason Reason
	Err    error // what went wrong inside, for the log; never for a caller
}

// Reason says why. Code is constant and meant for programs; the sentences come
// from the METADATA of the rule that decided.
type Reason struct {
	Code   string
	Admin  string // for an admin: may name the group, project and client that decided
	Client string // for the client: never names what the client may not see
}

// Codes the engine gives by itself, when the rules gave no answer. Each is a no.
const (
	CodeUndefined = "undefined" // the rules have no answer, or a malformed one
	CodeTimeout   = "timeout"   // the evaluation took too long
	CodeFault     = "fault"     // the evaluation failed
	CodeStale     = "stale"     // there is no snapshot, or it is too old to be trusted
)

// Deny returns the no with the given code, told to everybody in the same words.
func Deny(code, sentence string) Decision {
	return Decision{Reason: Reason{Code: code, Admin: sentence, Client: sentence}}
}
