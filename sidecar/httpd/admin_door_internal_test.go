package httpd

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
)

func TestOperationsHaveADeadline(t *testing.T) {
	s := &server{}
	router := gin.New()
	d := s.newDoor(router, router.Group(""), describing())
	var left time.Duration
	register(d, operation{id: "x", method: http.MethodGet, path: "/x"}, func(ctx context.Context, _ *call) (reply[struct{}], error) {
		deadline, _ := ctx.Deadline()
		left = time.Until(deadline)
		return reply[struct{}]{}, nil
	})
	router.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/x", nil))
	if left <= 0 || left > 20*time.Second {
		t.Errorf("%s are left, want at most 20s", left)
	}
}
