package remote_test

import (
	"testing"

	"sightline.example/sidecar/remote"
)

func TestWhomAnAddressStandsFor(t *testing.T) {
	for from, want := range map[string][2]string{ // network, address
		"192.0.2.7":               {"192.0.2.0/24", "192.0.2.7"},
		"::ffff:192.0.2.7":        {"192.0.2.0/24", "192.0.2.7"},
		"2001:db8:1:2:3:4:5:6":    {"2001:db8:1:2::/64", "2001:db8:1:2::/64"},
		"2001:db8:1:2::9":         {"2001:db8:1:2::/64", "2001:db8:1:2::/64"},
		"fe80::1%eth0":            {"fe80::/64", "fe80::/64"},
		"a socket, by no address": {"a socket, by no address", "a socket, by no address"},
	} {
		if got := [2]string{remote.Network(from), remote.Address(from)}; got != want {
			t.Errorf("%s: got %q, want %q", from, got, want)
		}
	}
}
