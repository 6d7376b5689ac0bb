package policy

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Key lets a caller in. The key's text is shown once, when it is made; what is
// kept is its [Digest]. Keys carry 256 bits of randomness, so a plain hash is
// enough (OWASP ASVS 5.0, 6.5.2).
type Key struct {
	ID      KeyID     `json:"id"`
	Name    string    `json:"name"`
	Role    Role      `json:"role"`
	Digest  Digest    `json:"digest"`
	Created time.Time `json:"created"`
	Expires time.Time `json:"expires"`
	// Permissions, if not empty, are all that the key may do of what its role may.
	Permissions []Permission `json:"permissions,omitempty"`
}

// Permission is an area of what admins do, and whether to read or to change it.
type Permission string

// Permissions returns all there are.
func Permissions() []Permission {
	return []Permission{
		"clients:read", "clients:write",
		"directory:read", "directory:write",
		"team:read", "team:write",
		"audit:read",
		"decisions:read",
	}
}

// Role is what a key is for.
type Role string

// The roles of a key.
const (
	RoleApp       Role = "app"       // an existing application: asks for decisions
	RoleAuditor   Role = "auditor"   // an admin who only reads
	RoleAdmin     Role = "admin"     // an admin who edits clients and the directory
	RoleOwner     Role = "owner"     // an admin who also edits admins and keys
	RoleBootstrap Role = "bootstrap" // a set-up code: makes the first owner, and is gone then; lets nobody in
)

// Digest is the SHA-256 of a key's text, in hexadecimal.
type Digest string

// MaxKeyLife is the longest a key can live.
const MaxKeyLife = 365 * 24 * time.Hour

// Prefixes of secrets, which secret scanners can find.
const (
	keyPrefix     = "sightline_"
	sessionPrefix = "sightline_session_"
	setupPrefix   = "sightline_setup_"
)

// NewKeyText returns the text of a fresh key: a prefix, then 256 random bits in
// base64url.
func NewKeyText() string { return keyPrefix + NewLinkText() }

// NewSessionText returns the text of a fresh session, made like that of a key.
func NewSessionText() string { return sessionPrefix + NewLinkText() }

// NewSetupText returns a fresh set-up code, made like the text of a key.
func NewSetupText() string { return setupPrefix + NewLinkText() }

// NewLinkText returns a fresh secret of 256 random bits in base64url, which fits
// into the path of an address.
func NewLinkText() string {
	var secret [32]byte
	rand.Read(secret[:]) // never fails: crypto/rand ends the process instead
	return base64.RawURLEncoding.EncodeToString(secret[:])
}

// DigestOf returns the digest of a key's text.
func DigestOf(text string) Digest {
	sum := sha256.Sum256([]byte(text))
	return Digest(hex.EncodeToString(sum[:]))
}

// Check reports the first thing wrong with k, as an [Invalid] [Error].
func (k *Key) Check() error {
	return firstError(
		CheckID("id", string(k.ID)),
		CheckName("name", k.Name),
		checkRole(k.Role),
		checkDigest(k.Digest),
		checkKeyLife(k.Created, k.Expires),
		checkPermissions(k.Permissions),
	)
}

func checkPermissions(given []Permission) error {
	for i, p := range given {
		at := fmt.Sprintf("permissions[%d]", i)
		if !slices.Contains(Permissions(), p) {
			return FieldErrorf(at, "must be one of %v", Permissions())
		}
		if slices.Contains(given[:i], p) {
			return FieldErrorf(at, "repeats %q", p)
		}
	}
	return nil
}

func checkRole(r Role) error {
	switch r {
	case RoleApp, RoleAuditor, RoleAdmin, RoleOwner, RoleBootstrap:
		return nil
	}
	return FieldErrorf("role", "must be %s, %s, %s or %s", RoleApp, RoleAuditor, RoleAdmin, RoleOwner)
}

func checkDigest(d Digest) error {
	if len(d) != hex.EncodedLen(sha256.Size) || strings.Trim(string(d), "0123456789abcdef") != "" {
		return FieldErrorf("digest", "must be %d hexadecimal digits", hex.EncodedLen(sha256.Size))
	}
	return nil
}

func checkKeyLife(created, expires time.Time) error {
	switch {
	case !created.Before(expires):
		return FieldErrorf("expires", "must be in the future")
	case expires.Sub(created) > MaxKeyLife:
		return FieldErrorf("expires", "is more than %d days away", int(MaxKeyLife.Hours()/24))
	}
	return nil
}
