package invite

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"sightline.example/desktop/model"
	"sightline.example/policy"
)

// Limits of a file.
const (
	MaxFile = 10 << 20 // bytes
	MaxRows = 10_000
)

// What is wrong with a file as a whole.
var (
	ErrFile     = errors.New("no table that can be read")
	ErrEmpty    = errors.New("no rows")
	ErrTooLarge = errors.New("too large a table")
)

// Column is one thing a table can say about those who are invited.
type Column string

// The columns.
const (
	Email       Column = "email"
	Name        Column = "name"
	Groups      Column = "groups"
	Projects    Column = "projects"
	Screencasts Column = "screencasts"
	From        Column = "from"
	Until       Column = "until"
	Note        Column = "note"
)

// Columns returns all columns, in the order they are shown.
func Columns() []Column {
	return []Column{Email, Name, Groups, Projects, Screencasts, From, Until, Note}
}

// Table is a file of comma-separated values (RFC 4180) with a header.
type Table struct {
	Header []string
	rows   [][]string
	lines  []int // of the file, on which the rows begin
}

// ReadTable reads a table. Semicolons and tabs separate values too, as
// spreadsheets in many countries have it: what separates the header's does.
func ReadTable(r io.Reader) (*Table, error) {
	text, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	switch {
	case err != nil:
		return nil, err
	case len(text) > MaxFile:
		return nil, ErrTooLarge
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	reader := csv.NewReader(bufio.NewReader(bytes.NewReader(text)))
	reader.Comma, reader.FieldsPerRecord, reader.TrimLeadingSpace = separator(text), -1, true
	t := &Table{}
	for {
		record, err := reader.Read()
		switch {
		case errors.Is(err, io.EOF) && len(t.rows) == 0:
			return nil, ErrEmpty
		case errors.Is(err, io.EOF):
			return t, nil
		case err != nil:
			return nil, ErrFile
		case len(t.rows) == MaxRows:
			return nil, ErrTooLarge
		}
		t.add(record, reader)
	}
}

func (t *Table) add(record []string, reader *csv.Reader) {
	switch {
	case t.Header == nil:
		t.Header = record
	case strings.TrimSpace(strings.Join(record, "")) != "":
		line, _ := reader.FieldPos(0)
		t.rows, t.lines = append(t.rows, record), append(t.lines, line)
	}
}

func separator(text []byte) rune {
	header, _, _ := bytes.Cut(text, []byte("\n"))
	best, most := ',', 0
	for _, r := range ",;\t" {
		if n := bytes.Count(header, []byte(string(r))); n > most {
			best, most = r, n
		}
	}
	return best
}

// Mapping says in which column of a table something stands, from 0.
type Mapping map[Column]int

// Guess returns the mapping that the names in the header suggest.
func (t *Table) Guess() Mapping {
	names := map[Column][]string{
		Email: {"email", "e-mail", "mail", "address", "adresse"}, Name: {"name", "client", "kunde"},
		Groups: {"groups", "group", "gruppen", "gruppe"}, Projects: {"projects", "project", "projekte", "projekt"},
		Screencasts: {"screencasts", "screencast"}, From: {"from", "start", "ab", "von"},
		Until: {"until", "end", "bis"}, Note: {"note", "message", "nachricht"},
	}
	m := Mapping{}
	for i, title := range t.Header {
		for column, known := range names {
			if _, taken := m[column]; !taken && slices.Contains(known, strings.ToLower(strings.TrimSpace(title))) {
				m[column] = i
			}
		}
	}
	return m
}

// value returns what a row says in a column; nothing if it is not mapped.
func (m Mapping) value(row []string, c Column) string {
	i, mapped := m[c]
	if !mapped || i >= len(row) {
		return ""
	}
	return strings.TrimSpace(row[i])
}

// writeTable writes rows under a header. Values that a spreadsheet would take for
// a formula are made text (OWASP, CSV Injection).
func writeTable(w io.Writer, rows [][]string) error {
	out := csv.NewWriter(w)
	for _, row := range rows {
		safe := slices.Clone(row)
		for i, value := range safe {
			if policy.CheckEmail("", value) != nil {
				safe[i] = model.Inert(value)
			}
		}
		if err := out.Write(safe); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
