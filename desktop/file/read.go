package file

import (
	"io"
	"os"
)

// Open opens an ordinary file to be read. An error is a Fault. It belongs in the
// background, as disks can be slow.
func Open(path string) (*os.File, error) {
	if path == "" {
		return nil, &Fault{Kind: Empty}
	}
	info, err := os.Stat(path)
	if err == nil {
		err = plain(path, info)
	}
	if err != nil {
		return nil, faulty(path, err)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, faulty(path, err)
	}
	return f, nil
}

// Read reads an ordinary file, no further than most bytes. An error is a Fault.
func Read(path string, most int64) ([]byte, error) {
	f, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() // it was only read
	text, err := io.ReadAll(io.LimitReader(f, most))
	if err != nil {
		return nil, faulty(path, err)
	}
	return text, nil
}

// faulty returns the Fault of an error in reading.
func faulty(path string, err error) error {
	if fault, ok := err.(*Fault); ok {
		return fault
	}
	return faultOf(path, false, Missing, err)
}

// plain refuses what is no ordinary file: to read a pipe can take for ever, and to
// write a device does harm.
func plain(path string, info os.FileInfo) error {
	switch {
	case info.IsDir():
		return &Fault{Kind: IsFolder, Path: path}
	case !info.Mode().IsRegular():
		return &Fault{Kind: NotPlain, Path: path}
	}
	return nil
}
