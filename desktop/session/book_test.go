package session_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/session"
)

func TestConnectionsAreRememberedWithTheLastUsedFirst(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "connections.json")
	day := func(d int) time.Time { return time.Date(2026, 1, d, 0, 0, 0, 0, time.UTC) }
	old := session.Connection{URL: "https://one.example", Login: "a@test.example", Used: day(1)}
	other := session.Connection{URL: "https://one.example", Login: "b@test.example", Used: day(2), Pin: "ab"}
	book, err := session.OpenBook(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []session.Connection{other, old} {
		if err := book.Save(c); err != nil {
			t.Fatal(err)
		}
	}
	book = reopen(t, path)
	if diff := cmp.Diff([]session.Connection{other, old}, book.Connections()); diff != "" {
		t.Error(diff)
	}
	old.Used = day(3)
	if err := book.Save(old); err != nil {
		t.Fatal(err)
	}
	if err := book.Forget(other); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]session.Connection{old}, reopen(t, path).Connections()); diff != "" {
		t.Error(diff)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the file can be read by others: %v", info.Mode())
	}
}

func reopen(t *testing.T, path string) *session.Book {
	t.Helper()
	book, err := session.OpenBook(path)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func TestABookThatCantBeReadIsAnErrorAndAnEmptyBook(t *testing.T) {
	path := filepath.Join(t.TempDir(), "connections.json")
	if err := os.WriteFile(path, []byte(`[{"url": "https://cut.off`), 0o600); err != nil {
		t.Fatal(err)
	}
	book, err := session.OpenBook(path)
	if err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("the error is %v", err)
	}
	if len(book.Connections()) != 0 {
		t.Error("the book is not empty")
	}
}

func TestAFileThatCantBeWrittenLeavesTheOneBefore(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "f")
	if err := session.WriteFile(path, []byte("before")); err != nil {
		t.Fatal(err)
	}
	if err := session.WriteFile(filepath.Join(path, "below"), []byte("x")); err == nil {
		t.Error("wrote below a file")
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
}

// ring is a keyring that fails if it is told to, and counts how often it is asked.
type ring struct {
	session.Memory
	fault error
	asked int
}

func (r *ring) Get(name string) (string, error) {
	if r.asked++; r.fault != nil {
		return "", r.fault
	}
	return r.Memory.Get(name)
}

func (r *ring) Keep(name, secret string) error {
	if r.asked++; r.fault != nil {
		return r.fault
	}
	return r.Memory.Keep(name, secret)
}

func TestSecretsOutliveTheAppInTheKeyring(t *testing.T) {
	keyring := &ring{}
	at := session.Connection{URL: "https://one.example", Login: "a@test.example"}
	(&session.Vault{Keyring: keyring}).Keep(t.Context(), at, "token", true)
	next := &session.Vault{Keyring: keyring}
	if token, ok := next.Token(t.Context(), at); !ok || token != "token" {
		t.Errorf("got %q, %v", token, ok)
	}
	if token, ok := next.Token(t.Context(), session.Connection{URL: at.URL, Login: "b@test.example"}); ok {
		t.Errorf("somebody else's token is %q", token)
	}
	if !next.Available() {
		t.Error("a missing secret counts as a broken keyring")
	}
	next.Forget(t.Context(), at)
	if _, ok := next.Token(t.Context(), at); ok {
		t.Error("it was not forgotten")
	}
}

func TestWhatIsNotToBeRememberedDoesNotReachTheKeyring(t *testing.T) {
	keyring := &ring{}
	v := &session.Vault{Keyring: keyring}
	at := session.Connection{URL: "https://one.example"}
	v.Keep(t.Context(), at, "token", false)
	if _, ok := v.Token(t.Context(), at); !ok {
		t.Error("it is not known in this run either")
	}
	if keyring.asked != 0 {
		t.Error("the keyring was asked")
	}
}

func TestABrokenKeyringIsAskedOnceAndMemoryTakesOver(t *testing.T) {
	keyring := &ring{fault: errors.New("locked")}
	v := &session.Vault{Keyring: keyring}
	at := session.Connection{URL: "https://one.example"}
	v.Keep(t.Context(), at, "token", true)
	if token, ok := v.Token(t.Context(), at); !ok || token != "token" {
		t.Errorf("got %q, %v", token, ok)
	}
	v.Keep(t.Context(), at, "token", true)
	if v.Available() || keyring.asked != 1 {
		t.Errorf("available %v, asked %d times", v.Available(), keyring.asked)
	}
}
