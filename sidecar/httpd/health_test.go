package httpd_test

import (
	"testing"

	"sightline.example/policy"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/httpd"
	"sightline.example/sidecar/sidecartest"
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

func TestWhoIsLetInIsToldHowTheSidecarStands(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{})
	got, err := s.Owner.Sidecar(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	before := got.Revision
	if got.State != "fresh" || before == 0 || len(got.Rules) != 12 {
		t.Errorf("it stands at %+v", got)
	}
	made, err := s.Owner.Groups().Create(t.Context(), policy.Group{ID: "design", Name: "Design"}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	if got, err = s.App.AtLeast(made.Token).Sidecar(t.Context()); err != nil || got.Revision <= before {
		t.Errorf("after a change it stands at %+v (%v)", got, err)
	}
}
