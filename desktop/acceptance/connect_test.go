//go:build acceptance

package acceptance

import (
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/sidecartest"
)

func TestCheck01WhatGoesWrong(t *testing.T) {
	sidecar := sidecartest.Start(t, sidecartest.Options{})
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(t.Output(), "", 0)
	secure.StartTLS()
	t.Cleanup(secure.Close)
	a := launch(t, options{})
	const wrong = "not the password"
	told := map[string]bool{}
	for _, c := range []struct{ url, password, says, next string }{
		{"http://127.0.0.1:1", wrong, "Nothing answers at this address.", "The sidecar may not be running, or the port may be another one."},
		{sidecar.URL, wrong, "The sidecar does not let you in with this.", "Check what you entered."},
		{secure.URL, wrong, "Nobody your computer knows vouches for this sidecar.", "Compare its fingerprint before you trust it."},
		{older(t, sidecar.URL), sidecartest.Password, "This sidecar is too old for this app.", "Ask whoever runs it for a newer one."},
	} {
		a.fill(c.url, c.password)
		now := a.until(c.says+" "+c.next, "Connect to a sidecar")
		for before := range told {
			if now.has(before) {
				t.Errorf("%s: %q is still said", c.says, before)
			}
		}
		told[c.says] = true
	}
	if now := a.see(); now.has(wrong) || now.has(sidecartest.Password) {
		t.Errorf("a password is shown: %s", now.text())
	}
	a.quit()
	a.wantNoSecrets(wrong)
}

// older returns the address of a sidecar that lacks what the app needs of it.
func older(t *testing.T, sidecar string) string {
	t.Helper()
	at, err := url.Parse(sidecar)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(at)
		if r.In.URL.Path == api.PathSidecar {
			r.Out.URL.Path = "/v1/not-invented-yet"
		}
	}})
	t.Cleanup(server.Close)
	return server.URL
}

// fill fills in the fields to sign in, from the first one on, and sends them.
func (a *app) fill(url, password string) {
	a.t.Helper()
	a.until("Connect to a sidecar")
	now := a.still()
	var fields []item
	for _, i := range now.Items {
		if i.Kind == "entry" && !i.Disabled { // a fingerprint may be shown
			fields = append(fields, i)
		}
	}
	for n, text := range []string{url, sidecartest.Email, password} {
		a.clickOn(fields[n])
		a.press("ctrl+a", "BackSpace")
		a.write(text)
	}
	a.press("Return")
}

func TestCheck03SessionEnded(t *testing.T) {
	a, sidecar := begin(t)
	a.edit("Zebra Zoo")
	a.clickKind("line", "Team 01")
	a.until("Not saved: ")
	a.endSessions(sidecar)
	a.until("Your session as ", "is over. Nothing you were editing is lost.")
	a.write(sidecartest.Password)
	a.press("Return")
	a.until("You are signed in again.", "Not saved: ", "Live")
	a.save("Zebra Zoo")
	wantScope(t, sidecar, "zebra", policy.Scope{Groups: []policy.GroupID{"g1"}})
}

// endSessions ends what the app is signed in with, as another admin would.
func (a *app) endSessions(sidecar *sidecartest.Sidecar) {
	a.t.Helper()
	who, err := sidecar.Owner.Who(a.t.Context())
	if err != nil {
		a.t.Fatal(err)
	}
	all, err := sidecar.Owner.Sessions(a.t.Context(), policy.AdminID(who.ID))
	if err != nil {
		a.t.Fatal(err)
	}
	for _, s := range all.Items {
		if s.ID == who.Session {
			continue
		}
		if _, err := sidecar.Owner.EndSession(a.t.Context(), s.ID); err != nil {
			a.t.Fatal(err)
		}
	}
}
