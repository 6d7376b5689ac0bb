package api

import (
	"net/http"

	"sightline.example/policy"
)

// statuses is the one table of error codes and HTTP statuses. Codes share
// statuses, so an answer names its code too, in [HeaderError].
func statuses() map[policy.Code]int {
	return map[policy.Code]int{
		policy.Invalid:         http.StatusBadRequest,
		policy.TooLarge:        http.StatusRequestEntityTooLarge,
		policy.Unauthenticated: http.StatusUnauthorized,
		policy.CodeRequired:    http.StatusUnauthorized,
		policy.Forbidden:       http.StatusForbidden,
		policy.NotFound:        http.StatusNotFound,
		policy.Exists:          http.StatusConflict,
		policy.Conflict:        http.StatusConflict,
		policy.EpochChanged:    http.StatusConflict,
		policy.Stale:           http.StatusPreconditionFailed,
		policy.Unconditional:   http.StatusPreconditionRequired,
		policy.KeyReused:       http.StatusUnprocessableEntity,
		policy.DeadReference:   http.StatusUnprocessableEntity,
		policy.LinkFault:       http.StatusGone,
		policy.TooMany:         http.StatusTooManyRequests,
		policy.StoreFull:       http.StatusInsufficientStorage,
		policy.Unavailable:     http.StatusServiceUnavailable,
		policy.Internal:        http.StatusInternalServerError,
	}
}

// Status returns the HTTP status of an error code. A code that is not one of
// package policy's is a fault of ours: 500.
func Status(code policy.Code) int {
	if status, ok := statuses()[code]; ok {
		return status
	}
	return http.StatusInternalServerError
}

// CodeOf returns the error code of an answer with the given status and
// [HeaderError]. For every code c, CodeOf(Status(c), string(c)) is c. Where the
// header is missing or does not fit the status, as in the answer of a proxy in
// between, the status alone decides.
func CodeOf(status int, header string) policy.Code {
	code := policy.Code(header)
	if s, ok := statuses()[code]; ok && s == status {
		return code
	}
	switch status {
	case http.StatusUnauthorized:
		return policy.Unauthenticated
	case http.StatusForbidden:
		return policy.Forbidden
	case http.StatusNotFound:
		return policy.NotFound
	case http.StatusConflict:
		return policy.Conflict
	case http.StatusPreconditionFailed:
		return policy.Stale
	case http.StatusPreconditionRequired:
		return policy.Unconditional
	case http.StatusRequestEntityTooLarge:
		return policy.TooLarge
	case http.StatusGone:
		return policy.LinkFault
	case http.StatusTooManyRequests:
		return policy.TooMany
	case http.StatusInsufficientStorage:
		return policy.StoreFull
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return policy.Unavailable
	}
	if 400 <= status && status < 500 {
		return policy.Invalid
	}
	return policy.Internal
}
