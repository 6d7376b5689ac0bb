package httpd

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"sightline.example/policy"
)

// authenticate lets in requests with a key, or the session of an admin, that is
// not over. It comes after pin: both are looked up in the view that answers the
// request.
func (s *server) authenticate(c *gin.Context) {
	x := exchangeOf(c.Request.Context())
	caller, ok := x.view.Data().Caller(keyText(c.Request.Header), s.Now())
	if !ok {
		s.fail(c, errCaller())
		return
	}
	caller.From = c.ClientIP()
	x.caller = caller
	s.seen(x.view.Data(), caller)
}

func errCaller() error {
	return policy.Errorf(policy.Unauthenticated, "a valid key or session is required, as Authorization: Bearer <key>")
}

// permit lets in callers with one of the roles.
func (s *server) permit(roles ...policy.Role) gin.HandlerFunc {
	return func(c *gin.Context) {
		caller := callerOf(c.Request.Context())
		limited := len(caller.Permissions) > 0 && !slices.Contains(caller.Permissions, "decisions:read")
		if limited || !slices.Contains(roles, caller.Role) {
			s.fail(c, policy.Errorf(policy.Forbidden, "this key is not for decisions"))
		}
	}
}

// keyText returns the text of the key in h: after the scheme Bearer, or alone,
// as the AuthZEN working group's test runners send it. It is empty if there is
// none, or more than one header that could hold it.
func keyText(h http.Header) string {
	values := h.Values("Authorization")
	if len(values) != 1 {
		return ""
	}
	scheme, text, found := strings.Cut(values[0], " ")
	if !found {
		return values[0]
	}
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(text)
}
