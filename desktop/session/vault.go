package session

import (
	"errors"
	"sync/atomic"
)

// Vault keeps the secrets of connections in the keyring, and in memory where
// there is none that can be used. It is safe for concurrent use; its methods may
// take as long as a keyring does.
type Vault struct {
	Keyring Secrets // nil means to keep everything in memory

	memory Memory
	broken atomic.Bool
}

// Available reports whether secrets outlive the app, as far as it is known by now.
func (v *Vault) Available() bool { return v.Keyring != nil && !v.broken.Load() }

// Token returns what lets the admin of a connection in, or false if it has to be
// asked for.
func (v *Vault) Token(c Connection) (string, bool) {
	if token, err := v.memory.Get(c.secretName()); err == nil {
		return token, true
	}
	if !v.Available() {
		return "", false
	}
	token, err := v.Keyring.Get(c.secretName())
	v.note(err)
	return token, err == nil
}

// Keep keeps what lets the admin of a connection in. Remember says whether it is
// to outlive the app.
func (v *Vault) Keep(c Connection, token string, remember bool) {
	if remember && v.Available() {
		err := v.Keyring.Keep(c.secretName(), token)
		v.note(err)
		if err == nil {
			return
		}
	}
	_ = v.memory.Keep(c.secretName(), token) // memory does not fail
}

// Forget forgets what lets the admin of a connection in.
func (v *Vault) Forget(c Connection) {
	_ = v.memory.Forget(c.secretName()) // likewise
	if v.Available() {
		v.note(v.Keyring.Forget(c.secretName()))
	}
}

// note remembers that the keyring can't be used: every try could ask the admin
// for its password.
func (v *Vault) note(err error) {
	if err != nil && !errors.Is(err, ErrNoSecret) {
		v.broken.Store(true)
	}
}
