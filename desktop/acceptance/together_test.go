//go:build acceptance

package acceptance

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// both opens the editor of Zebra Zoo in two apps: Olive's, and that of another admin, Robin.
func both(t *testing.T) (one, two *app, sidecar *sidecartest.Sidecar) {
	t.Helper()
	one, sidecar = begin(t)
	two = launch(t, options{})
	two.signInAs(sidecar.URL, colleague(t, sidecar))
	one.edit("Zebra Zoo")
	two.edit("Zebra Zoo")
	return one, two, sidecar
}

// colleague makes an admin called Robin, with the owner's password, and returns the address.
func colleague(t *testing.T, sidecar *sidecartest.Sidecar) string {
	t.Helper()
	const email = "robin@example.com"
	invited, err := sidecar.Owner.InviteAdmin(t.Context(), api.NewAdmin{Email: email, Name: "Robin", Role: policy.RoleAdmin, Link: true}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	link := invited.Value.Link[strings.LastIndexByte(invited.Value.Link, '/')+1:]
	if _, err := sidecar.Owner.Accept(t.Context(), api.Acceptance{Link: link, Name: "Robin", Password: sidecartest.Password}); err != nil {
		t.Fatal(err)
	}
	return email
}

func TestCheck19TwoEditDifferentThings(t *testing.T) {
	one, two, sidecar := both(t)
	one.clickKind("line", "Team 01")
	two.clickKind("line", "Team 02")
	two.until("Not saved: ")
	one.save("Zebra Zoo")
	two.until("This client was changed while you were editing")
	two.click("Merge…")
	two.until("Nothing is overwritten: this is what comes of both changes.", "Group Team 01", "Group Team 02", "The client will see ")
	two.click("Take the result")
	two.untilGone("Nothing is overwritten")
	two.save("Zebra Zoo")
	wantScope(t, sidecar, "zebra", policy.Scope{Groups: []policy.GroupID{"g1", "g2"}})
}

func TestCheck20TwoEditTheSameThing(t *testing.T) {
	for side, year := range map[string]int{"Mine": 2032, "Theirs": 2031} {
		t.Run(side, func(t *testing.T) {
			one, two, sidecar := both(t)
			first := "Olive"
			if side == "Theirs" {
				one, two, first = two, one, "Robin"
			}
			one.endOn("2031-01-31")
			two.endOn("2032-02-29")
			two.until("Not saved: ")
			one.save("Zebra Zoo")
			two.until("This client was changed while you were editing. Just now, " + first)
			two.click("Merge…")
			two.until("Zebra Zoo was changed while you were editing. Just now, "+first, "Choose a side in 1 line first.", "Period: theirs ")
			two.wantDisabled("Take the result", true)
			two.clickKind("button", side)
			two.until("The client will see ")
			two.click("Take the result")
			two.untilGone("Nothing is overwritten")
			if side == "Mine" {
				two.save("Zebra Zoo")
			} else { // is what is stored already
				two.until("2031-01-31")
				two.untilGone("Not saved: ")
			}
			if got := stored(t, sidecar, "zebra").Value.Scope.Until; got == nil || got.Year() != year {
				t.Errorf("the access ends %v", got)
			}
		})
	}
}

// endOn types a day on which the access ends.
func (a *app) endOn(day string) {
	a.t.Helper()
	a.clickLast("YYYY-MM-DD")
	a.write(day)
	a.until("Not saved: period")
}

func TestCheck21DeletedWhileEdited(t *testing.T) {
	a, sidecar := begin(t)
	a.edit("Zebra Zoo")
	a.clickKind("line", "Team 01")
	a.until("Not saved: ")
	now := stored(t, sidecar, "zebra")
	if _, err := sidecar.Owner.Clients().Delete(t.Context(), "zebra", now.Revision, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	a.until("Zebra Zoo was deleted meanwhile.", "Discard")
	a.click("Invite again")
	a.until("Zebra Zoo gets another invitation.")
	a.untilGone("Zebra Zoo was deleted meanwhile.")
	if err := wait(patience, func() bool {
		found, err := sidecar.Owner.ListClients(t.Context(), client.ClientQuery{Search: "zoo@zebra.example"})
		return err == nil && len(found.Value.Items) == 1
	}); err != nil {
		t.Error("the client is not invited again:", err)
	}
	if got := byAddress(t, sidecar, "zoo@zebra.example"); len(got.Scope.Groups) != 1 || got.Status != policy.Invited {
		t.Errorf("invited again is %+v", got)
	}
}

func TestCheck21DeletedAndDiscarded(t *testing.T) {
	a, sidecar := begin(t)
	a.edit("Zebra Zoo")
	a.clickKind("line", "Team 01")
	a.until("Not saved: ")
	now := stored(t, sidecar, "zebra")
	if _, err := sidecar.Owner.Clients().Delete(t.Context(), "zebra", now.Revision, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	a.until("Zebra Zoo was deleted meanwhile.")
	a.click("Discard")
	a.until("239 clients", "Acme Bank")
	if found, err := sidecar.Owner.ListClients(t.Context(), client.ClientQuery{Search: "zoo@zebra.example"}); err != nil || len(found.Value.Items) != 0 {
		t.Errorf("%d of the address: %v", len(found.Value.Items), err)
	}
}

func TestCheck23TheSidecarIsGoneAndComesBack(t *testing.T) {
	dir := t.TempDir()
	sidecar := world(t, sidecartest.Options{Dir: dir})
	relay := newRelay(t, sidecar.URL)
	a := launch(t, options{})
	a.signIn(relay.url)
	a.edit("Zebra Zoo")
	a.clickKind("line", "Team 01")
	a.until("Not saved: ")

	sidecar.Stop(t)
	stopped := time.Now()
	a.until("You can read; changes have to wait.", "What you changed is kept.", "Not saved: ")
	a.wantBy("until it was told", time.Since(stopped), 5*time.Second)
	a.wantDisabled("Save", true)

	sidecar = sidecartest.Start(t, sidecartest.Options{Dir: dir, Owner: sidecar.Owner.Key})
	relay.lead(sidecar.URL)
	back := time.Now()
	a.until("Live")
	a.wantBy("until it was live again", time.Since(back), 10*time.Second)
	a.wantDisabled("Save", false)
	a.save("Zebra Zoo")
	wantScope(t, sidecar, "zebra", policy.Scope{Groups: []policy.GroupID{"g1"}})
	a.wantList(sidecar)
}

func TestCheck23TheStoreIsGoneAndComesBack(t *testing.T) {
	etcd := newEtcd(t)
	line := newRelay(t, etcd.url)
	_, sidecar := newSidecar(t, "--etcd-endpoints="+line.url, "--max-staleness=12s")
	a := launch(t, options{})
	a.signIn(sidecar.URL)
	a.edit("Zebra Zoo")
	a.clickKind("line", "Team 01")
	a.until("Not saved: ")

	etcd.kill()
	killed := time.Now()
	now := a.until("Read only", "The sidecar is cut off from its store.", "changes have to wait", "What you changed is kept.", "Not saved: ")
	a.wantBy("until it was told", time.Since(killed), 5*time.Second)
	if now.has("can't be reached") {
		t.Error("the sidecar counts as gone")
	}
	a.wantDisabled("Save", true)
	a.until("The sidecar is cut off from its store, and does not answer until it is back.", "Not saved: ")
	a.wantDisabled("Save", true)

	etcd.start()
	line.lead(etcd.url)
	back := time.Now()
	a.until("Live")
	a.wantBy("until it was live again", time.Since(back), 10*time.Second)
	a.wantDisabled("Save", false)
	a.save("Zebra Zoo")
	wantScope(t, sidecar, "zebra", policy.Scope{Groups: []policy.GroupID{"g1"}})
	a.wantList(sidecar)
}

// wantList compares the clients that are listed with those of the sidecar.
func (a *app) wantList(sidecar *sidecartest.Sidecar) {
	a.t.Helper()
	a.choose("Clients")
	a.until("240 clients")
	path := filepath.Join(a.home, "listed.csv")
	a.press("ctrl+e")
	a.when("the path", func(s seen) bool { return s.Overlay && focused(s) != "" })
	a.press("ctrl+a")
	a.write(path)
	a.press("Return")
	a.until("240 clients were exported")
	text, err := os.ReadFile(path)
	if err != nil {
		a.t.Fatal(err)
	}
	listed, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		a.t.Fatal(err)
	}
	all, err := sidecar.Owner.ListClients(a.t.Context(), client.ClientQuery{Limit: api.MaxPage})
	if err != nil {
		a.t.Fatal(err)
	}
	shown, want := map[string]int{}, map[string]int{}
	for _, row := range listed[1:] {
		shown[strings.Join(row[:5], " ")]++
	}
	for _, c := range all.Value.Items {
		want[strings.Join([]string{string(c.Value.ID), c.Value.Name, c.Value.Email, string(c.Value.Status), string(c.Value.Scope.Mode())}, " ")]++
	}
	if diff := cmp.Diff(want, shown); diff != "" {
		a.t.Errorf("the clients: -the sidecar's +listed\n%s", diff)
	}
}
