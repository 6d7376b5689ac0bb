package httpd

import (
	"context"

	"github.com/gin-gonic/gin"

	"sightline.example/policy"
	"sightline.example/policy/engine"
)

// exchange is what is known about a request under way. Middleware fills it in;
// handlers read it through their context.
type exchange struct {
	id     string // the request id
	method string
	route  string        // the pattern of the path; empty if there is none
	view   engine.View   // set by pin
	caller policy.Caller // set by authenticate
}

type exchangeKey struct{}

// begin gives the request of c its exchange.
func begin(c *gin.Context, id string) {
	x := &exchange{id: id, method: c.Request.Method, route: c.FullPath()}
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), exchangeKey{}, x))
}

func exchangeOf(ctx context.Context) *exchange {
	return ctx.Value(exchangeKey{}).(*exchange)
}

// viewOf returns the view that everything about the request of ctx is answered
// from. It is only for handlers behind pin.
func viewOf(ctx context.Context) engine.View { return exchangeOf(ctx).view }

// callerOf returns who the request of ctx was let in as. It is only for handlers
// behind authenticate.
func callerOf(ctx context.Context) policy.Caller { return exchangeOf(ctx).caller }
