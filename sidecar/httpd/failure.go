package httpd

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// problemsKey marks requests whose errors are answered as problem documents.
const problemsKey = "problems"

// problems makes errors of the routes below it problem documents (RFC 9457).
// Without it they are one line of plain text, as AuthZEN 1.0 has it.
func (s *server) problems(c *gin.Context) {
	c.Set(problemsKey, true)
}

// fail ends the request with an error. It is the only place where errors become
// answers, except for those of package huma's handlers, which use public too.
func (s *server) fail(c *gin.Context, err error) {
	e := s.public(c.Request.Context(), err)
	status := api.Status(e.Code)
	c.Abort()
	c.Header(api.HeaderError, string(e.Code))
	switch e.Code {
	case policy.Unauthenticated:
		c.Header("WWW-Authenticate", `Bearer realm="sightline"`)
	case policy.Unavailable:
		c.Header("Retry-After", "1")
	case policy.TooMany:
		if wait := int(e.RetryAfter / time.Second); wait > 0 {
			c.Header("Retry-After", strconv.Itoa(wait))
		}
	}
	if !c.GetBool(problemsKey) {
		c.String(status, "%s", e.Error())
		return
	}
	c.Header("Content-Type", api.ProblemType)
	c.JSON(status, api.ProblemOf(e))
}

// public returns the error a caller may see for err. An error that is not meant
// for callers is logged here, and nowhere else.
func (s *server) public(ctx context.Context, err error) *policy.Error {
	if e, ok := errors.AsType[*policy.Error](err); ok && e.Code != policy.Internal {
		return e
	}
	s.report(ctx, err)
	return policy.Errorf(policy.Internal, api.InternalMessage)
}

// report logs a fault of ours that came up in the request of ctx.
func (s *server) report(ctx context.Context, err error) {
	x := exchangeOf(ctx)
	s.Log.ErrorContext(ctx, "request failed",
		"request_id", x.id, "method", x.method, "route", x.route, "error", err)
}

// recover turns a panic into an internal error.
func (s *server) recover(c *gin.Context) {
	defer func() {
		p := recover()
		switch {
		case p == nil:
		case p == http.ErrAbortHandler || c.Writer.Written():
			// The status is out: only a broken connection can tell the caller.
			panic(http.ErrAbortHandler)
		default:
			s.fail(c, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	c.Next()
}

func (s *server) noRoute(c *gin.Context) {
	if s.Portal != nil && s.Portal.Missing(c, http.StatusNotFound) {
		return
	}
	s.fail(c, policy.Errorf(policy.NotFound, "there is nothing at this path"))
}

// noMethod answers a method the path does not have. No policy.Code has status
// 405, so the answer names none.
func (s *server) noMethod(c *gin.Context) {
	if s.Portal != nil && s.Portal.Missing(c, http.StatusMethodNotAllowed) {
		return
	}
	allowed := strings.Split(c.Writer.Header().Get("Allow"), ", ")
	c.String(http.StatusMethodNotAllowed, "%s", "allowed here: "+strings.Join(allowed, ", "))
}
