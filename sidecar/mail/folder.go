package mail

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"
)

// Folder writes messages to files, for sidecars without a mail server: somebody
// hands them over, or opens the link in them. Files are named by the letter's
// kind and id, so one that is sent again replaces its file, and only their owner
// may read them. It is safe for concurrent use.
type Folder struct {
	Sender
	Dir string           // is made if missing, for its owner only
	Now func() time.Time // nil means time.Now
}

// Send implements [Transport]. A folder that can't be written to can be mended.
func (f Folder) Send(_ context.Context, l Letter) error {
	now := time.Now
	if f.Now != nil {
		now = f.Now
	}
	m, err := message(l, f.Sender, now())
	if err != nil {
		return err
	}
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		return &Error{Detail: "the folder for messages can't be made", cause: err}
	}
	// CreateTemp makes a new file, never an existing or linked one, with mode 0600.
	file, err := os.CreateTemp(f.Dir, ".letter-*")
	if err != nil {
		return &Error{Detail: "the folder for messages can't be written to", cause: err}
	}
	_, err = m.WriteTo(file)
	// On the disk before it has its name: a letter that was sent is forgotten.
	if err = errors.Join(err, file.Sync(), file.Close()); err == nil {
		err = os.Rename(file.Name(), filepath.Join(f.Dir, string(l.Kind)+"-"+l.ID+".eml"))
	}
	if err != nil {
		return &Error{Detail: "the message can't be written", cause: errors.Join(err, os.Remove(file.Name()))}
	}
	return nil
}
