package httpd

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// responses describes what an operation answers, by status.
func (d *door) responses(op operation) map[string]*huma.Response {
	all := map[string]*huma.Response{strconv.Itoa(op.status): {Description: op.answer}}
	meanings := meanings()
	for _, code := range op.codes() {
		status := strconv.Itoa(api.Status(code))
		r, ok := all[status]
		if !ok {
			r = &huma.Response{Content: contentOf(api.ProblemType, schemaOf[api.Problem](d))}
			all[status] = r
		}
		r.Description += fmt.Sprintf("- `%s`: %s.\n", code, meanings[code])
	}
	if op.body != nil {
		all[strconv.Itoa(http.StatusUnsupportedMediaType)] = &huma.Response{
			Description: fmt.Sprintf("- `%s`: the media type of the body is another.\n", policy.Invalid),
			Content:     contentOf(api.ProblemType, schemaOf[api.Problem](d)),
		}
	}
	return all
}

// codes returns the codes of the errors an operation gives, in order: its own,
// and those of what it takes.
func (op operation) codes() []policy.Code {
	codes := append([]policy.Code{policy.Invalid, policy.EpochChanged, policy.Unavailable, policy.Internal}, op.errors...)
	add := func(when bool, more ...policy.Code) {
		if when {
			codes = append(codes, more...)
		}
	}
	add(!op.open || op.id == idSignIn, policy.Unauthenticated)
	add(!op.open, policy.Forbidden)
	add(op.body != nil, policy.TooLarge)
	add(op.takes("path", "id"), policy.NotFound)
	add(op.takes("header", api.HeaderIdempotencyKey), policy.KeyReused, policy.Conflict, policy.StoreFull)
	add(op.takes("header", api.HeaderIfMatch), policy.Stale)
	add(op.needs(api.HeaderIfMatch), policy.Unconditional)
	slices.Sort(codes)
	return slices.Compact(codes)
}

func (op operation) takes(in, name string) bool {
	return slices.ContainsFunc(op.parameters, func(p *huma.Param) bool { return p.In == in && p.Name == name })
}

func (op operation) needs(name string) bool {
	return slices.ContainsFunc(op.parameters, func(p *huma.Param) bool { return p.Required && p.Name == name })
}

// meanings tells of each code when it comes.
func meanings() map[policy.Code]string {
	return map[policy.Code]string{
		policy.Invalid:         "the request is wrong; the answer names the field",
		policy.TooLarge:        "a limit of size is exceeded",
		policy.Unauthenticated: "there is no key or session, or it is unknown or expired, or the password is wrong",
		policy.CodeRequired:    "the password is right, and a one-time code is needed too",
		policy.Forbidden:       "the role does not permit it",
		policy.NotFound:        "nothing has this id",
		policy.Exists:          "the id is taken, or was once, or the address is",
		policy.Conflict:        "the state does not allow it, or somebody else changed it meanwhile",
		policy.EpochChanged:    "Sightline-At-Least is of another store, or of one that was restored since",
		policy.Stale:           "If-Match names a version that is not the current one; the answer has the current one",
		policy.Unconditional:   "If-Match is missing",
		policy.KeyReused:       "the Idempotency-Key came with another request before",
		policy.DeadReference:   "a scope or a membership names what does not exist, and force is not set",
		policy.LinkFault:       "the link is wrong, was used or has expired",
		policy.TooMany:         "tried too often; Retry-After tells when to try again, if waiting helps",
		policy.StoreFull:       "the store has no room for changes",
		policy.Unavailable:     "not now; try again soon",
		policy.Internal:        "a fault of the sidecar; the details are in its log",
	}
}
