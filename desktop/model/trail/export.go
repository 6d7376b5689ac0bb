package trail

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"time"

	"sightline.example/desktop/model"
	"sightline.example/sidecar/audit"
)

// Form is what an export is written as.
type Form string

// The forms.
const (
	CSV    Form = "csv"    // a table (RFC 4180) with a header
	NDJSON Form = "ndjson" // the records in JSON, one a line
)

// Export writes all records that fit a filter, the newest first, and returns how
// many there were. It belongs in the background; progress is told how many were
// written so far. After an error only a part is written.
func (c Config) Export(ctx context.Context, f Filter, form Form, w io.Writer, progress func(n int)) (n int, err error) {
	write, flush := writer(form, w)
	q := f.query()
	q.Descending, q.Limit = true, c.part()
	for {
		page, err := c.Find(ctx, q)
		if err != nil {
			return n, err
		}
		for _, r := range page.Items {
			if err := write(r); err != nil {
				return n, err
			}
			n++
		}
		if page.Next == 0 {
			return n, flush()
		}
		progress(n)
		q.After = page.Next
	}
}

func writer(form Form, w io.Writer) (write func(audit.Record) error, flush func() error) {
	if form == NDJSON {
		to := json.NewEncoder(w)
		return func(r audit.Record) error { return to.Encode(r) }, func() error { return nil }
	}
	table := csv.NewWriter(w)
	table.UseCRLF = true
	_ = table.Write(columns()) // its error stays until the end
	return func(r audit.Record) error { return table.Write(cells(r)) }, func() error {
		table.Flush()
		return table.Error()
	}
}

// columns have the same names in every language.
func columns() []string {
	return []string{"number", "time", "actor_type", "actor", "actor_id", "role", "from", "action", "kind", "id", "name", "detail", "before", "after"}
}

func cells(r audit.Record) []string {
	row := []string{
		strconv.FormatUint(r.Seq, 10), r.At.UTC().Format(time.RFC3339), string(r.Actor.Type), r.Actor.Name, r.Actor.ID, string(r.Actor.Role),
		r.Actor.From, r.Action, r.Kind, r.ID, (&Row{r}).Name(), r.Detail, string(r.Before), string(r.After),
	}
	for i := range row {
		row[i] = model.Inert(row[i])
	}
	return row
}
