package httpd

import (
	"context"
	"time"

	"github.com/gin-gonic/gin"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// waitLimit is how long a request waits for the revision it names.
const waitLimit = time.Second

// pin chooses the one view everything about a request is answered from: its
// key, and all of its decisions. Without a view that may be trusted nothing is
// answered, not even whether the key is good.
//
// The wait for a named revision comes before the key is looked at, so that a
// key which that very revision added is good.
func (s *server) pin(c *gin.Context) {
	if _, ok := s.Engine.View(); !ok {
		s.fail(c, unavailable())
		return
	}
	if err := s.reach(c.Request.Context(), c.GetHeader(api.HeaderAtLeast)); err != nil {
		s.fail(c, err)
		return
	}
	view, ok := s.Engine.View()
	if !ok {
		s.fail(c, unavailable())
		return
	}
	exchangeOf(c.Request.Context()).view = view
}

// renew pins the view there is now in the place of the one that a request began with,
// and lets its caller in once more: since then the body may have taken its time, and
// what was allowed been revoked.
func (s *server) renew(c *gin.Context) error {
	view, ok := s.Engine.View()
	if !ok {
		return unavailable()
	}
	if _, ok := view.Data().Caller(keyText(c.Request.Header), s.Now()); !ok {
		return errCaller()
	}
	exchangeOf(c.Request.Context()).view = view
	return nil
}

func unavailable() error {
	return policy.Errorf(policy.Unavailable, "there is no current data to answer from")
}

// reach waits until views stand at the token's revision or later.
func (s *server) reach(ctx context.Context, token string) error {
	if token == "" {
		return nil
	}
	revision, err := s.Feed.ParseToken(token)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, waitLimit)
	defer cancel()
	err = s.Feed.WaitFor(ctx, revision)
	if err != nil && ctx.Err() != nil {
		return policy.Errorf(policy.Unavailable, "the revision in %s is not reached yet", api.HeaderAtLeast)
	}
	return err
}
