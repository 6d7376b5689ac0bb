package httpd

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// live answers the liveness probe. It never looks at the store: restarting the
// sidecar would only lose the last good snapshot.
func (s *server) live(c *gin.Context) {
	c.String(http.StatusOK, "live")
}

// stands tells an admin or a program how the sidecar stands.
func (d *door) stands(context.Context, *call) (reply[api.Sidecar], error) {
	view, ok := d.Engine.View()
	if !ok {
		return reply[api.Sidecar]{}, policy.Errorf(policy.Unavailable, "there is no current data to answer from")
	}
	revision := view.Data().Revision()
	return reply[api.Sidecar]{body: api.Sidecar{State: string(d.State()), Revision: revision, Rules: view.Rules()}, revision: revision}, nil
}

// ready answers the readiness probe with the state.
func (s *server) ready(c *gin.Context) {
	state := s.State()
	status := http.StatusServiceUnavailable
	if state == Fresh || state == FailStatic {
		status = http.StatusOK
	}
	c.String(status, "%s", string(state))
}
