package api

import (
	"net/http"
	"time"

	"sightline.example/policy"
)

// ProblemType is the media type of a [Problem].
const ProblemType = "application/problem+json"

// InternalMessage is all a caller learns about a fault of ours.
const InternalMessage = "internal error"

// Problem is the body of an error of the admin API (RFC 9457).
type Problem struct {
	Status int         `json:"status"`
	Title  string      `json:"title"`
	Detail string      `json:"detail"`
	Code   policy.Code `json:"code"`
	Field  string      `json:"field,omitempty"`
	IDs    []string    `json:"ids,omitempty"`
	// RetryAfter is how many seconds to wait before another try.
	RetryAfter int `json:"retry_after,omitempty"`
	// Faults are what is wrong with the tables of an import, as far as they are
	// listed; More is how many there are besides.
	Faults []policy.Fault `json:"faults,omitempty"`
	More   int            `json:"more,omitempty"`
}

// ProblemOf returns the problem that tells a caller of e.
func ProblemOf(e *policy.Error) Problem {
	status := Status(e.Code)
	return Problem{
		Status: status,
		Title:  http.StatusText(status),
		Detail: e.Message,
		Code:   e.Code,
		Field:  e.Field,
		IDs:    e.IDs,

		RetryAfter: int(e.RetryAfter / time.Second),
		Faults:     e.Faults,
		More:       e.More,
	}
}

// Err returns the error p tells of. For every error e with a code of package
// policy's, ProblemOf(e).Err() equals e.
func (p Problem) Err() *policy.Error {
	return &policy.Error{
		Code:    CodeOf(p.Status, string(p.Code)),
		Field:   p.Field,
		Message: p.Detail,
		IDs:     p.IDs,

		RetryAfter: time.Duration(p.RetryAfter) * time.Second,
		Faults:     p.Faults,
		More:       p.More,
	}
}
