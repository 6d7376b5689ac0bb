package table

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"sightline.example/policy"
)

// Sheet is a file that was read, before anything is made of it.
type Sheet struct {
	name   string
	header row
	rows   []row
	report Report
}

type row struct {
	line  int
	cells []string
}

// Sheets are the files of a directory, by the names of their tables.
type Sheets map[string]*Sheet

// Read reads the file of a table to its end. What is wrong with the file is kept
// for the report; an error is one of r.
func Read(table string, r io.Reader) (*Sheet, error) {
	s := &Sheet{name: table}
	in, skipped, err := records(r)
	if err != nil {
		return nil, err
	}
	for {
		cells, err := in.Read()
		if err == io.EOF {
			break
		}
		if broken, ok := errors.AsType[*csv.ParseError](err); ok {
			s.fault(broken.StartLine+skipped, "", syntax(broken))
			continue
		}
		if err != nil {
			return nil, err
		}
		line, _ := in.FieldPos(0)
		if !s.add(row{line + skipped, cells}) {
			_, err := io.Copy(io.Discard, r)
			return s, err
		}
	}
	if s.header.cells == nil && len(s.report.Faults) == 0 {
		s.fault(0, "", "is empty; its first line must say which column is which")
	}
	return s, nil
}

func syntax(e *csv.ParseError) string {
	switch {
	case errors.Is(e.Err, csv.ErrQuote) && e.Line > e.StartLine:
		return fmt.Sprintf("has a quoted cell that does not end well, up to line %d", e.Line)
	case errors.Is(e.Err, csv.ErrQuote):
		return `has a quoted cell that does not end well; a quote within it must be doubled ("")`
	case errors.Is(e.Err, csv.ErrBareQuote):
		return `has a quote in a cell that is not quoted; such a cell must be quoted, and the quote doubled ("")`
	}
	return "is not valid CSV"
}

// add takes a record in. It returns false if no more can be.
func (s *Sheet) add(r row) bool {
	empty := true
	for i, text := range r.cells {
		r.cells[i] = strings.TrimSpace(text)
		empty = empty && r.cells[i] == ""
	}
	switch {
	case empty:
	case len(r.cells) > MaxColumns:
		s.fault(r.line, "", fmt.Sprintf("has %d columns; the limit is %d", len(r.cells), MaxColumns))
		return s.header.cells != nil // without a header there is nothing to make of rows
	case s.header.cells == nil:
		s.header = r
	case len(s.rows) == MaxRows:
		s.fault(r.line, "", fmt.Sprintf("is one row too many; the limit is %d", MaxRows))
		return false
	case s.sound(r):
		s.rows = append(s.rows, r)
	}
	return true
}

// sound reports whether a row's cells can be used, and what is wrong otherwise.
func (s *Sheet) sound(r row) bool {
	ok := true
	for i, text := range r.cells {
		problem := ""
		switch {
		case i >= len(s.header.cells) && text != "":
			problem = fmt.Sprintf("has %d cells, but the header has %d", len(r.cells), len(s.header.cells))
		case len(text) > MaxCell:
			problem = fmt.Sprintf("is %d bytes long; the limit is %d", len(text), MaxCell)
		case !utf8.ValidString(text):
			problem = "is not valid UTF-8; save the file as CSV UTF-8"
		default:
			continue
		}
		ok = false
		if i >= len(s.header.cells) {
			s.fault(r.line, "", problem)
			break
		}
		s.fault(r.line, s.header.cells[i], problem)
	}
	return ok
}

func (s *Sheet) fault(line int, column, message string) {
	s.report.fault(policy.Fault{Table: s.name, Row: line, Column: column, Message: message})
}
