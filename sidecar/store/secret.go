package store

import (
	"strings"

	"sightline.example/policy"
)

// Secret is what lets an admin or a client in who proves to know it. It stands
// beside their entity, so that no list, log or audit record can have it, and
// what follows the store never sees it.
type Secret struct {
	ID       string `json:"id"`                 // of the admin or client
	Password string `json:"password,omitempty"` // its hash, as package password writes it
	// Seed is that of one-time codes (RFC 6238), in base32; Pending is one whose
	// first code has not been shown yet. Step is the newest time step a code of
	// which was used: none of it or before is good again.
	Seed    string `json:"seed,omitempty"`
	Pending string `json:"pending,omitempty"`
	Step    int64  `json:"step,omitempty"`
	// Recovery are the digests of the codes that do in the place of one-time
	// codes, each once.
	Recovery []policy.Digest `json:"recovery,omitempty"`
}

func (s *Secret) check() error { return policy.CheckID("id", s.ID) }

// Link says whose invitation a link opens. Its id is the link's digest.
type Link struct {
	ID      policy.Digest      `json:"id"`
	Type    policy.SubjectType `json:"type"`
	Subject string             `json:"subject"`
}

func (l *Link) check() error {
	if strings.Trim(string(l.ID), "0123456789abcdef") != "" {
		return policy.FieldErrorf("id", "must be a digest")
	}
	return policy.CheckID("subject", l.Subject)
}

// Address says who has an e-mail address. Its id is the digest of the address in
// its canonical form: that there is one of each keeps addresses from being used
// twice.
type Address struct {
	ID      policy.Digest `json:"id"`
	Subject string        `json:"subject"`
}

// AddressOf returns the entry of a subject's address.
func AddressOf(email, subject string) Address {
	return Address{policy.DigestOf(policy.CanonicalEmail(email)), subject}
}

func (a *Address) check() error { return policy.CheckID("subject", a.Subject) }
