package httpd

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// live answers the liveness probe. It never looks at the store: restarting the
// sidecar would only lose the last good snapshot.
func (s *server) live(c *gin.Context) {
	c.String(http.StatusOK, "live")
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
