package drafts

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"sightline.example/desktop/model/invite"
	"sightline.example/desktop/session"
)

// invitation is the name of the file with the invitation that was not sent: no
// client's draft is called so.
func (f *Folder) invitation() string { return filepath.Join(f.dir, "invitation.json") }

// KeepInvitation stores an invitation in the place of the last one, whole or not at
// all.
func (f *Folder) KeepInvitation(r invite.Record) error {
	if f.dir == "" {
		return nil
	}
	text, err := r.Encode()
	if err == nil {
		err = session.WriteFile(f.invitation(), text)
	}
	if err != nil {
		return fmt.Errorf("keep the invitation: %w", err)
	}
	return nil
}

// ForgetInvitation removes the invitation, if there is one.
func (f *Folder) ForgetInvitation() error {
	if f.dir == "" {
		return nil
	}
	if err := os.Remove(f.invitation()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("forget the invitation: %w", err)
	}
	return nil
}

// Invitation returns the invitation that was kept. One that can't be read is none.
func (f *Folder) Invitation() (r invite.Record, found bool) {
	if f.dir == "" {
		return r, false
	}
	text, err := load(f.invitation())
	if err != nil {
		return r, false
	}
	r, err = invite.Decode(text)
	return r, err == nil
}
