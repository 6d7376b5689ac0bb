package policy

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"
)

func TestKeyCheck(t *testing.T) {
	created := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	valid := func() *Key {
		return &Key{ID: "k1", Name: "Tracker", Role: RoleApp, Digest: DigestOf("x"), Created: created, Expires: created.Add(time.Hour)}
	}
	checkFaults(t, valid, (*Key).Check, []fault[Key]{
		{"bad id", func(k *Key) { k.ID = "" }, "id"},
		{"no name", func(k *Key) { k.Name = "" }, "name"},
		{"auditor", func(k *Key) { k.Role = RoleAuditor }, ""},
		{"admin", func(k *Key) { k.Role = RoleAdmin }, ""},
		{"owner", func(k *Key) { k.Role = RoleOwner }, ""},
		{"bootstrap", func(k *Key) { k.Role = RoleBootstrap }, ""},
		{"no role", func(k *Key) { k.Role = "" }, "role"},
		{"another role", func(k *Key) { k.Role = "Owner" }, "role"},
		{"no digest", func(k *Key) { k.Digest = "" }, "digest"},
		{"short digest", func(k *Key) { k.Digest = k.Digest[1:] }, "digest"},
		{"long digest", func(k *Key) { k.Digest += "0" }, "digest"},
		{"digest in capitals", func(k *Key) { k.Digest = Digest(strings.Repeat("A", 64)) }, "digest"},
		{"digest is not hexadecimal inside", func(k *Key) { k.Digest = k.Digest[:31] + "g" + k.Digest[32:] }, "digest"},
		{"no end", func(k *Key) { k.Expires = time.Time{} }, "expires"},
		{"no life", func(k *Key) { k.Expires = created }, "expires"},
		{"shortest life", func(k *Key) { k.Expires = created.Add(1) }, ""},
		{"longest life", func(k *Key) { k.Expires = created.Add(365 * 24 * time.Hour) }, ""},
		{"too long a life", func(k *Key) { k.Expires = created.Add(365*24*time.Hour + 1) }, "expires"},
	})
}

func TestNewKeyText(t *testing.T) {
	seen := map[string]bool{}
	for range 1_000 {
		text := NewKeyText()
		secret, found := strings.CutPrefix(text, "sightline_")
		bits, err := base64.RawURLEncoding.DecodeString(secret)
		if !found || err != nil || len(bits) != 32 {
			t.Fatalf("%q is not the prefix and 256 bits", text)
		}
		if seen[text] {
			t.Fatalf("%q came twice", text)
		}
		seen[text] = true
	}
}

func TestDigestOf(t *testing.T) {
	const want = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" // FIPS 180-4's example
	if got := DigestOf("abc"); got != want {
		t.Errorf("the digest of abc is %s, want %s", got, want)
	}
}
