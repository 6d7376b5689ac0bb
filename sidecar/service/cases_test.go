package service_test

import (
	"encoding/json"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/policy/policytest"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/sidecartest"
	"sightline.example/sidecar/store/storetest"
)

// TestCases asks every decision case over HTTP, of a store that its world came
// into through the admin API.
func TestCases(t *testing.T) {
	cluster := storetest.Start(t)
	for _, suite := range policytest.Suites(t) {
		t.Run(suite.Name, func(t *testing.T) {
			var now atomic.Pointer[time.Time]
			now.Store(&suite.Now)
			prefix := "/" + suite.Name + "/"
			s := sidecartest.Start(t, sidecartest.Options{
				Endpoints: []string{cluster.Endpoint()},
				Prefix:    prefix,
				Now:       func() time.Time { return *now.Load() },
			})
			token := build(t, s, suite.World)
			if len(suite.World.Unreadable) > 0 {
				token = spoil(t, cluster, s, prefix, suite.World.Unreadable)
			}
			for _, c := range suite.Cases {
				t.Run(c.Name, func(t *testing.T) {
					now.Store(&c.Now)
					ask(t, s, token, c)
				})
			}
		})
	}
}

// ask asks a case alone, and as an item of a batch.
func ask(t *testing.T, s *sidecartest.Sidecar, token string, c policytest.Case) {
	t.Helper()
	app := s.App.AtLeast(token)
	got, err := app.Evaluate(t.Context(), c.Request())
	if err != nil {
		t.Fatal(err)
	}
	if got.Allow != c.Allow || got.Reason.Code != c.Reason {
		t.Errorf("got %t %q, want %t %q", got.Allow, got.Reason.Code, c.Allow, c.Reason)
	}
	if !contains(got.Reason.Admin, c.AdminSays) {
		t.Errorf("the admin's sentence %q does not say %q", got.Reason.Admin, c.AdminSays)
	}
	if c.ClientUntold != "" && contains(got.Reason.Client, c.ClientUntold) {
		t.Errorf("the client's sentence %q says %q", got.Reason.Client, c.ClientUntold)
	}
	batch, err := app.Evaluations(t.Context(), api.Evaluations{Evaluations: []api.Item{evaluation(c.Request())}})
	if err != nil {
		t.Fatal(err)
	}
	if batch.Decisions[0].Decision != c.Allow {
		t.Errorf("in a batch: got %t, want %t", batch.Decisions[0].Decision, c.Allow)
	}
}

func contains(sentence, part string) bool {
	return strings.Contains(strings.ToLower(sentence), strings.ToLower(part))
}

// spoil puts values in the place of clients that can't be read, each wrong in
// another way, and returns a token of after that.
func spoil(t *testing.T, cluster *storetest.Cluster, s *sidecartest.Sidecar, prefix string, ids []policy.ClientID) string {
	t.Helper()
	rubbish := []string{
		`{`,
		`{"v":1,"kind":"client","id":"ID","name":"N","email":"n@example.com","status":"active","scope":{"groups":["design"],"only_weekdays":true}}`,
		`{"v":2,"kind":"client","id":"ID","name":"N","email":"n@example.com","status":"active","scope":{"groups":["design"]}}`,
	}
	for i, id := range ids {
		text := strings.ReplaceAll(rubbish[i%len(rubbish)], "ID", string(id))
		cluster.Put(t, clientKey(t, cluster, prefix)+string(id), text)
	}
	made, err := s.Owner.Groups().Create(t.Context(), policy.Group{ID: "after-rubbish", Name: "After"}, noTerms)
	if err != nil {
		t.Fatal(err)
	}
	return made.Token
}

// clientKey returns what the keys of clients begin with.
func clientKey(t *testing.T, cluster *storetest.Cluster, prefix string) string {
	t.Helper()
	for key, value := range cluster.Values(t, prefix+"live/g/") {
		var stored struct {
			Kind string `json:"kind"`
		}
		if json.Unmarshal([]byte(value), &stored) == nil && stored.Kind == "client" {
			return key[:strings.LastIndex(key, "/")+1]
		}
	}
	t.Fatal("the store has no client")
	return ""
}
