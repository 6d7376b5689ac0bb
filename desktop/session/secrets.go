package session

import (
	"errors"
	"fmt"
	"sync"

	"github.com/zalando/go-keyring"
)

// ErrNoSecret says that a secret was never kept, or was forgotten.
var ErrNoSecret = errors.New("there is no such secret")

// Secrets keeps what lets an admin in. Its methods may take long, as keyrings ask
// for passwords of their own: call them in the background.
type Secrets interface {
	// Get returns what was kept under a name, or ErrNoSecret.
	Get(name string) (string, error)
	Keep(name, secret string) error
	Forget(name string) error
}

// Keyring is the system's keyring, the default Secrets. Service is what all
// secrets of the app are kept under.
type Keyring struct{ Service string }

// Get implements Secrets.
func (k Keyring) Get(name string) (string, error) {
	secret, err := keyring.Get(k.Service, name)
	if errors.Is(err, keyring.ErrNotFound) {
		return "", ErrNoSecret
	}
	if err != nil {
		return "", fmt.Errorf("read from the keyring: %w", err)
	}
	return secret, nil
}

// Keep implements Secrets.
func (k Keyring) Keep(name, secret string) error {
	if err := keyring.Set(k.Service, name, secret); err != nil {
		return fmt.Errorf("write to the keyring: %w", err)
	}
	return nil
}

// Forget implements Secrets.
func (k Keyring) Forget(name string) error {
	if err := keyring.Delete(k.Service, name); err != nil && !errors.Is(err, keyring.ErrNotFound) {
		return fmt.Errorf("delete from the keyring: %w", err)
	}
	return nil
}

// Memory keeps secrets until the app ends. It is safe for concurrent use; the zero
// Memory is empty.
type Memory struct {
	mu   sync.Mutex
	kept map[string]string
}

// Get implements Secrets.
func (m *Memory) Get(name string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if secret, ok := m.kept[name]; ok {
		return secret, nil
	}
	return "", ErrNoSecret
}

// Keep implements Secrets.
func (m *Memory) Keep(name, secret string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.kept == nil {
		m.kept = map[string]string{}
	}
	m.kept[name] = secret
	return nil
}

// Forget implements Secrets.
func (m *Memory) Forget(name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.kept, name)
	return nil
}
