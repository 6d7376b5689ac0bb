package audit

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
)

// maxLine is the longest record that is read from a file, in bytes: more than
// etcd takes.
const maxLine = 4 << 20

// errUnended says that the last line of a file has no end.
var errUnended = errors.New("the last line is not whole")

// Lines returns the lines of NDJSON (one JSON text each, ended by a line feed)
// byte for byte. Each is valid until the next is asked for. After an error there
// is nothing more.
func Lines(r io.Reader) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		scanner := bufio.NewScanner(r)
		scanner.Buffer(make([]byte, 64<<10), maxLine)
		scanner.Split(splitLines)
		for scanner.Scan() {
			if !yield(scanner.Bytes(), nil) {
				return
			}
		}
		err := scanner.Err()
		if errors.Is(err, bufio.ErrTooLong) {
			err = fmt.Errorf("a line is longer than %d bytes", maxLine)
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

// splitLines is bufio.ScanLines, but leaves a carriage return where it is, and
// takes no line without an end.
func splitLines(data []byte, atEOF bool) (advance int, line []byte, err error) {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1, data[:i], nil
	}
	if atEOF && len(data) > 0 {
		return 0, nil, errUnended
	}
	return 0, nil, nil
}

// Concat returns the records of one sequence after those of another.
func Concat(all ...iter.Seq2[[]byte, error]) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for _, records := range all {
			for stored, err := range records {
				if !yield(stored, err) || err != nil {
					return
				}
			}
		}
	}
}
