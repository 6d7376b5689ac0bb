package file

import (
	"errors"
	"io/fs"
	"syscall"
)

// Kind says what is in the way of a file.
type Kind string

// The kinds of a Fault.
const (
	Empty      Kind = "empty"       // no path at all
	Missing    Kind = "missing"     // there is no file at the path
	NoFolder   Kind = "no folder"   // there is no folder in which the file could be
	IsFolder   Kind = "is folder"   // a folder, where a file is wanted
	NotPlain   Kind = "not plain"   // a device, a pipe, or whatever else is no ordinary file
	Exists     Kind = "exists"      // writing would overwrite a file
	NotAllowed Kind = "not allowed" // it belongs to somebody else, or can't be changed
	TooLong    Kind = "too long"    // the name, or the path
	Full       Kind = "full"        // no room is left on the disk
	Failed     Kind = "failed"      // anything else
)

// Fault is why a file can't be read or written.
type Fault struct {
	Kind Kind
	// Path of the file; of the folder if that is in the way.
	Path string
	// Writing tells NotAllowed and Failed of writing from those of reading.
	Writing bool
	Err     error // what was found, for the log; nil if Kind says it all
}

// Error implements the error interface.
func (f *Fault) Error() string {
	text := f.Path + ": " + string(f.Kind)
	if f.Err != nil {
		text += ": " + f.Err.Error()
	}
	return text
}

// Unwrap returns what was found.
func (f *Fault) Unwrap() error { return f.Err }

// faultOf returns the Fault that an error at a path is. missing is what it means
// that nothing is there.
func faultOf(path string, writing bool, missing Kind, err error) *Fault {
	return &Fault{Kind: kindOf(missing, err), Path: path, Writing: writing, Err: err}
}

func kindOf(missing Kind, err error) Kind {
	is := func(target error) bool { return errors.Is(err, target) }
	switch {
	case is(fs.ErrNotExist), is(syscall.ENOTDIR):
		return missing
	case is(fs.ErrPermission), is(syscall.EROFS):
		return NotAllowed
	case is(syscall.ENAMETOOLONG):
		return TooLong
	case is(syscall.ENOSPC), is(syscall.EDQUOT):
		return Full
	}
	return Failed
}
