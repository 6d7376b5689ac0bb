// Package drafts keeps what an admin was editing in files, so that it survives a
// crash of the app. There is no secret in them; see scope.Record.
package drafts

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"sightline.example/desktop/model/scope"
	"sightline.example/desktop/session"
	"sightline.example/policy"
)

// maxSize is of the largest file that is read: a scope at its limits is smaller.
const maxSize = 1 << 20

// Folder is the drafts of one admin at one sidecar: a file a client, and one for an
// invitation. Nobody but the
// user can read it. It is not safe for concurrent use; another instance of the app
// may use the same one: the last to write a draft has it.
type Folder struct{ dir string }

// Open returns the drafts below dir that were made over a connection. With an empty
// dir nothing is kept.
func Open(dir string, of session.Connection) *Folder {
	if dir == "" {
		return &Folder{}
	}
	return &Folder{filepath.Join(dir, digest(of.URL+"|"+of.Login))}
}

// digest names a file: ids may differ in case only, which not every file system
// tells apart.
func digest(of string) string {
	sum := sha256.Sum256([]byte(of))
	return hex.EncodeToString(sum[:16])
}

func (f *Folder) path(id policy.ClientID) string {
	return filepath.Join(f.dir, digest(string(id))+".json")
}

// Keep stores a draft in the place of the client's last one, whole or not at all.
func (f *Folder) Keep(r scope.Record) error {
	if f.dir == "" {
		return nil
	}
	text, err := r.Encode()
	if err == nil {
		err = session.WriteFile(f.path(r.Client), text)
	}
	if err != nil {
		return fmt.Errorf("keep the draft of client %s: %w", r.Client, err)
	}
	return nil
}

// Forget removes the draft of a client, if there is one.
func (f *Folder) Forget(id policy.ClientID) error {
	if f.dir == "" {
		return nil
	}
	if err := os.Remove(f.path(id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("forget the draft of client %s: %w", id, err)
	}
	return nil
}

// Find returns the draft of a client. One that can't be read is none.
func (f *Folder) Find(id policy.ClientID) (r scope.Record, found bool) {
	if f.dir == "" {
		return r, false
	}
	r, err := read(f.path(id))
	return r, err == nil && r.Client == id
}

// All returns the drafts that can be read, the last changed first.
func (f *Folder) All() (all []scope.Record) {
	if f.dir == "" {
		return nil
	}
	files, err := os.ReadDir(f.dir)
	if err != nil {
		return nil // nothing was kept yet, or nothing can be
	}
	for _, file := range files {
		r, err := read(filepath.Join(f.dir, file.Name()))
		if err == nil && file.Name() == filepath.Base(f.path(r.Client)) {
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b scope.Record) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Client, b.Client))
	})
	return all
}

func read(path string) (r scope.Record, err error) {
	text, err := load(path)
	if err != nil {
		return r, err
	}
	return scope.Decode(text)
}

func load(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxSize {
		return nil, fmt.Errorf("%s has %d bytes, more than %d", path, info.Size(), maxSize)
	}
	return os.ReadFile(path)
}
