package audit

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
)

// Archive is a directory of files that hold the oldest part of the log: each has
// the stored bytes of some records, one a line, and follows from the one before.
// Only one program at a time may write to it.
type Archive struct{ dir string }

// File is a file of an archive.
type File struct {
	Name        string
	First, Last uint64 // numbers of its records
}

// OpenArchive returns the archive in a directory, which it makes if it is
// missing, with mode 0700.
func OpenArchive(dir string) (Archive, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return Archive{}, fmt.Errorf("make the audit archive: %w", err)
	}
	return Archive{dir}, nil
}

// unfinished is what the names of files have while they are written.
const unfinished = ".audit-*.part"

// Clean removes what writes that were broken off have left.
func (a Archive) Clean() error {
	names, err := filepath.Glob(filepath.Join(a.dir, unfinished))
	for _, name := range names {
		err = errors.Join(err, os.Remove(name))
	}
	return err
}

// Files returns the files in order.
func (a Archive) Files() ([]File, error) {
	entries, err := os.ReadDir(a.dir)
	if err != nil {
		return nil, fmt.Errorf("read the audit archive: %w", err)
	}
	var files []File
	for _, e := range entries {
		f := File{Name: e.Name()}
		n, err := fmt.Sscanf(e.Name(), "audit-%d-%d.ndjson", &f.First, &f.Last)
		if err == nil && n == 2 && 0 < f.First && f.First <= f.Last && f.Name == fileName(f.First, f.Last) {
			files = append(files, f)
		}
	}
	slices.SortFunc(files, func(a, b File) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last))
	})
	return files, nil
}

// Through returns the files that end with the record of the given number, in
// order. A file that is not among them was written and never taken note of.
func (a Archive) Through(last uint64) ([]File, error) {
	all, err := a.Files()
	if err != nil {
		return nil, err
	}
	var files []File
	for last > 0 {
		i := slices.IndexFunc(all, func(f File) bool { return f.Last == last })
		if i < 0 {
			return nil, fmt.Errorf("the audit archive %s has no file that ends with record %d", a.dir, last)
		}
		files = append(files, all[i])
		last = all[i].First - 1
	}
	slices.Reverse(files)
	return files, nil
}

// Numbers have leading zeros so that a listing by name is in order.
func fileName(first, last uint64) string { return fmt.Sprintf("audit-%012d-%012d.ndjson", first, last) }

// Lines returns the records of files, in the order given.
func (a Archive) Lines(files []File) iter.Seq2[[]byte, error] {
	paths := make([]string, len(files))
	for i, f := range files {
		paths[i] = filepath.Join(a.dir, f.Name)
	}
	return FileLines(paths)
}

// FileLines returns the records of files, in the order given.
func FileLines(paths []string) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for _, path := range paths {
			f, err := os.Open(path)
			if err != nil {
				yield(nil, err)
				return
			}
			ok := true
			for stored, err := range Lines(f) {
				if err != nil {
					err = fmt.Errorf("%s: %w", path, err)
				}
				if ok = yield(stored, err) && err == nil; !ok {
					break
				}
			}
			_ = f.Close() // it was only read
			if !ok {
				return
			}
		}
	}
}

// Write writes records that follow from start to a file, checks what is on the
// disk, and returns it as the tail that it makes. When it returns one, a crash
// of the machine does not lose the file.
func (a Archive) Write(start Anchor, records iter.Seq2[[]byte, error]) (Tail, error) {
	part, err := os.CreateTemp(a.dir, unfinished) // with mode 0600
	if err != nil {
		return Tail{}, fmt.Errorf("write the audit archive: %w", err)
	}
	found, err := writeAll(part, start, records)
	if err = errors.Join(err, part.Close()); err != nil {
		return Tail{}, fmt.Errorf("write the audit archive: %w", errors.Join(err, os.Remove(part.Name())))
	}
	tail, err := check(part.Name(), start)
	if err == nil && tail.Anchor != found.Last {
		err = fmt.Errorf("the file reads back otherwise than it was written: %s", part.Name())
	}
	if err != nil {
		return Tail{}, errors.Join(err, os.Remove(part.Name()))
	}
	tail.File = fileName(start.Seq+1, tail.Seq)
	if err := os.Rename(part.Name(), filepath.Join(a.dir, tail.File)); err != nil {
		return Tail{}, fmt.Errorf("write the audit archive: %w", errors.Join(err, os.Remove(part.Name())))
	}
	return tail, syncDir(a.dir)
}

// writeAll writes the records to the disk, as far as they are a chain.
func writeAll(f *os.File, start Anchor, records iter.Seq2[[]byte, error]) (Summary, error) {
	out := bufio.NewWriterSize(f, 1<<20)
	found, err := Chain{Start: start}.Verify(func(yield func([]byte, error) bool) {
		for stored, err := range records {
			if err == nil {
				_, err = out.Write(stored)
				err = errors.Join(err, out.WriteByte('\n'))
			}
			if !yield(stored, err) {
				return
			}
		}
	})
	if err == nil && found.Records == 0 {
		err = errors.New("there are no records")
	}
	return found, errors.Join(err, out.Flush(), f.Sync())
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Continued returns the file that follows from start, as the tail it makes, if
// there is one: what was written, but not taken note of. The error is about a
// file that should follow and does not.
func (a Archive) Continued(start Anchor) (Tail, bool, error) {
	files, err := a.Files()
	if err != nil {
		return Tail{}, false, err
	}
	i := slices.IndexFunc(files, func(f File) bool { return f.First == start.Seq+1 })
	if i < 0 {
		return Tail{}, false, nil
	}
	path := filepath.Join(a.dir, files[i].Name)
	tail, err := check(path, start)
	if err == nil && tail.Seq != files[i].Last {
		err = fmt.Errorf("%s ends with record %d", path, tail.Seq)
	}
	tail.File = files[i].Name
	return tail, true, err
}

// Remove removes a file.
func (a Archive) Remove(name string) error { return os.Remove(filepath.Join(a.dir, name)) }

// check reads a file and returns the tail that it makes, without its name.
func check(path string, start Anchor) (Tail, error) {
	f, err := os.Open(path)
	if err != nil {
		return Tail{}, err
	}
	defer f.Close()
	sum := sha256.New()
	found, err := Chain{Start: start}.Verify(Lines(io.TeeReader(f, sum)))
	if err != nil {
		return Tail{}, fmt.Errorf("%s: %w", path, err)
	}
	return Tail{Anchor: found.Last, SHA256: hex.EncodeToString(sum.Sum(nil))}, nil
}
