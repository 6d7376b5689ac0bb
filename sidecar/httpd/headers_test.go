package httpd_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/uuid"
)

func TestEveryAnswerForbidsSniffingAndStoring(t *testing.T) {
	s := start(t)
	for name, r := range map[string]request{
		"decision":   {body: aliceReads},
		"bad body":   {body: "{"},
		"no key":     {header: map[string]string{"Authorization": ""}},
		"no route":   {path: "/nothing"},
		"no method":  {method: "PUT"},
		"live":       {method: "GET", path: "/livez"},
		"ready":      {method: "GET", path: "/readyz"},
		"bad id":     {header: map[string]string{"X-Request-ID": strings.Repeat("x", 257)}},
		"large body": {body: longer(70_000)},
	} {
		t.Run(name, func(t *testing.T) {
			got := s.send(t, r)
			if v := got.header.Get("X-Content-Type-Options"); v != "nosniff" {
				t.Errorf("X-Content-Type-Options %q", v)
			}
			if v := got.header.Get("Cache-Control"); v != "no-store" {
				t.Errorf("Cache-Control %q", v)
			}
			if v := got.header.Get("Content-Security-Policy"); v != "default-src 'none'; frame-ancestors 'none'" {
				t.Errorf("Content-Security-Policy %q", v)
			}
			if got.header.Get("X-Request-ID") == "" {
				t.Error("no X-Request-ID")
			}
		})
	}
}

func TestRequestIDsAreRepeated(t *testing.T) {
	s := start(t)
	for _, id := range []string{"bfe9eb29-ab87-4ca3-be83-a1d5d8305716", `any "text" <of> the caller: ü`, "x", strings.Repeat("x", 256)} {
		for _, r := range []request{{body: aliceReads}, {body: "{"}, {path: "/nothing"}, {header: map[string]string{"Authorization": ""}}} {
			if r.header == nil {
				r.header = map[string]string{}
			}
			r.header["X-Request-ID"] = id
			if got := s.send(t, r); got.header.Get("X-Request-ID") != id {
				t.Errorf("%d: %q, want %q", got.status, got.header.Get("X-Request-ID"), id)
			}
		}
	}
}

func TestRequestsWithoutAnIDGetOne(t *testing.T) {
	s := start(t)
	first := s.send(t, request{body: aliceReads}).header.Get("X-Request-ID")
	second := s.send(t, request{body: aliceReads}).header.Get("X-Request-ID")
	if _, err := uuid.Parse(first); err != nil || first == second {
		t.Errorf("ids %q and %q: %v", first, second, err)
	}
}

func TestBadRequestIDsAreRefused(t *testing.T) {
	s := start(t)
	for id, want := range map[string]string{
		strings.Repeat("x", 257): "X-Request-ID is longer than 256 bytes",
		"a\nb":                   "X-Request-ID has a control character",
		"a\x00b":                 "X-Request-ID has a control character",
		"a\tb":                   "X-Request-ID has a control character",
		"a\u0085b":               "X-Request-ID has a control character",
	} {
		r := httptest.NewRequestWithContext(t.Context(), "POST", "/access/v1/evaluation", strings.NewReader(aliceReads))
		r.Header.Set("Authorization", "Bearer app-key")
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("X-Request-ID", id)
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		if w.Code != 400 || w.Body.String() != want {
			t.Errorf("%q: %d %s", id, w.Code, w.Body)
		}
		if got := w.Header().Get("X-Request-ID"); got == id || uuid.Validate(got) != nil {
			t.Errorf("%q: answered with id %q", id, got)
		}
	}
}

func TestDecisionsHaveAnID(t *testing.T) {
	s := start(t)
	for _, path := range []string{"/access/v1/evaluation", "/access/v1/evaluations"} {
		id, err := uuid.Parse(s.send(t, request{path: path, body: aliceReads}).header.Get("Sightline-Decision-Id"))
		if err != nil || id.Version() != 7 {
			t.Errorf("%s: id %v: %v", path, id, err)
		}
	}
	if got := s.send(t, request{body: "{"}); got.header.Get("Sightline-Decision-Id") != "" || got.header.Get("Sightline-Revision") != "" {
		t.Error("an error has a decision id or a revision")
	}
}

func TestRefusedMethodsAreToldWhichAreAllowed(t *testing.T) {
	s := start(t)
	if got := s.send(t, request{method: "GET"}).header.Get("Allow"); got != "POST" {
		t.Errorf("Allow %q, want POST", got)
	}
	if got := s.send(t, request{path: "/livez"}); got.header.Get("Allow") != "GET" || got.body != "allowed here: GET" {
		t.Errorf("Allow %q: %s", got.header.Get("Allow"), got.body)
	}
}
