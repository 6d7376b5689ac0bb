package session

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"sightline.example/desktop/file"
)

// Connection is a sidecar and how to get there. There is no secret in it.
type Connection struct {
	URL string `json:"url"`
	// Login is the admin's address; empty for a key.
	Login string `json:"login,omitempty"`
	// CAFile has the certificate authorities that vouch for the sidecar, PEM;
	// empty means the system's.
	CAFile string `json:"ca_file,omitempty"`
	// Pin is the fingerprint of the one certificate that is taken, whoever
	// vouches for it.
	Pin  string    `json:"pin,omitempty"`
	Used time.Time `json:"used,omitzero"` // the last time
}

// Same reports whether two connections are of the same admin, or key, at the same
// sidecar.
func (c Connection) Same(other Connection) bool { return c.URL == other.URL && c.Login == other.Login }

// secretName is what the secret of a connection is called in a keyring.
func (c Connection) secretName() string { return c.URL + "|" + c.Login }

// Book is the connections that are remembered, in a file. It is not safe for
// concurrent use.
type Book struct {
	path        string
	connections []Connection
}

// OpenBook reads the book at path. A book that can't be read is an error, and an
// empty one is returned beside it: it takes the place of what is there once
// something is saved.
func OpenBook(path string) (*Book, error) {
	b := &Book{path: path}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return b, nil
	}
	if err != nil {
		return b, fmt.Errorf("read the connections: %w", err)
	}
	if err := json.Unmarshal(text, &b.connections); err != nil {
		b.connections = nil
		return b, fmt.Errorf("read the connections in %s: %w", path, err)
	}
	return b, nil
}

// Connections returns the connections, the last used first.
func (b *Book) Connections() []Connection {
	sorted := slices.Clone(b.connections)
	slices.SortStableFunc(sorted, func(a, b Connection) int { return cmp.Compare(b.Used.UnixNano(), a.Used.UnixNano()) })
	return sorted
}

// Save remembers a connection, in the place of the same one before.
func (b *Book) Save(c Connection) error {
	b.drop(c)
	b.connections = append(b.connections, c)
	return b.write()
}

// Forget removes a connection.
func (b *Book) Forget(c Connection) error {
	b.drop(c)
	return b.write()
}

func (b *Book) drop(c Connection) {
	b.connections = slices.DeleteFunc(b.connections, c.Same)
}

func (b *Book) write() error {
	text, err := json.MarshalIndent(b.connections, "", "  ")
	if err == nil {
		err = WriteFile(b.path, append(text, '\n'))
	}
	if err != nil {
		return fmt.Errorf("save the connections: %w", err)
	}
	return nil
}

// WriteFile is file.Write for the app's own folder, which it makes if it is not there.
func WriteFile(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return file.Write(path, content)
}
