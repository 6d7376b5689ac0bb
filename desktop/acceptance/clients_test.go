//go:build acceptance

package acceptance

import (
	"testing"

	"sightline.example/sidecar/client"
)

func TestCheck04Search(t *testing.T) {
	a, sidecar := begin(t)
	a.press("ctrl+f")
	a.when("the search", func(s seen) bool { return focused(s) == "Search by name or address" })
	a.write("acme ba")
	found, err := sidecar.Owner.ListClients(t.Context(), client.ClientQuery{Search: "acme ba", Count: true})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(found.Value.Items); n != 2 {
		t.Fatalf("the sidecar finds %d", n)
	}
	a.until("2 of 240 clients", "Acme Bank", "Acme Bakery")
	a.press("Escape")
	a.until("240 clients", "Guest 003")
}
