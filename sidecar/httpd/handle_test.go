package httpd

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sightline.example/policy/engine"
)

// An evaluation of a whole request ends before the connection does.
func TestAnswersHaveADeadline(t *testing.T) {
	s := quiet()
	slow := func(ctx context.Context, _ engine.View, _ string) func() {
		<-ctx.Done()
		return func() {} // can't be encoded: the answer ends here
	}
	synctest.Test(t, func(t *testing.T) {
		router := router(s)
		router.POST("/", handle(s, 10, func(body []byte) (string, error) { return string(body), nil }, slow))
		r := httptest.NewRequestWithContext(t.Context(), "POST", "/", strings.NewReader("x"))
		r.Header.Set("Content-Type", "application/json")
		begin := time.Now()
		w := httptest.NewRecorder()
		router.ServeHTTP(w, r)
		if took := time.Since(begin); took != 20*time.Second {
			t.Errorf("took %v, want 20s", took)
		}
		if w.Code != 500 || w.Body.String() != "internal error" {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	})
}
