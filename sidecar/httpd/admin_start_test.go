package httpd_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/rego"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/httpd"
	"sightline.example/sidecar/roster"
	"sightline.example/sidecar/store"
	"sightline.example/sidecar/store/storetest"
)

// startAdmin serves the admin API of a store that has the group design, at the
// returned revision. Its snapshot stands still: it has the keys that start has,
// and nothing else.
func startAdmin(t *testing.T, cluster *storetest.Cluster) (s *sidecar, design int64) {
	t.Helper()
	s = serveAdmin(t, cluster.Open(t, "/test/"))
	made := s.send(t, request{path: "/v1/groups", body: `{"id":"design","name":"Design"}`, header: as(policy.RoleAdmin)})
	if made.status != http.StatusCreated {
		t.Fatalf("the answer is %d %s", made.status, made.body)
	}
	if _, err := fmt.Sscanf(made.header.Get("ETag"), `"%d"`, &design); err != nil {
		t.Fatal(err)
	}
	return s, design
}

func serveAdmin(t *testing.T, opened *store.Store) *sidecar {
	t.Helper()
	s := &sidecar{log: &bytes.Buffer{}, state: httpd.Fresh}
	s.wait = func(context.Context, int64) error { return nil }
	s.viewed = func() {}
	log := slog.New(slog.NewTextHandler(s.log, nil))
	now := func() time.Time { return today }
	var err error
	s.engine, err = engine.New(t.Context(), rego.Files, engine.Config{Limit: time.Minute}) // machines of tests stand still now and then
	if err != nil {
		t.Fatal(err)
	}
	s.engine.Swap(data(7))
	changes := admin.New(admin.Config{Store: opened, Engine: s.engine, Now: now, Log: log})
	clients := roster.New(roster.Config{
		Authoriser: changes, Now: now,
		Key: func() ([]byte, bool) { return []byte("a key of this test"), true },
	})
	s.list = func(t *testing.T) {
		t.Helper()
		all, err := opened.Snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		clients.Follow((&policy.Data{}).Apply(all.Revision, all.Changes...), nil)
	}
	s.handler = httpd.New(httpd.Config{
		Engine: s,
		Feed:   s,
		Admin:  changes,
		Roster: clients,
		State:  func() httpd.State { return s.state },
		Now:    now,
		Log:    log,
	})
	server := httptest.NewServer(s.handler)
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

// as returns headers with the role's key, and what else is given as name and value.
func as(role policy.Role, more ...string) map[string]string {
	h := map[string]string{"Authorization": "Bearer " + string(role) + "-key"}
	for i := 0; i < len(more); i += 2 {
		h[more[i]] = more[i+1]
	}
	return h
}

func discard() *slog.Logger { return slog.New(slog.DiscardHandler) }

// spoil puts rubbish in the place of a stored value and returns its revision.
func spoil(t *testing.T, cluster *storetest.Cluster, key string) int64 {
	t.Helper()
	c := cluster.Client(t)
	defer c.Close()
	done, err := c.Put(context.WithoutCancel(t.Context()), key, "rubbish")
	if err != nil {
		t.Fatal(err)
	}
	return done.Header.Revision
}
