package client

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// message is one event of a stream: type, data and, if it came with one, id. An
// id that came alone has neither type nor data.
type message struct {
	name, data string
	id         *string
}

// messages reads a stream of server-sent events as WHATWG HTML, section 9.2.6,
// says.
type messages struct {
	lines *bufio.Scanner
	limit int  // bytes of one event
	begun bool // the first line was read
}

var errTooLong = errors.New("an event of the stream is too long")

const byteOrderMark = "\ufeff"

// messagesIn reads r. An event may have at most limit bytes.
func messagesIn(r io.Reader, limit int) *messages {
	m := &messages{lines: bufio.NewScanner(r), limit: limit}
	m.lines.Buffer(nil, limit)
	m.lines.Split(splitLine)
	return m
}

// next returns the next event or id. At the end of the stream the error is
// io.EOF, whatever of an event came before: it was cut off.
func (m *messages) next() (message, error) {
	var got message
	var data []string
	for size := 0; m.lines.Scan(); {
		line := m.lines.Text()
		if !m.begun {
			line = strings.TrimPrefix(line, byteOrderMark)
			m.begun = true
		}
		if size += len(line); size > m.limit {
			return message{}, errTooLong
		}
		if line == "" {
			got.data = strings.Join(data, "\n")
			if got.data != "" || got.id != nil {
				return got, nil
			}
			got, data, size = message{}, nil, 0
			continue
		}
		data = got.take(line, data)
	}
	switch err := m.lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return message{}, errTooLong
	case err != nil:
		return message{}, fmt.Errorf("read the stream: %w", err)
	}
	return message{}, io.EOF
}

// take takes in a line, and returns the lines of the data.
func (m *message) take(line string, data []string) []string {
	field, value, _ := strings.Cut(line, ":")
	value = strings.TrimPrefix(value, " ")
	switch field {
	case "event":
		m.name = value
	case "data":
		return append(data, value)
	case "id":
		if !strings.Contains(value, "\x00") {
			m.id = &value
		}
	}
	return data
}

// splitLine is a bufio.SplitFunc for lines that end with CR, LF or both.
func splitLine(data []byte, atEOF bool) (advance int, line []byte, err error) {
	i := bytes.IndexAny(data, "\r\n")
	switch {
	case i < 0 && atEOF:
		return len(data), nil, nil
	case i < 0:
		return 0, nil, nil
	case data[i] == '\n':
		return i + 1, data[:i], nil
	case i+1 < len(data) && data[i+1] == '\n':
		return i + 2, data[:i], nil
	case i+1 == len(data) && !atEOF:
		return 0, nil, nil // the rest of the line's end may still come
	}
	return i + 1, data[:i], nil
}
