package httpd

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"sightline.example/policy"
)

// authenticate lets in requests with a known key that has not expired. It comes
// after pin: the key is looked up in the view that answers the request.
func (s *server) authenticate(c *gin.Context) {
	x := exchangeOf(c.Request.Context())
	key, ok := x.view.Data().Key(policy.DigestOf(keyText(c.Request.Header)))
	if !ok || !s.Now().Before(key.Expires) {
		s.fail(c, policy.Errorf(policy.Unauthenticated, "a valid key is required, as Authorization: Bearer <key>"))
		return
	}
	x.caller = *key
}

// permit lets in callers with one of the roles.
func (s *server) permit(roles ...policy.Role) gin.HandlerFunc {
	return func(c *gin.Context) {
		if !slices.Contains(roles, callerOf(c.Request.Context()).Role) {
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
