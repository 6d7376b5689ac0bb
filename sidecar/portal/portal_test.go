package portal_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/portal"
	"sightline.example/sidecar/sidecartest"
)

const contentPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func TestEveryAnswerIsGuarded(t *testing.T) {
	s := start(t, sidecartest.Options{PublicURL: "https://portal.example"})
	v := visit(t, s).stay()
	for _, c := range []struct {
		method, path string
		form         url.Values
		from         string
		status       int
	}{
		{"GET", "/portal", nil, "", 303},
		{"GET", "/portal/", nil, "", 303},
		{"HEAD", "/portal/sign-in", nil, "", 200},
		{"GET", "/portal/sign-in", nil, "", 200},
		{"GET", "/portal/forgot", nil, "", 200},
		{"GET", "/portal/setup", nil, "", 410},
		{"GET", "/portal/reset", nil, "", 410},
		{"GET", "/portal/setup/none", nil, "", 410},
		{"GET", "/portal/nothing", nil, "", 404},
		{"GET", "/portal/setup/a/b", nil, "", 404},
		{"PUT", "/portal/sign-in", nil, "same-origin", 405},
		{"POST", "/portal", nil, "same-origin", 405},
		{"POST", "/portal/sign-in", url.Values{}, "cross-site", 403},
		{"POST", "/portal/sign-in", url.Values{"email": {ann}, "password": {herons}}, "same-origin", 401},
		{"POST", "/portal/sign-in", url.Values{"email": {strings.Repeat("x", 70_000)}}, "same-origin", 400},
		{"POST", "/portal/forgot", url.Values{"email": {"ann"}}, "same-origin", 400},
		{"POST", "/portal/forgot", url.Values{"email": {ann}}, "same-origin", 200},
		{"POST", "/portal/setup/password", url.Values{}, "same-origin", 410},
	} {
		got := v.send(t, c.method, c.path, c.form, map[string]string{"Sec-Fetch-Site": c.from})
		if got.StatusCode != c.status {
			t.Errorf("%s %s: status %d, want %d", c.method, c.path, got.StatusCode, c.status)
		}
		want := map[string]string{
			"Content-Security-Policy": contentPolicy, "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
			"Strict-Transport-Security": "max-age=63072000; includeSubDomains", "Cache-Control": "no-store",
		}
		for name, value := range want {
			if diff := cmp.Diff([]string{value}, got.Header.Values(name)); diff != "" {
				t.Errorf("%s %s: %s: %s", c.method, c.path, name, diff)
			}
		}
		if strings.Contains(got.text, "<script") || strings.Contains(got.text, "style=") || strings.Contains(got.text, "<style") {
			t.Errorf("%s %s has script or style of its own", c.method, c.path)
		}
	}
}

// TestFormsOfOtherSitesAreRefused goes through every route that changes anything.
func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	s := start(t, sidecartest.Options{})
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	portal.New(portal.Config{}).Mount(router)
	forms := 0
	for _, route := range router.Routes() {
		if route.Method == http.MethodGet || route.Method == http.MethodHead {
			continue
		}
		forms++
		for name, c := range map[string]struct {
			header  map[string]string
			refused bool
		}{
			"cross-site":    {map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, true},
			"same-site":     {map[string]string{"Sec-Fetch-Site": "same-site"}, true},
			"other origin":  {map[string]string{"Origin": "https://evil.example"}, true},
			"null origin":   {map[string]string{"Origin": "null"}, true},
			"nothing":       {nil, true},
			"own origin":    {map[string]string{"Origin": s.URL}, false},
			"own by the UA": {map[string]string{"Sec-Fetch-Site": "same-origin"}, false},
		} {
			got := visit(t, s).stay().send(t, route.Method, route.Path, url.Values{}, c.header)
			if refused := got.StatusCode == 403 && strings.Contains(got.text, "This form was sent from another site."); refused != c.refused {
				t.Errorf("%s %s from %s: status %d", route.Method, route.Path, name, got.StatusCode)
			}
		}
	}
	if forms != 5 {
		t.Errorf("there are %d forms, want 5", forms)
	}
}

func TestCookies(t *testing.T) {
	for _, c := range []struct{ public, prefix, attributes string }{
		{"", "", "; HttpOnly"},
		{"https://portal.example", "__Host-", "; HttpOnly; Secure"},
	} {
		s := start(t, sidecartest.Options{PublicURL: c.public})
		_, link := invite(t, s, policy.Scope{})
		text := link[strings.LastIndexByte(link, '/')+1:]
		v := visit(t, s).stay()
		followed := v.open(t, "/portal/setup/"+text)
		followed.want(t, 303, "")
		if followed.Header.Get("Location") != "/portal/setup" {
			t.Errorf("the link leads to %s", followed.Header.Get("Location"))
		}
		cookie := c.prefix + "sightline-link=" + text + "; Path=/; Max-Age=900" + c.attributes + "; SameSite=Lax"
		if diff := cmp.Diff([]string{cookie}, followed.Header.Values("Set-Cookie")); diff != "" {
			t.Error(diff)
		}
		made := v.send(t, "POST", "/portal/setup/password", url.Values{"name": {"Ann"}, "password": {herons}},
			map[string]string{"Sec-Fetch-Site": "same-origin", "Cookie": c.prefix + "sightline-link=" + text})
		set := made.Header.Values("Set-Cookie")
		if len(set) != 2 || set[0] != c.prefix+"sightline-link=; Path=/; Max-Age=0"+c.attributes+"; SameSite=Lax" {
			t.Fatalf("the cookies are %q", set)
		}
		before, after, _ := strings.Cut(set[1], ";")
		if len(before) < len(c.prefix+"sightline=")+43 || !strings.HasPrefix(before, c.prefix+"sightline=") || ";"+after != "; Path=/"+c.attributes+"; SameSite=Strict" {
			t.Errorf("the session's cookie is %q", set[1])
		}
	}
}

// blind has no snapshot that may be trusted.
type blind struct{}

func (blind) View() (engine.View, bool) { return engine.View{}, false }

func TestPortalThatKnowsNothingSaysSo(t *testing.T) {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	portal.New(portal.Config{
		Engine: blind{}, Log: slog.New(slog.DiscardHandler),
		WaitFor: func(context.Context, int64) error { return nil },
	}).Mount(router)
	answer := httptest.NewRecorder()
	router.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/portal", nil))
	if answer.Code != 503 || !strings.Contains(answer.Body.String(), "<h1>Not available</h1>") {
		t.Errorf("%d:\n%s", answer.Code, answer.Body)
	}
}
