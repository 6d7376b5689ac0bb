package trail

import (
	"bytes"
	"context"
	"iter"

	"sightline.example/desktop/async"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/audit"
)

// Verdict is what a verification has found.
type Verdict struct {
	Records  int    // that are whole
	Archived uint64 // up to this number they are in the archive's files only
	Last     string // number and hash of the last of them, to be kept elsewhere
	Err      error  // nil if all are whole; an audit.Fault tells the first that is not
}

// Verification is the checking of the whole log, as it is stored: the app
// computes every hash itself, and believes the sidecar nothing.
type Verification struct {
	// OnChange is called when it has come further, and when it has ended.
	OnChange func()

	on       *async.Scope
	done, of int
	verdict  *Verdict
}

// Verify begins a verification.
func Verify(cfg Config) *Verification {
	v := &Verification{OnChange: func() {}, on: async.NewScope(cfg.On)}
	v.on.Go(func(ctx context.Context) {
		verdict := cfg.verify(ctx, func(done, of int) {
			v.on.Main(func() {
				v.done, v.of = done, of
				v.OnChange()
			})
		})
		v.on.Main(func() {
			v.verdict = &verdict
			v.OnChange()
		})
	})
	return v
}

// Close ends the verification, wherever it is.
func (v *Verification) Close() { v.on.Close() }

// Progress returns how many records have been checked, of how many.
func (v *Verification) Progress() (done, of int) { return v.done, v.of }

// Verdict returns what was found; nil while it is not known.
func (v *Verification) Verdict() *Verdict { return v.verdict }

func (c Config) verify(ctx context.Context, progress func(done, of int)) Verdict {
	first, err := c.Lines(ctx, 0, c.part())
	if err != nil {
		return Verdict{Err: err}
	}
	chain := audit.Chain{Start: first.Tail, Head: &first.Head}
	summary, err := chain.Verify(c.lines(ctx, first, progress))
	return Verdict{Records: int(summary.Records), Archived: first.Tail.Seq, Last: summary.Last.String(), Err: err}
}

// lines returns all stored records up to the head that was there first, part by
// part.
func (c Config) lines(ctx context.Context, first api.AuditLines, progress func(done, of int)) iter.Seq2[[]byte, error] {
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
			progress(int(last-first.Tail.Seq), int(first.Head.Seq-first.Tail.Seq))
			if last == before || last == first.Head.Seq {
				return
			}
			more, err := c.Lines(ctx, last, c.part())
			if err != nil {
				yield(nil, err)
				return
			}
			text = more.Text
		}
	}
}
