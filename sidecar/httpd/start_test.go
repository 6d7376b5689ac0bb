package httpd_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/httpd"
)

// today is the server's time in all tests.
var today = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// sidecar is a server over the rules of the certification fixture.
type sidecar struct {
	engine  *engine.Engine
	handler http.Handler
	url     string
	log     *bytes.Buffer // complete once the server has closed
	state   httpd.State
	wait    func(ctx context.Context, revision int64) error
	viewed  func()             // called after each view is given
	list    func(t *testing.T) // makes the list of clients what the store has now
}

// start serves the fixture at revision 7. Each role's key is its name and "-key".
func start(t *testing.T) *sidecar {
	t.Helper()
	return startWith(t, os.DirFS("../../policy/policytest/certification"))
}

// startWith serves a bundle of rules.
func startWith(t *testing.T, bundle fs.FS) *sidecar {
	t.Helper()
	s := &sidecar{log: &bytes.Buffer{}, state: httpd.Fresh}
	s.wait = func(context.Context, int64) error { return nil }
	s.viewed = func() {}
	var err error
	s.engine, err = engine.New(t.Context(), bundle, engine.Config{Limit: time.Minute}) // machines of tests stand still now and then
	if err != nil {
		t.Fatal(err)
	}
	s.engine.Swap(data(7))
	s.handler = httpd.New(httpd.Config{
		Engine: s,
		Feed:   s,
		State:  func() httpd.State { return s.state },
		Now:    func() time.Time { return today },
		Log:    slog.New(slog.NewTextHandler(s.log, nil)),
	})
	server := httptest.NewServer(s.handler)
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

func data(revision int64, more ...policy.Change) *policy.Data {
	changes := []policy.Change{
		key(policy.RoleApp, today.Add(time.Hour)),
		key(policy.RoleAuditor, today.Add(time.Hour)),
		key(policy.RoleAdmin, today.Add(time.Hour)),
		key(policy.RoleOwner, today.Add(time.Hour)),
		key(policy.RoleBootstrap, today.Add(time.Hour)),
	}
	return (&policy.Data{}).Apply(revision, append(changes, more...)...)
}

func key(role policy.Role, expires time.Time) policy.Change {
	k := &policy.Key{
		ID: policy.KeyID(role), Name: string(role), Role: role,
		Digest: policy.DigestOf(string(role) + "-key"), Expires: expires,
	}
	return policy.Change{Kind: policy.KindKeys, ID: string(k.ID), Value: k}
}

// View makes the sidecar its own httpd.Engine.
func (s *sidecar) View() (engine.View, bool) {
	defer s.viewed()
	return s.engine.View()
}

// WaitFor, Token and ParseToken make the sidecar its own httpd.Feed, whose
// tokens are "r" and the revision.
func (s *sidecar) WaitFor(ctx context.Context, revision int64) error { return s.wait(ctx, revision) }

func (s *sidecar) Token(revision int64) string { return fmt.Sprint("r", revision) }

func (s *sidecar) ParseToken(token string) (int64, error) {
	digits, ok := strings.CutPrefix(token, "r")
	if !ok {
		return 0, policy.Errorf(policy.EpochChanged, "the token is of another store")
	}
	revision, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, policy.Errorf(policy.Invalid, "this is no token")
	}
	return revision, nil
}

func (s *sidecar) client() *client.Client {
	return &client.Client{BaseURL: s.url, Key: "app-key"}
}

// request is a raw request; its zero value asks for a decision that is a yes.
type request struct {
	method, path, body string
	header             map[string]string // "" leaves a header out
}

const aliceReads = `{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"type":"record","id":"record-1"}}`

// answer is what came back on a raw request.
type answer struct {
	status int
	header http.Header
	body   string
}

func (s *sidecar) send(t *testing.T, r request) answer {
	t.Helper()
	if r.method == "" {
		r.method = http.MethodPost
	}
	if r.path == "" {
		r.path = "/access/v1/evaluation"
	}
	req, err := http.NewRequestWithContext(t.Context(), r.method, s.url+r.path, strings.NewReader(r.body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer app-key")
	req.Header.Set("Content-Type", "application/json")
	for name, value := range r.header {
		req.Header.Set(name, value)
		if value == "" {
			req.Header.Del(name)
		}
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(body)}
}
