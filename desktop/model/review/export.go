package review

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"strings"

	"sightline.example/desktop/model"
	"sightline.example/policy"
)

// Export asks for the answer as a table, and calls done with its CSV text. It has
// those who are listed.
func (m *Review) Export(done func(text []byte, err error)) {
	thing, table := m.thing, m.cfg.Table
	var only map[policy.ClientID]bool
	if m.with != nil {
		only = map[policy.ClientID]bool{}
		for _, c := range m.rows {
			only[c.ID] = true
		}
	}
	m.on.Go(func(ctx context.Context) {
		text, err := table(ctx, thing.Kind, thing.ID)
		if err == nil && only != nil {
			text, err = linesOf(text, only)
		}
		m.on.Main(func() { done(text, err) })
	})
}

// linesOf returns a table with the header and the lines of some clients only.
func linesOf(table []byte, only map[policy.ClientID]bool) ([]byte, error) {
	lines, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	out := csv.NewWriter(&text)
	out.UseCRLF = true // as the sidecar writes it
	for i, line := range lines {
		if i > 0 && !only[policy.ClientID(line[0])] {
			continue
		}
		if err := out.Write(line); err != nil {
			return nil, err
		}
	}
	out.Flush()
	return text.Bytes(), out.Error()
}

// WriteFindings writes findings as a table (RFC 4180). Its columns have the same
// names in every language.
func WriteFindings(w io.Writer, all []Finding) error {
	table := csv.NewWriter(w)
	table.UseCRLF = true
	rows := [][]string{{"finding", "kind", "id", "name", "dead_references"}}
	for _, f := range all {
		row := []string{string(f.What), f.Kind, f.ID, f.Name, strings.Join(f.Dead, "; ")}
		for i := range row {
			row[i] = model.Inert(row[i])
		}
		rows = append(rows, row)
	}
	return table.WriteAll(rows)
}
