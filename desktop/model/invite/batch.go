package invite

import (
	"io"
	"time"

	"sightline.example/desktop/async"
	"sightline.example/desktop/model/sketch"
	"sightline.example/policy"
)

// Step is how far a batch has come.
type Step string

// The steps.
const (
	Assigning Step = "assigning" // it has to be said which column is which
	Checking  Step = "checking"
	Trying    Step = "trying" // the sidecar is asked what it would do
	Inviting  Step = "inviting"
	Done      Step = "done"
)

// Batch invites those who stand in a table, each with a scope of their own.
type Batch struct {
	// OnChange is called when anything to be shown has changed.
	OnChange func()

	cfg       Config
	on        *async.Scope
	directory *sketch.Directory
	table     *Table
	mapping   Mapping
	rows      []*Row
	step      Step
	chunk     int // rows that are done of those that are sent
	total     int
	work      *async.Scope // what is under way
	names     map[*Row]string
	err       error
}

// NewBatch returns a batch of a table. The mapping is guessed.
func NewBatch(cfg Config, t *Table, d *sketch.Directory) *Batch {
	if cfg.Zone == nil {
		cfg.Zone = time.Local
	}
	b := &Batch{
		OnChange: func() {}, cfg: cfg, on: async.NewScope(cfg.On), directory: d,
		table: t, mapping: t.Guess(), names: map[*Row]string{},
	}
	b.load()
	return b
}

// Close ends what the batch does in the background.
func (b *Batch) Close() { b.on.Close() }

// Step returns how far the batch has come.
func (b *Batch) Step() Step { return b.step }

// Err returns why the last step broke off, if so. What was done before is in the
// rows.
func (b *Batch) Err() error { return b.err }

// Rows returns the rows, in the order of the table.
func (b *Batch) Rows() []*Row { return b.rows }

// Header returns what the columns of the table are called.
func (b *Batch) Header() []string { return b.table.Header }

// Progress returns how many rows have been tried or invited, and of how many.
func (b *Batch) Progress() (done, total int) { return b.chunk, b.total }

// Count returns how many rows are in a state.
func (b *Batch) Count(s RowState) (n int) {
	for _, r := range b.rows {
		if r.State == s {
			n++
		}
	}
	return n
}

// Column returns which column of the table something stands in; -1 for none.
func (b *Batch) Column(c Column) int {
	if i, mapped := b.mapping[c]; mapped {
		return i
	}
	return -1
}

// SetColumn says in which column of the table something stands; -1 for none. What
// was put right in the rows is read from the table again.
func (b *Batch) SetColumn(c Column, i int) {
	if b.busy() {
		return
	}
	if i < 0 {
		delete(b.mapping, c)
	} else {
		b.mapping[c] = i
	}
	b.load()
	b.OnChange()
}

// Set puts a cell of a row right.
func (b *Batch) Set(row int, c Column, text string) {
	if r := b.rows[row]; !b.busy() && r.State != Invited {
		r.Cells[c] = text
		delete(b.names, r) // it is another invitation now
		b.check()
		b.OnChange()
	}
}

// Undone writes the rows of which nobody was invited, with what is wrong as why
// tells it, so that they can be put right in the file and read again.
func (b *Batch) Undone(w io.Writer, why func(*Row) string) error {
	var header []string
	for _, c := range Columns() {
		header = append(header, string(c))
	}
	rows := [][]string{append(header, "error")}
	for _, r := range b.rows {
		if r.State == Invited {
			continue
		}
		var cells []string
		for _, c := range Columns() {
			cells = append(cells, r.Cells[c])
		}
		rows = append(rows, append(cells, why(r)))
	}
	return writeTable(w, rows)
}

func (b *Batch) busy() bool { return b.step == Trying || b.step == Inviting }

// load reads the rows from the table.
func (b *Batch) load() {
	b.rows = nil
	for i, values := range b.table.rows {
		r := &Row{Line: b.table.lines[i], Cells: map[Column]string{}}
		for _, c := range Columns() {
			r.Cells[c] = b.mapping.value(values, c)
		}
		b.rows = append(b.rows, r)
	}
	b.step, b.err = Assigning, nil
	if _, mapped := b.mapping[Email]; mapped {
		b.step = Checking
	}
	b.check()
}

// check reads the rows anew; those that are invited stay so.
func (b *Batch) check() {
	seen := map[string]bool{}
	for _, r := range b.rows {
		email := policy.CanonicalEmail(r.Cells[Email])
		if r.State != Invited {
			r.read(b.directory, b.cfg.Zone)
			r.fault(Email, Known, r.Faults[Email] == "" && b.cfg.known(email))
			r.fault(Email, Twice, r.Faults[Email] == "" && seen[email])
		}
		seen[email] = true
	}
	if b.step == Done {
		b.step = Checking
	}
}
