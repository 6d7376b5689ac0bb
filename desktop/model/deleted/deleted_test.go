package deleted_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model/deleted"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// desk is the list of deleted clients, beside a sidecar.
type desk struct {
	*deleted.Deleted
	t       *testing.T
	pump    *asynctest.Pump
	refused error // in the place of every answer, if set
	erased  []policy.ClientID
	failed  []error
}

// remove makes a client and deletes it again.
func remove(t *testing.T, owner *client.Client, id policy.ClientID) *client.Client {
	t.Helper()
	c := policy.Client{ID: id, Name: "Client " + string(id), Email: string(id) + "@client.example", Status: policy.Active}
	stored, err := owner.Clients().Create(t.Context(), c, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	gone, err := owner.Clients().Delete(t.Context(), string(id), stored.Revision, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	return owner.AtLeast(gone.Token)
}

func open(t *testing.T, owner *client.Client) *desk {
	t.Helper()
	d := &desk{t: t, pump: asynctest.New(t)}
	cfg := deleted.Calls(d.pump, owner)
	list, erase := cfg.List, cfg.Erase
	cfg.List = func(ctx context.Context, after string, limit int) (api.DeletedClients, error) {
		if d.refused != nil {
			return api.DeletedClients{}, d.refused
		}
		return list(ctx, after, min(limit, 2)) // several pages
	}
	cfg.Erase = func(ctx context.Context, id policy.ClientID, terms client.Terms) (client.Stored[api.DeletedClient], error) {
		d.erased = append(d.erased, id)
		if d.refused != nil {
			return client.Stored[api.DeletedClient]{}, d.refused
		}
		return erase(ctx, id, terms)
	}
	d.Deleted = deleted.New(cfg)
	d.OnFailed = func(_ api.DeletedClient, err error) { d.failed = append(d.failed, err) }
	t.Cleanup(d.Close)
	d.pump.Settle()
	return d
}

func (d *desk) names() (names []string) {
	for i := range d.Len() {
		names = append(names, d.At(i).Name)
	}
	return names
}

func TestAllWhoWereDeletedAreListedTheLatestFirst(t *testing.T) {
	owner := sidecartest.Start(t, sidecartest.Options{}).Owner
	for _, id := range []policy.ClientID{"dune", "acme", "iris", "kite", "bell"} {
		owner = remove(t, owner, id)
	}
	d := open(t, owner)
	want := []string{"Client bell", "Client kite", "Client iris", "Client acme", "Client dune"}
	if diff := cmp.Diff(want, d.names()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	d.Search("EXAMPLE kit")
	if diff := cmp.Diff([]string{"Client kite"}, d.names()); diff != "" || d.Total() != 5 {
		t.Errorf("of %d: -want +got\n%s", d.Total(), diff)
	}
	remove(t, owner, "last")
	d.Search("")
	d.Reload()
	d.pump.Settle()
	if d.Total() != 6 || d.At(0).ID != "last" {
		t.Errorf("read anew: %v", d.names())
	}
}

func TestErasingLeavesTheIdAlone(t *testing.T) {
	owner := remove(t, sidecartest.Start(t, sidecartest.Options{}).Owner, "acme")
	d := open(t, owner)
	d.Erase("acme")
	d.Erase("acme") // while it is being done
	if !d.Erasing("acme") {
		t.Error("it is not being erased")
	}
	d.pump.Settle()
	d.Erase("acme") // when it is done
	d.Erase("nobody")
	d.pump.Settle()
	if got := d.At(0); !got.Erased || got.Name != "" || got.Email != "" || d.Erasing("acme") {
		t.Errorf("left is %+v", got)
	}
	if fmt.Sprint(d.erased) != "[acme]" {
		t.Errorf("erased were %v", d.erased)
	}
	left, err := owner.DeletedClients(t.Context(), "", 0)
	if err != nil || len(left.Items) != 1 || !left.Items[0].Erased {
		t.Errorf("the sidecar has %+v: %v", left.Items, err)
	}
}

func TestWhatFailsLeavesTheListAsItWas(t *testing.T) {
	owner := remove(t, sidecartest.Start(t, sidecartest.Options{}).Owner, "acme")
	d := open(t, owner)
	d.refused = policy.Errorf(policy.Unavailable, "nobody answers")
	d.Erase("acme")
	d.Reload()
	d.pump.Settle()
	if len(d.failed) != 1 || d.Err() == nil || d.Len() != 1 || d.At(0).Erased || d.Erasing("acme") {
		t.Errorf("failed %v, not read: %v, listed %v", d.failed, d.Err(), d.names())
	}
	d.refused = nil
	d.Reload()
	d.pump.Settle()
	if d.Err() != nil || !d.Read() {
		t.Errorf("read: %t, %v", d.Read(), d.Err())
	}
}

func TestOneIsFoundAmongManyByItsID(t *testing.T) {
	sidecar := sidecartest.Start(t, sidecartest.Options{})
	owner := sidecar.Owner
	for i := range 120 {
		owner = remove(t, owner, policy.ClientID(fmt.Sprintf("c%03d", i)))
	}
	for id, name := range map[policy.ClientID]string{"c000": "Client c000", "c077": "Client c077", "c119": "Client c119", "c0775": "", "b": "", "d": ""} {
		found, err := deleted.Find(t.Context(), owner, id)
		if err != nil {
			t.Fatal(err)
		}
		if found == nil && name != "" || found != nil && (found.ID != id || found.Name != name) {
			t.Errorf("%s: found %+v", id, found)
		}
	}
}
