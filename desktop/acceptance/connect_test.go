//go:build acceptance

package acceptance

import (
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/sidecartest"
)

func TestCheck01WhatGoesWrong(t *testing.T) {
	sidecar := sidecartest.Start(t, sidecartest.Options{})
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(t.Output(), "", 0)
	secure.StartTLS()
	t.Cleanup(secure.Close)
	other := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(other.Close)
	a := launch(t, options{})
	const secret = "not the password"
	for _, wrong := range []struct{ url, says string }{
		{"http://127.0.0.1:1", "Nothing answers at this address."},
		{sidecar.URL, "The sidecar does not let you in with this."},
		{secure.URL, "Nobody your computer knows vouches for this sidecar."},
		{other.URL, "What answers there is no Sightline sidecar, or one that is too old for this app."},
	} {
		a.fill(wrong.url, secret)
		a.until(wrong.says)
	}
	if s := a.stderr.String(); strings.Contains(s, secret) || a.see().has(secret) {
		t.Error("the password is told")
	}
}

// fill fills in the fields to sign in, from the first one on, and sends them.
func (a *app) fill(url, password string) {
	a.t.Helper()
	now := a.until("Connect to a sidecar")
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

func TestCheck02WithoutAKeyring(t *testing.T) {
	sidecar := world(t, sidecartest.Options{})
	a := launch(t, options{args: []string{"--secrets", "keyring"}})
	a.signIn(sidecar.URL)
	a.until("Your sign-in will not be remembered: this computer has no keyring that can be used.")
	a.press("ctrl+q")
	a.gone(time.Now())
	if code := a.code(); code != 0 {
		t.Errorf("the exit code is %d", code)
	}
	launch(t, options{home: a.home, args: []string{"--secrets", "keyring"}}).resume(sidecar)
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
	if got := stored(t, sidecar, "zebra").Value.Scope.Groups; len(got) != 1 {
		t.Errorf("the groups are %v", got)
	}
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
