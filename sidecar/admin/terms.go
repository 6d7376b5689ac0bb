package admin

import (
	"crypto/sha256"
	"encoding/hex"

	"sightline.example/policy"
	"sightline.example/sidecar/store"
)

// Terms are the conditions a caller makes a change under.
type Terms struct {
	// Revision is that of the version to be replaced or deleted. Changes that
	// need it fail with policy.Unconditional if it is 0.
	Revision int64
	// Force writes references to groups and projects that do not exist.
	Force bool
	// IdempotencyKey is the caller's name for the change; empty if it has none.
	IdempotencyKey string
	// Fingerprint tells a repeat of the change from another change under the
	// same name: a hash of all that was asked for.
	Fingerprint string
}

// once returns what makes a repeat of the change known; nil if the caller gave
// it no name. Names of different callers have nothing to do with each other.
func (t Terms) once(caller policy.Caller) *store.Once {
	if t.IdempotencyKey == "" {
		return nil
	}
	sum := sha256.Sum256([]byte(string(caller.Type) + "\n" + caller.ID + "\n" + t.IdempotencyKey))
	return &store.Once{Key: hex.EncodeToString(sum[:]), Fingerprint: t.Fingerprint}
}

// Conditional returns the error that asks for If-Match, if t has no revision.
func (t Terms) Conditional() error {
	if t.Revision == 0 {
		return policy.Errorf(policy.Unconditional, "this needs If-Match with the ETag of the version you have seen")
	}
	return nil
}
