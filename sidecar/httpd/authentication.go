package httpd

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"sightline.example/policy"
)

type callerKey struct{}

// callerOf returns the key with which the request of ctx was let in. It is only
// for handlers behind authenticate.
func callerOf(ctx context.Context) policy.Key {
	return ctx.Value(callerKey{}).(policy.Key)
}

// authenticate lets in requests with a known key that has not expired. It comes
// after pin: the key is looked up in the view that answers the request.
func (s *server) authenticate(c *gin.Context) {
	ctx := c.Request.Context()
	key, ok := viewOf(ctx).Data().Key(policy.DigestOf(keyText(c.Request.Header)))
	if !ok || !s.Now().Before(key.Expires) {
		s.fail(c, policy.Errorf(policy.Unauthenticated, "a valid key is required, as Authorization: Bearer <key>"))
		return
	}
	c.Request = c.Request.WithContext(context.WithValue(ctx, callerKey{}, *key))
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
