package table

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"
)

// headerSize is how far into a file its separator is looked for.
const headerSize = 64 << 10

// plain returns the text of a file as UTF-8 without a byte order mark, if it says
// by such a mark that it is anything else.
func plain(r io.Reader) (*bufio.Reader, error) {
	b := bufio.NewReaderSize(r, headerSize)
	start, err := peek(b, 3)
	if err != nil {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(start, []byte("\xef\xbb\xbf")):
		_, err = b.Discard(3)
	case bytes.HasPrefix(start, []byte("\xff\xfe")), bytes.HasPrefix(start, []byte("\xfe\xff")):
		utf16 := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
		return bufio.NewReaderSize(utf16.Reader(b), headerSize), nil
	}
	return b, err
}

// peek returns the next n bytes, or fewer at the end.
func peek(b *bufio.Reader, n int) ([]byte, error) {
	start, err := b.Peek(n)
	if err == io.EOF {
		err = nil
	}
	return start, err
}

// records returns the reader of a file's records, and how many lines it left out
// before them.
func records(r io.Reader) (c *csv.Reader, skipped int, err error) {
	b, err := plain(r)
	if err != nil {
		return nil, 0, err
	}
	start, err := peek(b, headerSize)
	if err != nil {
		return nil, 0, err
	}
	separator, told := separatorOf(start)
	if told {
		if _, err = b.ReadString('\n'); err != nil && err != io.EOF {
			return nil, 0, err
		}
		skipped = 1
	}
	c = csv.NewReader(b)
	c.Comma = separator
	c.FieldsPerRecord = -1
	c.TrimLeadingSpace = separator != '\t'
	return c, skipped, nil
}

// separatorOf finds the separator from the first line with anything in it:
// whichever is most often in it, outside of quotes. Spreadsheets take, and some
// programs write, a line such as "sep=;" before it.
func separatorOf(start []byte) (separator rune, told bool) {
	if line, _, _ := bytes.Cut(start, []byte("\n")); len(line) >= 5 && strings.EqualFold(string(line[:4]), "sep=") {
		if c := rune(line[4]); strings.ContainsRune(",;\t", c) {
			return c, true
		}
	}
	counts := map[rune]int{}
	quoted := false
	for _, c := range string(bytes.TrimLeft(start, "\r\n")) {
		if c == '"' {
			quoted = !quoted
		}
		if c == '\n' && !quoted {
			break
		}
		if !quoted {
			counts[c]++
		}
	}
	separator = ','
	for _, c := range ";\t" {
		if counts[c] > counts[separator] {
			separator = c
		}
	}
	return separator, false
}
