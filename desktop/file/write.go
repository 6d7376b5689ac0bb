// Package file is the files an admin names: what a typed path means, what is in the
// way of reading or writing there, and writing that leaves no half of a file. It
// makes no folders: one that does not exist is a mistake in typing.
package file

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// MayWrite finds out whether a file can be written at a whole path, and leaves
// nothing there. An error is a Fault: of the kind Exists if a file can be written,
// but one is there already. It belongs in the background, as disks can be slow.
func MayWrite(path string) error {
	if path == "" {
		return &Fault{Kind: Empty}
	}
	old, err := os.Stat(path)
	switch {
	case err == nil:
		err = plain(path, old)
	case errors.Is(err, fs.ErrNotExist):
		old, err = nil, nil
	}
	if err == nil {
		err = tryFolder(filepath.Dir(path))
	}
	if err == nil && old != nil {
		err = tryOld(path)
	}
	if err != nil {
		return unwritable(path, err)
	}
	return nil
}

// Write writes a file that only its owner can read, whole or not at all: a crash
// leaves the one before. An error is a Fault.
func Write(path string, content []byte) error {
	if path == "" {
		return &Fault{Kind: Empty}
	}
	if err := replace(path, content); err != nil {
		return unwritable(path, err)
	}
	return nil
}

// replace writes beside the file, and puts it into its place once it is whole.
func replace(path string, content []byte) (err error) {
	f, err := beside(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// beside makes a file with a name of its own in a folder.
func beside(folder string) (*os.File, error) {
	f, err := os.CreateTemp(folder, ".sightline-*") // is made with 0600
	if err != nil {
		return nil, faultOf(folder, true, NoFolder, err)
	}
	return f, nil
}

// tryFolder finds out whether files can be made in a folder: nothing else tells of all
// that can be in the way.
func tryFolder(folder string) error {
	f, err := beside(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// tryOld refuses a file that is kept from being written, though another one could take
// its place.
func tryOld(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	f.Close() // nothing was written
	return &Fault{Kind: Exists, Path: path, Writing: true}
}

// unwritable returns the Fault of an error in writing. Where nothing is at the path, it
// is the folder that is missing.
func unwritable(path string, err error) error {
	if fault, ok := err.(*Fault); ok {
		fault.Writing = true
		return fault
	}
	fault := faultOf(path, true, NoFolder, err)
	if fault.Kind == NoFolder {
		fault.Path = filepath.Dir(path)
	}
	return fault
}
