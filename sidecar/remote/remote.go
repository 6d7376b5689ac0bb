// Package remote says whom a remote address stands for, where tries are counted by
// where they come from.
package remote

import "net/netip"

// Network returns the network of an address: /24 or, of IPv6, /64. What is no address
// is returned as it is.
func Network(from string) string {
	addr, err := netip.ParseAddr(from)
	if err != nil {
		return from
	}
	addr = addr.Unmap().WithZone("")
	bits := 64
	if addr.Is4() {
		bits = 24
	}
	prefix, err := addr.Prefix(bits)
	if err != nil {
		return from
	}
	return prefix.String()
}

// Address returns the address or, of IPv6, the network, all of whose addresses one
// caller has. What is no address is returned as it is.
func Address(from string) string {
	if addr, err := netip.ParseAddr(from); err == nil && addr.Unmap().Is4() {
		return addr.Unmap().String()
	}
	return Network(from)
}
