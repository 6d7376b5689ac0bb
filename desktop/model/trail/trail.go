// Package trail is the audit log as an admin looks through it: the newest first,
// filtered, further and further back, and verified.
//
// A Trail belongs to the UI goroutine.
package trail

import (
	"bytes"
	"context"
	"encoding/json"
	"iter"
	"slices"
	"strconv"
	"strings"

	"sightline.example/desktop/async"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/audit"
)

// part is how many records are read at once.
const part = 500

// Config says where the log comes from. The functions are the methods of
// client.Client.
type Config struct {
	On    async.Dispatcher // required, as the two that follow
	Page  func(ctx context.Context, after uint64, limit int) (api.AuditPage, error)
	Lines func(ctx context.Context, after uint64, limit int) (api.AuditLines, error)
}

// Filter says which records are shown. Every field that is set is a condition.
type Filter struct {
	Text string // in who did it, what was done, or the id it was done to
	Kind string // of the entity
	ID   string // of the entity
}

func (f Filter) holds(r *audit.Record) bool {
	if f.Kind != "" && r.Kind != f.Kind || f.ID != "" && r.ID != f.ID {
		return false
	}
	text := strings.ToLower(strings.Join([]string{r.Actor.Name, r.Action, r.Kind, r.ID, r.Detail}, " "))
	for _, word := range strings.Fields(strings.ToLower(f.Text)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// Verdict is what a verification has found.
type Verdict struct {
	Records uint64 // that are whole
	Last    string // number and hash of the last of them, to be kept elsewhere
	Fault   error  // nil if all are whole
}

// Trail is the log, as far as it has been read.
type Trail struct {
	// OnChange is called when anything to be shown has changed.
	OnChange func()

	cfg      Config
	on       *async.Scope
	filter   Filter
	records  []*audit.Record // the newest first
	shown    []*audit.Record
	oldest   uint64 // everything after it has been read
	started  bool
	archived uint64
	loading  bool
	checking bool
	err      error
	verdict  *Verdict
}

// New returns a trail that begins to read the newest records.
func New(cfg Config, f Filter) *Trail {
	t := &Trail{OnChange: func() {}, cfg: cfg, on: async.NewScope(cfg.On), filter: f}
	t.load()
	return t
}

// Close ends what the trail does in the background.
func (t *Trail) Close() { t.on.Close() }

// Len returns how many records are shown.
func (t *Trail) Len() int { return len(t.shown) }

// At returns a record that is shown; it is not to be changed.
func (t *Trail) At(i int) *audit.Record { return t.shown[i] }

// Find returns the record of a number, or nil.
func (t *Trail) Find(seq string) *audit.Record {
	for _, r := range t.shown {
		if strconv.FormatUint(r.Seq, 10) == seq {
			return r
		}
	}
	return nil
}

// Loading reports whether records are being read, Err why they could not be.
func (t *Trail) Loading() bool { return t.loading }

// Err returns why records could not be read, if so.
func (t *Trail) Err() error { return t.err }

// CanMore reports whether there are older records that have not been read.
func (t *Trail) CanMore() bool { return !t.loading && t.started && t.oldest > t.archived }

// Archived returns the number of the last record that is in the archive only.
func (t *Trail) Archived() uint64 { return t.archived }

// Filter returns which records are shown.
func (t *Trail) Filter() Filter { return t.filter }

// SetFilter says which of the records that have been read are shown.
func (t *Trail) SetFilter(f Filter) {
	t.filter = f
	t.show()
}

// More reads older records.
func (t *Trail) More() {
	if t.CanMore() {
		t.load()
	}
}

// Reload reads everything anew.
func (t *Trail) Reload() {
	if !t.loading {
		t.records, t.started = nil, false
		t.load()
	}
}

func (t *Trail) load() {
	t.loading, t.err = true, nil
	started, before := t.started, t.oldest
	cfg := t.cfg
	t.on.Go(func(ctx context.Context) {
		got, err := cfg.read(ctx, started, before)
		t.on.Main(func() { t.loaded(got, err) })
	})
	t.OnChange()
}

// stretch is records that stand beside each other.
type stretch struct {
	records  []audit.Record
	after    uint64 // they begin after it
	archived uint64
}

// read reads the records up to a number, or the newest ones.
func (c Config) read(ctx context.Context, started bool, before uint64) (s stretch, err error) {
	if !started {
		lines, err := c.Lines(ctx, 0, 1)
		if err != nil {
			return s, err
		}
		before, s.archived = lines.Head.Seq, lines.Tail.Seq
	}
	if before > part {
		s.after = before - part
	}
	if before == s.archived {
		s.after = before
		return s, nil
	}
	page, err := c.Page(ctx, max(s.after, s.archived), part)
	if err != nil {
		return s, err
	}
	s.archived = max(s.archived, page.ArchivedThrough)
	s.after = max(s.after, s.archived)
	s.records = slices.DeleteFunc(page.Items, func(r audit.Record) bool { return started && r.Seq > before })
	return s, nil
}

func (t *Trail) loaded(s stretch, err error) {
	t.loading, t.err = false, err
	if err == nil {
		for i := range slices.Backward(s.records) {
			t.records = append(t.records, &s.records[i])
		}
		t.started, t.oldest, t.archived = true, s.after, max(t.archived, s.archived)
	}
	t.show()
}

func (t *Trail) show() {
	t.shown = nil
	for _, r := range t.records {
		if t.filter.holds(r) {
			t.shown = append(t.shown, r)
		}
	}
	t.OnChange()
}

// Checking reports whether the log is being verified.
func (t *Trail) Checking() bool { return t.checking }

// Verdict returns what the last verification has found; nil if there was none.
func (t *Trail) Verdict() *Verdict { return t.verdict }

// Verify reads the whole log as it is stored and checks its chain.
func (t *Trail) Verify() {
	if t.checking {
		return
	}
	t.checking, t.verdict = true, nil
	cfg := t.cfg
	t.on.Go(func(ctx context.Context) {
		v := cfg.verify(ctx)
		t.on.Main(func() {
			t.checking, t.verdict = false, &v
			t.OnChange()
		})
	})
	t.OnChange()
}

func (c Config) verify(ctx context.Context) Verdict {
	first, err := c.Lines(ctx, 0, api.MaxPage)
	if err != nil {
		return Verdict{Fault: err}
	}
	chain := audit.Chain{Start: first.Tail, Head: &first.Head}
	summary, err := chain.Verify(c.lines(ctx, first))
	return Verdict{Records: summary.Records, Last: summary.Last.String(), Fault: err}
}

// lines returns all stored records up to the head that was there first, part by
// part.
func (c Config) lines(ctx context.Context, first api.AuditLines) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		last, text := first.Tail.Seq, first.Text
		for last < first.Head.Seq {
			before := last
			for line, err := range audit.Lines(bytes.NewReader(text)) {
				if last == first.Head.Seq || !yield(line, err) {
					return
				}
				last++
			}
			if last == before {
				return // the sidecar has no more: the head does not fit
			}
			more, err := c.Lines(ctx, last, api.MaxPage)
			if err != nil {
				yield(nil, err)
				return
			}
			text = more.Text
		}
	}
}

// Scopes returns the scope of a client before and after what a record tells of,
// or false if it is not about the change of one.
func Scopes(r *audit.Record) (before, after policy.Scope, ok bool) {
	var old, next struct {
		Scope *policy.Scope `json:"scope"`
	}
	if r.Kind != string(policy.KindClients) || json.Unmarshal(r.Before, &old) != nil || json.Unmarshal(r.After, &next) != nil {
		return before, after, false
	}
	if old.Scope == nil || next.Scope == nil {
		return before, after, false
	}
	return *old.Scope, *next.Scope, true
}
