package model

import (
	"cmp"
	"slices"
	"strings"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// addresses are the clients by their addresses, each as when it came to its address.
// They are never changed.
type addresses []*Client

// HasAddress reports whether a client has the address, in canonical form. It knows
// nobody while not everything has been read.
func (d *Data) HasAddress(email string) bool {
	_, found := slices.BinarySearchFunc(d.addresses, email, func(c *Client, email string) int { return strings.Compare(c.address, email) })
	return found
}

// SameAddresses reports whether no client has come to an address or left one between
// d and other.
func (d *Data) SameAddresses(other *Data) bool {
	return len(d.addresses) == len(other.addresses) && (len(d.addresses) == 0 || &d.addresses[0] == &other.addresses[0])
}

func newAddresses(clients []*Client) addresses {
	sorted := slices.Clone(clients)
	slices.SortFunc(sorted, byAddress)
	return sorted
}

func byAddress(a, b *Client) int {
	return cmp.Or(strings.Compare(a.address, b.address), strings.Compare(string(a.ID), string(b.ID)))
}

// after returns the addresses once the events have made next of clients. What does
// not touch any address costs nothing.
func (a addresses) after(events []api.Event, clients, next Table[Client]) addresses {
	told := map[string]bool{}
	var gone, come []*Client
	for _, e := range events {
		if e.Kind != policy.KindClients || told[e.ID] {
			continue
		}
		told[e.ID] = true
		old, now := clients.Find(e.ID), next.Find(e.ID)
		if old != nil && now != nil && old.address == now.address {
			continue
		}
		if old != nil {
			gone = append(gone, old)
		}
		if now != nil {
			come = append(come, now)
		}
	}
	return a.with(gone, come)
}

// with returns the addresses without some and with others.
func (a addresses) with(gone, come []*Client) addresses {
	if len(gone)+len(come) == 0 {
		return a
	}
	next := make(addresses, 0, len(a)+len(come))
	slices.SortFunc(gone, byAddress)
	for _, c := range gone {
		n, found := slices.BinarySearchFunc(a, c, byAddress)
		next = append(next, a[:n]...)
		if a = a[n:]; found {
			a = a[1:]
		}
	}
	return merged(append(next, a...), newAddresses(come))
}

// merged returns all of a and b in order.
func merged(a, b addresses) addresses {
	all := make(addresses, 0, len(a)+len(b))
	for _, c := range b {
		n, _ := slices.BinarySearchFunc(a, c, byAddress)
		all = append(append(all, a[:n]...), c)
		a = a[n:]
	}
	return append(all, a...)
}
