package model

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

func indexed(clients []*Client) *Data {
	return &Data{Clients: NewTable(clients), addresses: newAddresses(clients)}
}

// walked is HasAddress without an index.
func walked(d *Data, email string) bool {
	return slices.ContainsFunc(d.Clients.All(), func(c *Client) bool { return policy.CanonicalEmail(c.Email) == email })
}

func TestAddressesFollowWhatChanges(t *testing.T) {
	emails := []string{"ann@client.example", "BOB@client.example", "bob@client.example", "carl@client.example"}
	rapid.Check(t, func(t *rapid.T) {
		id, email := rapid.StringMatching("[a-f]"), rapid.SampledFrom(emails)
		first := rapid.SliceOfNDistinct(id, 0, 4, rapid.ID[string]).Draw(t, "first")
		var clients []*Client
		for _, id := range first {
			clients = append(clients, NewClient(policy.Client{ID: policy.ClientID(id), Name: id, Email: email.Draw(t, "email")}, 1))
		}
		d := indexed(clients)
		for revision := int64(2); revision < 8; revision++ {
			before := d
			d = d.after(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) api.Event {
				e := api.Event{Revision: revision, Kind: policy.KindClients, ID: id.Draw(t, "id"), Name: "x"}
				e.Action = rapid.SampledFrom([]api.EventAction{api.EventAdded, api.EventChanged, api.EventRemoved}).Draw(t, "action")
				if e.Action == api.EventAdded || rapid.Bool().Draw(t, "moves") {
					e.Changes.Email = &api.Turn[string]{To: email.Draw(t, "to")}
				}
				return e
			}), 0, 4).Draw(t, "events"))
			for _, e := range emails {
				e = policy.CanonicalEmail(e)
				if got := d.HasAddress(e); got != walked(d, e) {
					t.Fatalf("%s is there: %t", e, got)
				}
				if d.SameAddresses(before) && walked(d, e) != walked(before, e) {
					t.Fatalf("%s came or went", e)
				}
			}
			if len(d.addresses) != d.Clients.Len() || !slices.IsSortedFunc(d.addresses, byAddress) {
				t.Fatalf("%d addresses of %d clients", len(d.addresses), d.Clients.Len())
			}
		}
	})
}

func TestWhatTouchesNoAddressLeavesThem(t *testing.T) {
	d := indexed([]*Client{NewClient(policy.Client{ID: "acme", Name: "Acme", Email: "Acme@client.example"}, 1)})
	next := d.after([]api.Event{{Revision: 2, Kind: policy.KindClients, ID: "acme", Name: "Acme Bank", Action: api.EventChanged}})
	if !next.SameAddresses(d) || !next.HasAddress("acme@client.example") {
		t.Error("another name made other addresses")
	}
	gone := next.after([]api.Event{{Revision: 3, Kind: policy.KindClients, ID: "acme", Action: api.EventRemoved}})
	if gone.SameAddresses(d) || gone.HasAddress("acme@client.example") {
		t.Error("a client less has the same addresses")
	}
}

// BenchmarkHasAddress is what one address costs among a hundred thousand.
func BenchmarkHasAddress(b *testing.B) {
	var clients []*Client
	for i := range 100_000 {
		clients = append(clients, NewClient(policy.Client{ID: policy.ClientID(fmt.Sprint("c", i)), Name: "Client", Email: fmt.Sprintf("office%d@client.example", i)}, 1))
	}
	d := indexed(clients)
	for b.Loop() {
		if !d.HasAddress("office77777@client.example") {
			b.Fatal("it is not there")
		}
	}
}
