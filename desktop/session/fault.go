package session

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"syscall"
	"time"

	"sightline.example/policy"
)

// Kind says what is in the way of signing in.
type Kind string

// The kinds of a Fault.
const (
	Missing       Kind = "missing"        // a field that has to be filled in is empty
	BadAddress    Kind = "bad address"    // no address of a sidecar: http or https, and a host
	Insecure      Kind = "insecure"       // http to another machine: the password could be read on the way
	NoHost        Kind = "no host"        // the name is not known
	Refused       Kind = "refused"        // nothing listens there
	Unreachable   Kind = "unreachable"    // no way there, or no answer in time
	Untrusted     Kind = "untrusted"      // the certificate is not vouched for; it can be pinned
	PinChanged    Kind = "pin changed"    // the certificate is not the pinned one
	BadTLS        Kind = "bad TLS"        // no encrypted connection comes about
	BadAuthority  Kind = "bad authority"  // the file of certificate authorities can't be used
	NotSightline  Kind = "not Sightline"  // it answers, but not as a sidecar does
	TooOld        Kind = "too old"        // a sidecar that lacks what the app needs
	WrongPassword Kind = "wrong password" // or address, key, code, or a session that is over
	CodeRequired  Kind = "code required"  // the password is right, a one-time code is missing
	NotAllowed    Kind = "not allowed"    // this key or admin may not use the app
	TooMany       Kind = "too many"       // tries; RetryAfter says when again
	Starting      Kind = "starting"       // the sidecar can't answer now
	Invalid       Kind = "invalid"        // the sidecar refused a field: see its error
	OtherAdmin    Kind = "other admin"    // signed in again as somebody else
	Internal      Kind = "internal"       // a fault in the sidecar, or in the app
)

// Fault is why one could not sign in.
type Fault struct {
	Kind Kind
	// Certificate is the one that was presented, for Untrusted and PinChanged.
	Certificate *Certificate
	RetryAfter  time.Duration // for TooMany; 0 is not known
	Err         error         // what was found, for the log; nil if Kind says it all
}

// Error implements the error interface.
func (f *Fault) Error() string {
	if f.Err == nil {
		return string(f.Kind)
	}
	return string(f.Kind) + ": " + f.Err.Error()
}

// Unwrap returns what was found.
func (f *Fault) Unwrap() error { return f.Err }

// faultOf returns the Fault that an error of a call is.
func faultOf(err error) *Fault {
	if f, ok := errors.AsType[*Fault](err); ok {
		return f
	}
	if e, ok := errors.AsType[*policy.Error](err); ok && e.Code != policy.Unavailable {
		return &Fault{Kind: kindOf(e.Code), RetryAfter: e.RetryAfter, Err: err}
	}
	return &Fault{Kind: networkKind(err), Err: err}
}

func kindOf(code policy.Code) Kind {
	switch code {
	case policy.Unauthenticated:
		return WrongPassword
	case policy.CodeRequired:
		return CodeRequired
	case policy.Forbidden:
		return NotAllowed
	case policy.TooMany:
		return TooMany
	case policy.NotFound, policy.LinkFault:
		return NotSightline
	case policy.Invalid, policy.TooLarge, policy.Exists, policy.Conflict:
		return Invalid
	}
	return Internal
}

// networkKind tells apart why nobody answered, or why what came was no answer.
func networkKind(err error) Kind {
	if dns, ok := errors.AsType[*net.DNSError](err); ok && !dns.IsTimeout {
		return NoHost
	}
	if isTLS(err) {
		return BadTLS
	}
	if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() || errors.Is(err, context.DeadlineExceeded) {
		return Unreachable
	}
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return Refused
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.ECONNRESET):
		return Unreachable
	}
	if _, op := errors.AsType[*net.OpError](err); op {
		return Unreachable
	}
	if policy.CodeOf(err) == policy.Unavailable {
		return Starting
	}
	return NotSightline // it answered what makes no sense
}

func isTLS(err error) bool {
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return true
	}
	if _, ok := errors.AsType[tls.AlertError](err); ok {
		return true
	}
	_, ok := errors.AsType[*tls.CertificateVerificationError](err)
	return ok || errors.Is(err, http.ErrSchemeMismatch) || errors.Is(err, x509.ErrUnsupportedAlgorithm)
}
