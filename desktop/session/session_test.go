package session_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sightline.example/desktop/session"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

func owner() session.Credentials {
	return session.Credentials{Email: sidecartest.Email, Password: sidecartest.Password}
}

// open signs in and fails the test if that fails.
func open(t *testing.T, at session.Connection, with session.Credentials) *session.Session {
	t.Helper()
	s, err := session.Open(t.Context(), at, with)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// wantFault fails the test unless signing in fails in the given way.
func wantFault(t *testing.T, at session.Connection, with session.Credentials, want session.Kind) *session.Fault {
	t.Helper()
	_, err := session.Open(t.Context(), at, with)
	fault, ok := errors.AsType[*session.Fault](err)
	if !ok || fault.Kind != want {
		t.Fatalf("got %v, want a fault of kind %q", err, want)
	}
	return fault
}

func TestOneSignsInByPasswordAndByKey(t *testing.T) {
	sidecar := sidecartest.Start(t, sidecartest.Options{})
	at := session.Connection{URL: sidecar.URL}
	s := open(t, at, owner())
	if s.Who.Role != policy.RoleOwner || s.Who.Name != "Olive" || s.Connection.Login != sidecartest.Email {
		t.Errorf("signed in as %+v at %+v", s.Who, s.Connection)
	}
	if !s.May("clients:write") {
		t.Error("an owner may not write clients")
	}
	all, err := s.Client.Sessions(t.Context(), policy.AdminID(s.Who.ID))
	if err != nil || !slices.ContainsFunc(all.Items, func(i api.Session) bool { return i.Current && strings.HasPrefix(i.Agent, "Sightline-desktop (") }) {
		t.Errorf("the sessions are %+v: %v", all.Items, err)
	}
	key, err := s.Client.CreateKey(t.Context(), api.NewKey{Name: "mine", Role: policy.RoleAuditor}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	byKey := open(t, at, session.Credentials{Token: " " + key.Value.Text + "\n"})
	if byKey.Who.Role != policy.RoleAuditor || byKey.May("clients:write") {
		t.Errorf("by the key one is %+v", byKey.Who)
	}
	again := open(t, at, session.Credentials{Token: s.Token()})
	if again.Who.ID != s.Who.ID {
		t.Error("the remembered token is somebody else's")
	}
}

func TestEachFailureIsToldApart(t *testing.T) {
	sidecar := sidecartest.Start(t, sidecartest.Options{})
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("<html>hello</html>")) }))
	t.Cleanup(web.Close)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	plain, err := url.Parse(sidecar.URL)
	if err != nil {
		t.Fatal(err)
	}
	wrong := session.Credentials{Email: sidecartest.Email, Password: "wrong wrong wrong wrong"}
	app := session.Credentials{Token: sidecar.App.Key}
	for _, c := range []struct {
		url  string
		with session.Credentials
		want session.Kind
	}{
		{"sightline", owner(), session.BadAddress},
		{"ftp://sightline.example", owner(), session.BadAddress},
		{"https://user:secret@sightline.example", owner(), session.BadAddress},
		{"http://sightline.example", owner(), session.Insecure},
		{"https://no-such-host.invalid", owner(), session.NoHost},
		{gone.URL, owner(), session.Refused},
		{"https://" + plain.Host, owner(), session.BadTLS},
		{web.URL, owner(), session.NotSightline},
		{sidecar.URL, wrong, session.WrongPassword},
		{sidecar.URL, session.Credentials{Token: "sightline_x"}, session.WrongPassword},
		{sidecar.URL, session.Credentials{Setup: "sightline_setup_x", Name: "N", Email: "n@test.example", Password: "long enough for anybody"}, session.WrongPassword},
		{sidecar.URL, app, session.NotAllowed},
	} {
		t.Run(string(c.want)+" "+c.url, func(t *testing.T) {
			wantFault(t, session.Connection{URL: c.url}, c.with, c.want)
		})
	}
}

// Such a sidecar lets the admin in, and then has nothing to show.
func TestASidecarThatLacksWhatTheAppNeedsIsTooOld(t *testing.T) {
	sidecar := sidecartest.Start(t, sidecartest.Options{})
	at, err := url.Parse(sidecar.URL)
	if err != nil {
		t.Fatal(err)
	}
	old := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(at)
		if r.In.URL.Path == api.PathSidecar {
			r.Out.URL.Path = "/v1/not-invented-yet"
		}
	}})
	t.Cleanup(old.Close)
	wantFault(t, session.Connection{URL: old.URL}, owner(), session.TooOld)
}

func TestAnAuthorityFileHasToBeOne(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ca.pem")
	wantFault(t, session.Connection{URL: "https://127.0.0.1:1", CAFile: file}, owner(), session.BadAuthority)
	if err := os.WriteFile(file, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	wantFault(t, session.Connection{URL: "https://127.0.0.1:1", CAFile: file}, owner(), session.BadAuthority)
}

func TestARenewedSessionGoesOnInPlace(t *testing.T) {
	sidecar := sidecartest.Start(t, sidecartest.Options{})
	s := open(t, session.Connection{URL: sidecar.URL}, owner())
	expired := 0
	s.OnExpired(func() { expired++ })
	held := s.Client.AtLeast("")
	if _, err := s.Client.SignOut(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		wantRefused(t, held)
	}
	if expired != 1 {
		t.Errorf("told %d times that the session is over, want 1", expired)
	}
	wrong := session.Credentials{Email: sidecartest.Email, Password: "not the password at all"}
	if err := s.Renew(t.Context(), wrong); err == nil {
		t.Error("renewed with a wrong password")
	}
	if err := s.Renew(t.Context(), owner()); err != nil {
		t.Fatal(err)
	}
	if _, err := held.ListClients(t.Context(), client.ClientQuery{}); err != nil {
		t.Errorf("after the renewal: %v", err)
	}
}

// wantRefused waits until the sidecar has noticed that the session is over.
func wantRefused(t *testing.T, c *client.Client) {
	t.Helper()
	for {
		_, err := c.ListClients(t.Context(), client.ClientQuery{})
		if policy.CodeOf(err) == policy.Unauthenticated {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestASessionIsNotRenewedAsSomebodyElse(t *testing.T) {
	sidecar := sidecartest.Start(t, sidecartest.Options{})
	s := open(t, session.Connection{URL: sidecar.URL}, owner())
	key, err := s.Client.CreateKey(t.Context(), api.NewKey{Name: "other", Role: policy.RoleOwner}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	before := s.Token()
	err = s.Renew(t.Context(), session.Credentials{Token: key.Value.Text})
	if fault, ok := errors.AsType[*session.Fault](err); !ok || fault.Kind != session.OtherAdmin {
		t.Errorf("got %v", err)
	}
	if s.Token() != before {
		t.Error("the token is the other one's now")
	}
}

func TestAWrongPasswordInARequestDoesNotEndTheSession(t *testing.T) {
	sidecar := sidecartest.Start(t, sidecartest.Options{})
	s := open(t, session.Connection{URL: sidecar.URL}, owner())
	s.OnExpired(func() { t.Error("told that the session is over") })
	_, err := s.Client.ChangePassword(t.Context(), api.NewPassword{Old: "not my password", New: "another seven words for the door"})
	if err == nil {
		t.Fatal("the password was changed")
	}
}

func TestSigningOutEndsTheSessionAtTheSidecar(t *testing.T) {
	sidecar := sidecartest.Start(t, sidecartest.Options{})
	s := open(t, session.Connection{URL: sidecar.URL}, owner())
	if err := s.SignOut(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantRefused(t, &client.Client{BaseURL: sidecar.URL, Key: s.Token()})
}

func TestSigningInEndsWithItsContext(t *testing.T) {
	held := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-held }))
	t.Cleanup(slow.Close)
	t.Cleanup(func() { close(held) })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := session.Open(ctx, session.Connection{URL: slow.URL}, owner()); err == nil {
		t.Error("signed in")
	}
}
