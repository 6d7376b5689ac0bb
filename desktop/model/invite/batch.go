package invite

import (
	"io"
	"time"

	"sightline.example/desktop/async"
	"sightline.example/desktop/model/sketch"
)

// Step is how far a batch has come.
type Step string

// The steps.
const (
	Reading   Step = "reading"   // the rows are being read, as the columns are assigned
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
	table     *Table
	mapping   Mapping
	directory *sketch.Directory       // nil until it is known
	known     func(email string) bool // likewise
	offline   bool

	rows    []*Row
	places  places  // of the addresses in rows
	around  *around // what rows were held against; nil until they were
	reading bool    // in the background
	again   bool    // what rows are read from has changed since that began

	step     Step
	chunk    int // rows that are done of those that are sent
	total    int
	work     *async.Scope // what is under way
	counting *counting    // of the last Try
	err      error
	broke    Step // which err broke off
}

// NewBatch returns a batch of a table. The mapping is guessed. It has no rows before
// SetDirectory.
func NewBatch(cfg Config, t *Table) *Batch {
	if cfg.Zone == nil {
		cfg.Zone = time.Local
	}
	return &Batch{OnChange: func() {}, cfg: cfg, on: async.NewScope(cfg.On), table: t, mapping: t.Guess(), step: Reading}
}

// SetDirectory says what groups and projects there are now, and who is known: whether
// a client has an address, in canonical form. known is called in the background too.
func (b *Batch) SetDirectory(d *sketch.Directory, known func(email string) bool) {
	b.directory, b.known = d, known
	b.check()
}

// SetOffline says whether asking and inviting have to wait.
func (b *Batch) SetOffline(offline bool) {
	if offline != b.offline {
		b.offline = offline
		b.OnChange()
	}
}

// Close ends what the batch does in the background.
func (b *Batch) Close() { b.on.Close() }

// Step returns how far the batch has come.
func (b *Batch) Step() Step { return b.step }

// Err returns why the last step broke off, if so. What was done before is in the
// rows.
func (b *Batch) Err() error { return b.err }

// Broke returns the step that Err broke off: Trying or Inviting.
func (b *Batch) Broke() Step { return b.broke }

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
// was put right stays, and so do those who are invited.
func (b *Batch) SetColumn(c Column, i int) {
	if b.busy() {
		return
	}
	if i < 0 {
		delete(b.mapping, c)
	} else {
		b.mapping[c] = i
	}
	b.step, b.err = Reading, nil
	b.check()
	b.OnChange()
}

// Set puts a cell of a row right.
func (b *Batch) Set(row int, c Column, text string) {
	if r := b.rows[row]; !b.busy() && r.State != Invited {
		b.put(row, r.with(c, text, b.mapping))
		if b.step == Done {
			b.step = Checking
		}
		b.OnChange()
	}
}

// Corrected returns how many rows were put right, of which nobody was invited yet.
func (b *Batch) Corrected() (n int) {
	for _, r := range b.rows {
		if r.State != Invited && len(r.typed) > 0 {
			n++
		}
	}
	return n
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
