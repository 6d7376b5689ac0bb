package httpd

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// router returns one with the middleware of every route.
func router(s *server) *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.Use(s.headers, s.recover)
	return r
}

func quiet() *server {
	return &server{Config: Config{Log: slog.New(slog.DiscardHandler)}}
}

func TestProblemsAreDocuments(t *testing.T) {
	s := quiet()
	r := router(s)
	r.GET("/", s.problems, func(c *gin.Context) {
		s.fail(c, &policy.Error{Code: policy.DeadReference, Field: "scope.groups", Message: "names a dead group", IDs: []string{"g1"}})
	})
	w := httptest.NewRecorder()
	r.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/", http.NoBody))
	if w.Code != 422 || w.Header().Get("Content-Type") != api.ProblemType || w.Header().Get(api.HeaderError) != "dead_reference" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	want := `{"status":422,"title":"Unprocessable Entity","detail":"names a dead group","code":"dead_reference","field":"scope.groups","ids":["g1"]}`
	if diff := cmp.Diff(want, w.Body.String()); diff != "" {
		t.Error(diff)
	}
}

// An answer that has begun can't become an error: the connection is broken, so
// that nobody takes what there is for the whole.
func TestPanicsAfterTheStatusBreakTheConnection(t *testing.T) {
	for name, panics := range map[string]func(*gin.Context){
		"begun":   func(c *gin.Context) { c.String(200, strings.Repeat("x", 1<<20)); panic("late") },
		"aborted": func(*gin.Context) { panic(http.ErrAbortHandler) },
	} {
		t.Run(name, func(t *testing.T) {
			r := router(quiet())
			r.GET("/", panics)
			server := httptest.NewServer(r)
			t.Cleanup(server.Close)
			resp, err := http.Get(server.URL)
			if err == nil {
				_, err = io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
			}
			if err == nil {
				t.Errorf("answered in full with %d", resp.StatusCode)
			}
		})
	}
}

func TestWhichProxiesAreTrusted(t *testing.T) {
	for name, c := range map[string]struct {
		trusted   []string
		forwarded string
		want      string
	}{
		"none":                {nil, "198.51.100.1", "192.0.2.1"},
		"another":             {[]string{"203.0.113.0/24"}, "198.51.100.1", "192.0.2.1"},
		"this one":            {[]string{"192.0.2.1"}, "198.51.100.1", "198.51.100.1"},
		"its network":         {[]string{"192.0.2.0/24"}, "198.51.100.1", "198.51.100.1"},
		"not what comes with": {[]string{"192.0.2.1"}, "10.0.0.1, 198.51.100.1", "198.51.100.1"},
	} {
		s := &server{}
		s.TrustedProxies = c.trusted
		r := s.routes().(*gin.Engine)
		r.GET("/ip", func(c *gin.Context) { c.String(200, "%s", c.ClientIP()) })
		q := httptest.NewRequestWithContext(t.Context(), "GET", "/ip", http.NoBody)
		q.RemoteAddr = "192.0.2.1:1234"
		q.Header.Set("X-Forwarded-For", c.forwarded)
		w := httptest.NewRecorder()
		r.ServeHTTP(w, q)
		if got := w.Body.String(); got != c.want {
			t.Errorf("%s: client %s, want %s", name, got, c.want)
		}
	}
}
