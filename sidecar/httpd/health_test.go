package httpd_test

import (
	"testing"

	"sightline.example/sidecar/httpd"
)

func TestProbes(t *testing.T) {
	s := start(t)
	s.engine.Swap(nil)
	for state, status := range map[httpd.State]int{
		httpd.Starting:   503,
		httpd.Fresh:      200,
		httpd.FailStatic: 200,
		httpd.FailClosed: 503,
		"something new":  503,
	} {
		s.state = state
		ready := s.send(t, request{method: "GET", path: "/readyz", header: map[string]string{"Authorization": ""}})
		if ready.status != status || ready.body != string(state) {
			t.Errorf("%s: /readyz %d %q, want %d", state, ready.status, ready.body, status)
		}
		live := s.send(t, request{method: "GET", path: "/livez", header: map[string]string{"Authorization": ""}})
		if live.status != 200 || live.body != "live" {
			t.Errorf("%s: /livez %d %q", state, live.status, live.body)
		}
	}
}
