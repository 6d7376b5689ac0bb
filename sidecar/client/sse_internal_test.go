package client

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// read returns the events of a stream in short: name|id|data.
func read(t *testing.T, r io.Reader, limit int) (all []string, err error) {
	t.Helper()
	for stream := messagesIn(r, limit); ; {
		m, err := stream.next()
		if err != nil {
			return all, err
		}
		id := "-"
		if m.id != nil {
			id = *m.id
		}
		all = append(all, m.name+"|"+id+"|"+m.data)
	}
}

// The examples of WHATWG HTML, section 9.2.6, and what else a stream may have.
func TestStreamsAreReadAsTheStandardSays(t *testing.T) {
	for name, c := range map[string]struct {
		stream string
		want   []string
	}{
		"several lines of data": {"data: YHOO\ndata: +2\ndata: 10\n\n", []string{"|-|YHOO\n+2\n10"}},
		"comments and ids":      {": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n", []string{"|1|first event", "||second event", "|-| third event"}},
		"no data, no event":     {"data\n\ndata\ndata\n\ndata:", []string{"|-|\n"}},
		"a space or none":       {"data:test\n\ndata: test\n\n", []string{"|-|test", "|-|test"}},
		"types":                 {"event: add\ndata: 1\n\nevent: x\n\ndata: 2\n\n", []string{"add|-|1", "|-|2"}},
		"an id alone":           {":\nid: r7\n\ndata: 1\n\n", []string{"|r7|", "|-|1"}},
		"an id with a null":     {"id: a\x00b\ndata: 1\n\n", []string{"|-|1"}},
		"ends of lines":         {"data: 1\r\rdata: 2\r\n\r\ndata: 3\n\n", []string{"|-|1", "|-|2", "|-|3"}},
		"a byte order mark":     {"\ufeffdata: 1\n\ndata: \ufeff2\n\n", []string{"|-|1", "|-|\ufeff2"}},
		"other fields":          {"retry: 2000\nfoo: bar\ndatas: 0\nDATA: 0\ndata: 1\n\n", []string{"|-|1"}},
		"cut off":               {"data: 1\n\nid: 2\ndata: 2\n", []string{"|-|1"}},
		"cut off in a line":     {"data: 1\n\nid: 2\ndata: 2", []string{"|-|1"}},
		"nothing":               {"", nil},
	} {
		t.Run(name, func(t *testing.T) {
			for _, r := range []io.Reader{strings.NewReader(c.stream), iotest.OneByteReader(strings.NewReader(c.stream))} {
				got, err := read(t, r, 100)
				if diff := cmp.Diff(c.want, got); diff != "" || err != io.EOF {
					t.Error(err, diff)
				}
			}
		})
	}
}

func TestEventsThatAreTooLongAreRefused(t *testing.T) {
	for name, stream := range map[string]string{
		"one line":   "data: " + strings.Repeat("x", 200) + "\n\n",
		"many lines": strings.Repeat("data: xxxxxxx\n", 20) + "\n",
		"no data":    strings.Repeat(":xxxxxxxxxxxx\n", 20) + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := read(t, strings.NewReader(stream), 100); !errors.Is(err, errTooLong) || got != nil {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
	if got, err := read(t, strings.NewReader(strings.Repeat("data: xxxxxxx\n\n", 20)), 100); len(got) != 20 {
		t.Errorf("got %q, %v", got, err)
	}
}

// However a stream is cut into reads, it says the same; and what it says can be
// written down and read again.
func FuzzMessages(f *testing.F) {
	f.Add("event: change\nid: v1.abc\ndata: {}\n\n")
	f.Add("data: 1\r\rdata: 2\r\n\r\n:\nid\n\n")
	f.Add("\ufeffdata: \x00\nid: \x00\n\n")
	f.Fuzz(func(t *testing.T, stream string) {
		whole, err := read(t, strings.NewReader(stream), 1<<10)
		parts, _ := read(t, iotest.OneByteReader(strings.NewReader(stream)), 1<<10)
		if diff := cmp.Diff(whole, parts); diff != "" {
			t.Error(diff)
		}
		if err != io.EOF && !errors.Is(err, errTooLong) {
			t.Error(err)
		}
		for _, m := range whole {
			if strings.Count(m, "|") < 2 || m == "|-|" {
				t.Errorf("an event without anything: %q", m)
			}
		}
	})
}
