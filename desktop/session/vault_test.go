package session_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"sightline.example/desktop/session"
)

// prompt is a keyring that asks for a password, and gets none until it is answered.
type prompt struct {
	session.Memory
	answered chan struct{}
}

func (p *prompt) Get(name string) (string, error) {
	<-p.answered
	return p.Memory.Get(name)
}

func (p *prompt) Keep(name, secret string) error {
	<-p.answered
	return p.Memory.Keep(name, secret)
}

// prompting runs a test with a keyring that asks.
func prompting(t *testing.T, test func(t *testing.T, v *session.Vault, keyring *prompt)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		keyring := &prompt{answered: make(chan struct{})}
		test(t, &session.Vault{Keyring: keyring, Patience: 10 * time.Second}, keyring)
		select {
		case <-keyring.answered:
		default:
			close(keyring.answered)
		}
	})
}

var somewhere = session.Connection{URL: "https://one.example", Login: "a@test.example"}

func TestAKeyringThatStaysSilentIsGivenUp(t *testing.T) {
	prompting(t, func(t *testing.T, v *session.Vault, _ *prompt) {
		begin := time.Now()
		if _, ok := v.Token(t.Context(), somewhere); ok || v.Available() {
			t.Errorf("got a secret: %t, available: %t", ok, v.Available())
		}
		if took := time.Since(begin); took > 11*time.Second {
			t.Errorf("given up after %v", took)
		}
		v.Keep(t.Context(), somewhere, "token", true)
		if token, ok := v.Token(t.Context(), somewhere); !ok || token != "token" {
			t.Errorf("memory has %q, %t", token, ok)
		}
	})
}

func TestNobodyWaitsForAKeyringWhenTheAppEnds(t *testing.T) {
	prompting(t, func(t *testing.T, v *session.Vault, _ *prompt) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		begin := time.Now()
		v.Keep(ctx, somewhere, "token", true)
		if took := time.Since(begin); took > 2*time.Second {
			t.Errorf("it took %v", took)
		}
	})
}

func TestAKeyringThatTheAdminHasGivenUpIsNotAskedAgain(t *testing.T) {
	prompting(t, func(t *testing.T, v *session.Vault, _ *prompt) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		begin := time.Now()
		if _, ok := v.Token(ctx, somewhere); ok {
			t.Error("got a secret")
		}
		v.Keep(t.Context(), somewhere, "token", true)
		if took := time.Since(begin); took != time.Second || v.Available() {
			t.Errorf("it took %v, available: %t", took, v.Available())
		}
	})
}

func TestWhatIsNearlyKeptWhenTheAppEndsIsKept(t *testing.T) {
	prompting(t, func(t *testing.T, v *session.Vault, keyring *prompt) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		time.AfterFunc(time.Second/2, func() { close(keyring.answered) })
		v.Keep(ctx, somewhere, "token", true)
		next := &session.Vault{Keyring: &keyring.Memory}
		if token, ok := next.Token(t.Context(), somewhere); !ok || token != "token" {
			t.Errorf("the keyring has %q, %t", token, ok)
		}
	})
}
