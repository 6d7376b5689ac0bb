package httpd_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/httpd"
)

func TestKeys(t *testing.T) {
	s := start(t)
	for name, c := range map[string]struct {
		authorization string
		status        int
	}{
		"bearer":              {"Bearer app-key", 200},
		"bearer, small":       {"bearer app-key", 200},
		"bearer, large":       {"BEARER app-key", 200},
		"bearer, more spaces": {"Bearer   app-key", 200},
		"bare":                {"app-key", 200},
		"owner":               {"Bearer owner-key", 200},
		"admin":               {"Bearer admin-key", 200},
		"auditor":             {"Bearer auditor-key", 200},
		"bootstrap":           {"Bearer bootstrap-key", 401},
		"none":                {"", 401},
		"unknown":             {"Bearer other-key", 401},
		"unknown, bare":       {"other-key", 401},
		"no text":             {"Bearer ", 401},
		"another scheme":      {"Basic app-key", 401},
		"digest for a key":    {"Bearer " + string(policy.DigestOf("app-key")), 401},
	} {
		t.Run(name, func(t *testing.T) {
			got := s.send(t, request{body: aliceReads, header: map[string]string{"Authorization": c.authorization}})
			if got.status != c.status {
				t.Errorf("status %d, want %d: %s", got.status, c.status, got.body)
			}
			challenge := got.header.Get("WWW-Authenticate")
			if want := map[int]string{401: `Bearer realm="sightline"`}[c.status]; challenge != want {
				t.Errorf("WWW-Authenticate %q, want %q", challenge, want)
			}
		})
	}
}

func TestTwoKeysAreNone(t *testing.T) {
	s := start(t)
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/access/v1/evaluation", strings.NewReader(aliceReads))
	r.Header = http.Header{"Authorization": {"Bearer app-key", "Bearer owner-key"}, "Content-Type": {"application/json"}}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	if w.Code != 401 {
		t.Errorf("status %d, want 401", w.Code)
	}
}

func TestKeysExpire(t *testing.T) {
	s := start(t)
	for after, status := range map[time.Duration]int{
		time.Nanosecond:  200,
		0:                401,
		-time.Nanosecond: 401,
	} {
		s.engine.Swap(data(8, key(policy.RoleApp, today.Add(after))))
		if got := s.send(t, request{body: aliceReads}); got.status != status {
			t.Errorf("%v before it expires: status %d, want %d", after, got.status, status)
		}
	}
}

// A caller without a good key learns nothing about what it sends.
func TestTheKeyComesBeforeTheBody(t *testing.T) {
	s := start(t)
	for authorization, status := range map[string]int{"": 401, "Bearer bootstrap-key": 401} {
		got := s.send(t, request{body: "{", header: map[string]string{"Authorization": authorization, "Content-Type": "text/plain"}})
		if got.status != status {
			t.Errorf("%q: status %d, want %d", authorization, got.status, status)
		}
	}
}

func TestKeysExpireByTheClockUnlessToldOtherwise(t *testing.T) {
	s := start(t)
	h := httpd.New(httpd.Config{Engine: s, Feed: s, Log: slog.New(slog.DiscardHandler)})
	for after, status := range map[time.Duration]int{time.Hour: 200, -time.Hour: 401} {
		s.engine.Swap(data(8, key(policy.RoleApp, time.Now().Add(after))))
		r := httptest.NewRequestWithContext(t.Context(), "POST", "/access/v1/evaluation", strings.NewReader(aliceReads))
		r.Header = http.Header{"Authorization": {"Bearer app-key"}, "Content-Type": {"application/json"}}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != status {
			t.Errorf("%v before it expires: status %d, want %d", after, w.Code, status)
		}
	}
}
