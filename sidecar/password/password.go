// Package password says which passwords are good enough, and hashes them with
// Argon2id (RFC 9106).
//
// A hash takes 64 MiB and about an eighth of a second on purpose. A [Hasher]
// keeps that from becoming a way to bring the process down: it makes at most
// four at once, lets 32 more wait, and refuses the rest. A stored hash that asks
// for more than it may is refused before anything is computed.
//
// What may be tried how often is not its business.
package password

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"time"

	"golang.org/x/crypto/argon2"

	"sightline.example/policy"
)

// How many hashes are made at once, and how many more wait their turn.
const (
	atOnce  = 4
	waiting = 32
)

// Hasher makes and compares hashes. It is safe for concurrent use. One process
// has one.
type Hasher struct {
	settings settings // of new hashes
	turns    chan struct{}
	room     chan struct{} // for those who have their turn, and those who wait
	dummy    encoded       // compared where there is no hash
}

// New returns a Hasher.
func New() *Hasher { return with(current()) }

// AtFloor returns a Hasher whose hashes are the cheapest that are accepted at
// all: 19 MiB and two passes. It is for tests that make thousands.
func AtFloor() *Hasher { return with(settings{memory: minMemory, time: minTime, threads: 1}) }

func with(s settings) *Hasher {
	h := &Hasher{
		settings: s,
		turns:    make(chan struct{}, atOnce),
		room:     make(chan struct{}, atOnce+waiting),
		dummy:    encoded{settings: s, salt: make([]byte, saltSize), key: make([]byte, keySize)},
	}
	rand.Read(h.dummy.key) // never fails: crypto/rand ends the process instead
	return h
}

// Hash returns the hash of a password, as a PHC string with a fresh salt. It
// fails with policy.TooMany if too many hashes are being made, and with ctx's
// error if that ends first.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	e := encoded{settings: h.settings, salt: make([]byte, saltSize)}
	rand.Read(e.salt)
	if err := h.derive(ctx, &e.key, e, password, keySize); err != nil {
		return "", err
	}
	return e.String(), nil
}

// Match is the outcome of a comparison.
type Match struct {
	OK       bool
	Outdated bool // the hash was made with other settings than new ones are: make it again
}

// Verify compares a password with a hash. Where there is none, since there is no
// such account, hash is empty: then it is never OK, and takes as long. A hash
// that can't be read, or asks for more than it may, is never OK either, and
// gives an error that is meant for the log. Otherwise it fails like
// [Hasher.Hash].
func (h *Hasher) Verify(ctx context.Context, hash, password string) (Match, error) {
	stored, unreadable := h.dummy, error(nil)
	if hash != "" {
		if stored, unreadable = parse(hash); unreadable != nil {
			stored = h.dummy
		}
	}
	var key []byte
	if err := h.derive(ctx, &key, stored, password, uint32(len(stored.key))); err != nil {
		return Match{}, err
	}
	if hash == "" || unreadable != nil {
		return Match{}, unreadable
	}
	if subtle.ConstantTimeCompare(key, stored.key) != 1 {
		return Match{}, nil
	}
	return Match{OK: true, Outdated: stored.outdated(h.settings)}, nil
}

// derive computes a key when it is its turn.
func (h *Hasher) derive(ctx context.Context, key *[]byte, e encoded, password string, size uint32) error {
	select {
	case h.room <- struct{}{}:
		defer func() { <-h.room }()
	default:
		busy := policy.Errorf(policy.TooMany, "too many are signing in at once; try again in a moment")
		busy.RetryAfter = time.Second
		return busy
	}
	select {
	case h.turns <- struct{}{}:
		defer func() { <-h.turns }()
	case <-ctx.Done():
		return ctx.Err()
	}
	*key = argon2.IDKey([]byte(password), e.salt, e.time, e.memory, e.threads, size)
	return nil
}
