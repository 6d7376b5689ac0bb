// Package trail is the audit log as an admin looks through it: the newest first,
// filtered by the sidecar, further and further back; exported, and verified.
//
// A Trail and a Verification belong to the UI goroutine.
package trail

import (
	"cmp"
	"context"
	"slices"
	"time"

	"sightline.example/desktop/async"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/audit"
	"sightline.example/sidecar/client"
)

// part is how many records are read at once.
const part = 200

// rest is how long a trail waits before it looks for records that are new.
const rest = time.Second

// Config says where the log comes from. The functions are methods of
// client.Client: see Calls. All but Part are required.
type Config struct {
	On    async.Dispatcher
	Find  func(ctx context.Context, q audit.Query) (api.AuditPage, error)
	Lines func(ctx context.Context, after uint64, limit int) (api.AuditLines, error)
	// Team reads all admins and keys, by id.
	Team func(ctx context.Context) (map[string]Actor, error)
	// Part is how many records an export or a verification reads at once; 0 is
	// api.MaxPage.
	Part int
}

func (c Config) part() int { return cmp.Or(c.Part, api.MaxPage) }

// Calls returns a Config that reads the log by a client.
func Calls(on async.Dispatcher, c *client.Client) Config {
	return Config{On: on, Find: c.FindAudit, Lines: c.AuditLines, Team: teamBy(c)}
}

// State says what there is to show.
type State string

// The states.
const (
	Loading State = "loading" // nothing has been read yet
	Rows    State = "rows"
	None    State = "none"   // no record fits the filter
	Failed  State = "failed" // the log could not be read: see Err
)

// Trail is the log, as far as it has been read.
type Trail struct {
	// OnChange is called when anything to be shown has changed.
	OnChange func()

	cfg     Config
	on      *async.Scope
	filter  Filter
	rows    []*Row // the newest first
	next    uint64 // where older ones go on; 0 at the end
	newest  uint64
	read    bool // something was, by this filter
	err     error
	actors  map[string]Actor // in records
	team    map[string]Actor // nil while it is not known
	teaming bool             // it is being read

	older async.Latest[audit.Query, found]
	newer async.Latest[audit.Query, found]
	again bool // there may be more that are new
}

// found is records in the order that was asked for.
type found struct {
	records []audit.Record
	next    uint64
}

// New returns a trail that begins to read the newest records that fit a filter.
func New(cfg Config, f Filter) *Trail {
	t := &Trail{OnChange: func() {}, cfg: cfg, on: async.NewScope(cfg.On), filter: f, actors: map[string]Actor{}}
	t.older = async.Latest[audit.Query, found]{On: t.on, Work: cfg.some, Install: t.addOlder}
	t.newer = async.Latest[audit.Query, found]{On: t.on, Work: cfg.all, Install: t.addNewer, Delay: rest}
	t.Reload()
	return t
}

// Close ends what the trail does in the background.
func (t *Trail) Close() { t.on.Close() }

// Len returns how many records have been read.
func (t *Trail) Len() int { return len(t.rows) }

// At returns a record, the newest for 0. It is not to be changed.
func (t *Trail) At(i int) *Row { return t.rows[i] }

// Find returns the record with a key, or nil if it has not been read.
func (t *Trail) Find(key string) *Row {
	i := slices.IndexFunc(t.rows, func(r *Row) bool { return r.Key() == key })
	if i < 0 {
		return nil
	}
	return t.rows[i]
}

// State returns what there is to show.
func (t *Trail) State() State {
	switch {
	case len(t.rows) > 0:
		return Rows
	case t.err != nil:
		return Failed
	case t.read && !t.older.Busy():
		return None
	}
	return Loading
}

// Err returns why older records could not be read, if so. More tries again.
func (t *Trail) Err() error { return t.err }

// CanMore reports whether older records can be read.
func (t *Trail) CanMore() bool { return t.read && t.next > 0 && !t.older.Busy() }

// Filter returns which records are shown.
func (t *Trail) Filter() Filter { return t.filter }

// SetFilter has other records shown.
func (t *Trail) SetFilter(f Filter) {
	if f != t.filter {
		t.filter = f
		t.Reload()
	}
}

// Reload reads everything anew.
func (t *Trail) Reload() {
	t.rows, t.next, t.newest, t.read, t.err, t.again = nil, 0, 0, false, nil, false
	t.newer.Cancel()
	t.older.Set(t.query())
	t.OnChange()
}

// More reads older records, if there are any that are not being read already.
func (t *Trail) More() {
	if t.CanMore() {
		t.err = nil
		q := t.query()
		q.After = t.next
		t.older.Set(q)
		t.OnChange()
	}
}

// Follow looks for records that are new, a little later and all at once however
// often it is called. It is for whenever something may have been done.
func (t *Trail) Follow() {
	switch {
	case !t.read || t.older.Busy() && t.newest == 0:
	case t.newer.Busy():
		t.again = true
	case t.newest == 0:
		t.Reload()
	default:
		q := t.query()
		q.Descending, q.After = false, t.newest
		t.newer.Set(q)
	}
}

func (t *Trail) query() audit.Query {
	q := t.filter.query()
	q.Descending, q.Limit = true, part
	return q
}

// some reads records until there is one to show or no more of them: a page can be
// empty and not the last.
func (c Config) some(ctx context.Context, q audit.Query) (f found, err error) {
	for {
		page, err := c.Find(ctx, q)
		if err != nil {
			return f, err
		}
		f.records, f.next = append(f.records, page.Items...), page.Next
		if len(f.records) > 0 || f.next == 0 {
			return f, nil
		}
		q.After = f.next
	}
}

// all reads records to the end.
func (c Config) all(ctx context.Context, q audit.Query) (f found, err error) {
	for {
		part, err := c.some(ctx, q)
		if err != nil {
			return f, err
		}
		f.records = append(f.records, part.records...)
		if part.next == 0 {
			return f, nil
		}
		q.After = part.next
	}
}

func (t *Trail) addOlder(f found, err error) {
	t.err = err
	if err == nil {
		t.rows = append(t.rows, t.take(f)...)
		t.next, t.read = f.next, true
	}
	t.OnChange()
}

// addNewer adds what is new. A failure is not told: the next look finds it too.
func (t *Trail) addNewer(f found, err error) {
	if err == nil && len(f.records) > 0 {
		slices.Reverse(f.records)
		t.rows = append(t.take(f), t.rows...)
		t.OnChange()
	}
	if t.again {
		t.again = false
		t.Follow()
	}
}

// take returns records as rows, and remembers what they tell of the log.
func (t *Trail) take(f found) []*Row {
	rows := make([]*Row, len(f.records))
	for i, r := range f.records {
		rows[i] = &Row{r}
		t.newest = max(t.newest, r.Seq)
		t.know(Actor{r.Actor.Type, r.Actor.ID, r.Actor.Name})
	}
	return rows
}
