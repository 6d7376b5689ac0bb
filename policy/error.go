package policy

import (
	"errors"
	"fmt"
	"time"
)

// Code says what a caller can do about an [Error]. The set is closed: package
// sidecar/api maps each code to one HTTP status and back.
type Code string

// The codes of an [Error].
const (
	Invalid         Code = "invalid"         // the request is wrong; sending it again does not help
	TooLarge        Code = "too_large"       // a size limit is exceeded
	Unauthenticated Code = "unauthenticated" // no key or session, or one that is unknown or expired; or a wrong password
	CodeRequired    Code = "code_required"   // the password is right, and a one-time code is needed too
	Forbidden       Code = "forbidden"       // the key does not permit the action
	NotFound        Code = "not_found"       // nothing has this id
	Exists          Code = "exists"          // the id is taken, or was once: ids are never reused
	Conflict        Code = "conflict"        // somebody else changed it, or an equal request is under way
	Stale           Code = "stale"           // If-Match names a revision that is not the current one
	Unconditional   Code = "unconditional"   // the change needs If-Match and has none
	KeyReused       Code = "key_reused"      // the Idempotency-Key came with another request before
	DeadReference   Code = "dead_reference"  // a scope names a group or project that does not exist
	TooMany         Code = "too_many"        // tried too often, or by too many at once
	EpochChanged    Code = "epoch_changed"   // the token is of another store, or of one that was restored since
	LinkFault       Code = "link"            // the link of an invitation is wrong, used or expired
	StoreFull       Code = "store_full"      // the disk or the store has no room for changes
	Unavailable     Code = "unavailable"     // not now: starting, cut off from the store, or overloaded
	Internal        Code = "internal"        // a fault of ours; details are in the log only
)

// Error is the only error that carries text meant for a caller. Any other
// error counts as [Internal], and its text must not leave the process.
type Error struct {
	Code    Code
	Field   string   // dotted path of the member at fault, such as "scope.groups[2]"; empty if none is
	Message string   // one sentence for the caller; names the limit where one was exceeded
	IDs     []string // the ids at fault, where the code is about ids
	// RetryAfter is how long to wait before another try, in whole seconds, where
	// the code is [TooMany] and waiting helps.
	RetryAfter time.Duration
	Faults     []Fault // what is wrong with the tables that were sent, where the code is about those
	More       int     // how many faults there are besides
}

// Fault is one thing wrong with a table, or worth knowing about it.
type Fault struct {
	Table   string `json:"table"`            // such as "employees"
	Row     int    `json:"row,omitempty"`    // line of the file, from 1; 0 if it is about the whole file
	Column  string `json:"column,omitempty"` // what the file's header calls it; empty if it is about the whole row
	Message string `json:"message"`
}

// Error implements the error interface.
func (e *Error) Error() string {
	if e.Field == "" {
		return e.Message
	}
	return e.Field + ": " + e.Message
}

// Errorf returns an Error with a formatted message and no field.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// FieldErrorf returns an [Invalid] Error about one member.
func FieldErrorf(field, format string, args ...any) *Error {
	return &Error{Code: Invalid, Field: field, Message: fmt.Sprintf(format, args...)}
}

// CodeOf returns the code of the first [Error] in err's chain, [Internal] if
// there is none, and the empty code for a nil error.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return Internal
}
