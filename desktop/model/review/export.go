package review

import (
	"encoding/csv"
	"io"
	"strings"

	"sightline.example/desktop/model"
)

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
