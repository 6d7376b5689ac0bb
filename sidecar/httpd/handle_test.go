package httpd

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/rego"
)

// An evaluation of a whole request ends before the connection does.
func TestAnswersHaveADeadline(t *testing.T) {
	s := quiet()
	s.Now = time.Now
	e, err := engine.New(t.Context(), rego.Files, engine.Config{})
	if err != nil {
		t.Fatal(err)
	}
	e.Swap((&policy.Data{}).Apply(1, policy.Change{Kind: policy.KindKeys, ID: "app", Value: &policy.Key{
		ID: "app", Role: policy.RoleApp, Digest: policy.DigestOf("app-key"), Expires: time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC),
	}}))
	s.Engine = e
	slow := func(ctx context.Context, _ engine.View, _ string) func() {
		<-ctx.Done()
		return func() {} // can't be encoded: the answer ends here
	}
	synctest.Test(t, func(t *testing.T) {
		router := router(s)
		router.POST("/", handle(s, 10, func(body []byte) (string, error) { return string(body), nil }, slow))
		r := httptest.NewRequestWithContext(t.Context(), "POST", "/", strings.NewReader("x"))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer app-key")
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
