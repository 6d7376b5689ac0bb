// Package api holds what the sidecar and its clients say to each other: paths,
// headers, bodies, and the table that joins error codes and HTTP statuses.
//
// It depends on the standard library and package policy only, so that a client
// program compiles no server.
package api

// Headers of the sidecar's own. Names are in canonical form.
const (
	// HeaderRevision carries, in answers, the opaque token of the revision the
	// answer was made at.
	HeaderRevision = "Sightline-Revision"
	// HeaderAtLeast carries, in requests, such a token: the answer is never made
	// at an older revision.
	HeaderAtLeast = "Sightline-At-Least"
	// HeaderDecisionID carries a name for the decisions of a request, to be told apart
	// by in the caller's own logs: a UUID version 7.
	HeaderDecisionID = "Sightline-Decision-Id"
	// HeaderError carries the policy.Code of an answer that is an error.
	HeaderError = "Sightline-Error"
	// HeaderRequestID carries the caller's name for a request, any text of up to
	// [MaxRequestID] bytes without control characters. Answers repeat it; where
	// the caller gave none, the sidecar makes one up (AuthZEN 1.0, section 10.1).
	HeaderRequestID = "X-Request-Id"
)

// MaxRequestID is the longest request id, in bytes.
const MaxRequestID = 256

// Paths anyone may GET without a key, for whoever operates the sidecar.
const (
	PathLive  = "/livez"  // 200 while the process can answer at all
	PathReady = "/readyz" // 200 while it can be trusted to decide, else 503
)

// The largest bodies that are read, in bytes.
const (
	MaxBody  = 64 << 10 // one evaluation
	MaxBatch = 1 << 20  // a batch of evaluations, or a change
)

// Limits of every JSON text that is read.
const (
	MaxDepth  = 32      // objects and arrays within each other
	MaxNumber = 32      // characters of a number
	MaxString = 8 << 10 // bytes of a string or member name, unescaped
	MaxItems  = 1_000   // evaluations in one batch
)
