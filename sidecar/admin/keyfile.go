package admin

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// WriteKeyFile puts the text of a key into the file at path, which only its
// owner may read, in the place of whatever was there. At no time is there a file
// with a part of the text at path, or one that others may read.
func WriteKeyFile(path, text string) error {
	// CreateTemp makes a new file, never an existing or linked one, with mode 0600.
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("key file: %w", err)
	}
	if err := fill(f, text, path); err != nil {
		return fmt.Errorf("key file: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}

func fill(f *os.File, text, path string) error {
	_, err := f.WriteString(text + "\n")
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
