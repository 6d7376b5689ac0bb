package session

import (
	"cmp"
	"context"
	"errors"
	"sync/atomic"
	"time"

	"sightline.example/desktop/async"
)

// Vault keeps the secrets of connections in the keyring, and in memory where
// there is none that can be used. It is safe for concurrent use. Its methods may
// take as long as a keyring does that asks the admin for a password, but no longer
// than Patience, and they return soon after their context has ended.
type Vault struct {
	Keyring  Secrets       // nil means to keep everything in memory
	Patience time.Duration // 0 means a minute

	memory Memory
	broken atomic.Bool
}

// grace is what a keyring gets for what is to be kept once nobody waits for it: an
// app that is closed just after somebody has signed in remembers that all the same.
const grace = time.Second

// Available reports whether secrets outlive the app, as far as it is known by now.
func (v *Vault) Available() bool { return v.Keyring != nil && !v.broken.Load() }

// Token returns what lets the admin of a connection in, or false if it has to be
// asked for.
func (v *Vault) Token(ctx context.Context, c Connection) (string, bool) {
	if token, err := v.memory.Get(c.secretName()); err == nil {
		return token, true
	}
	if !v.Available() {
		return "", false
	}
	token, err := v.ask(ctx, 0, func() (string, error) { return v.Keyring.Get(c.secretName()) })
	return token, err == nil
}

// Keep keeps what lets the admin of a connection in. Remember says whether it is
// to outlive the app.
func (v *Vault) Keep(ctx context.Context, c Connection, token string, remember bool) {
	if remember && v.Available() {
		_, err := v.ask(ctx, grace, func() (string, error) { return "", v.Keyring.Keep(c.secretName(), token) })
		if err == nil {
			return
		}
	}
	_ = v.memory.Keep(c.secretName(), token) // memory does not fail
}

// Forget forgets what lets the admin of a connection in.
func (v *Vault) Forget(ctx context.Context, c Connection) {
	_ = v.memory.Forget(c.secretName()) // likewise
	if v.Available() {
		_, _ = v.ask(ctx, grace, func() (string, error) { return "", v.Keyring.Forget(c.secretName()) }) // ask remembers that it failed
	}
}

// ask has the keyring do something. One that fails or stays silent is not asked
// again: every try could ask the admin for its password. Nothing ends such a question
// but an answer.
func (v *Vault) ask(ctx context.Context, grace time.Duration, do func() (string, error)) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(v.Patience, time.Minute))
	defer cancel()
	secret, err := async.Answer(ctx, grace, do)
	if err != nil && !errors.Is(err, ErrNoSecret) {
		v.broken.Store(true)
	}
	return secret, err
}
