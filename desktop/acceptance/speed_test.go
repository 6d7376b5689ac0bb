//go:build acceptance

package acceptance

import (
	"os"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// TestCheck07ManyClients has a fifth of the clients that the app is made for, so that
// the sidecar can be filled within seconds. The bounds are those for all of them.
func TestCheck07ManyClients(t *testing.T) {
	doc := document()
	for i := len(doc.Clients); i < 20_000; i++ {
		doc.Clients = append(doc.Clients, guest(i))
	}
	sidecar := sidecartest.Start(t, sidecartest.Options{})
	stored, err := sidecar.Owner.Import(t.Context(), doc, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	sidecar.Owner = sidecar.Owner.AtLeast(stored.Token)
	a := launch(t, options{})
	a.wantWithin("the first frame", a.vitals().FirstFrame, 1500*time.Millisecond)
	a.enter(sidecar.URL)
	asked := time.Now()
	a.until("Acme Bank")
	a.wantWithin("the first rows", time.Since(asked), 3*time.Second)
	a.when("all clients", func(s seen) bool { return len(s.all("20\u2009000")) > 0 && s.has("Live") })
	t.Logf("loading: %+v", a.vitals())
	row := a.see().all("Acme Bank")[0]
	a.clickOn(row)
	a.do("click", "--repeat", "200", "--delay", "25", "5") // the wheel, as fast as a finger turns it
	a.untilGone("Acme Bank")
	a.wantCalm("scrolling", 250*time.Millisecond)
	a.search("acme ba")
	a.until("2 of 20\u2009000 clients")
	a.wantCalm("searching", 250*time.Millisecond)
	if n := a.vitals().Goroutines; n > 100 {
		t.Errorf("there are %d goroutines", n)
	}
	if got := byAddress(t, sidecar, "bank@acme.example"); got.Status != policy.Active {
		t.Errorf("the client is %s", got.Status)
	}
}

// wantWithin tells how long something took, and complains if that is too long where
// SIGHTLINE_BUDGETS is set: how fast a machine of tests is nobody knows.
func (a *app) wantWithin(what string, took, most time.Duration) {
	a.t.Helper()
	if took > most && os.Getenv("SIGHTLINE_BUDGETS") != "" {
		a.t.Errorf("%s: %v, want %v at most", what, took, most)
	} else {
		a.t.Logf("%s: %v of %v", what, took, most)
	}
}

// wantCalm complains if the window has stood still for long, or takes much memory.
func (a *app) wantCalm(doing string, most time.Duration) {
	a.t.Helper()
	v := a.vitals()
	a.t.Logf("%s: %+v", doing, v)
	a.wantWithin(doing+": the window stood still", v.Blocked, most)
	if v.RSS > 600<<20 {
		a.t.Errorf("%s: it takes %d MB", doing, v.RSS>>20)
	}
}
