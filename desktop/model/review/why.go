package review

import (
	"context"
	"strings"

	"sightline.example/desktop/async"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// Answer says whether a client can see something, and what decided it.
type Answer = api.Explanation

// Named is a group or a project by name.
type Named = api.Named

// Why is why one client can see a thing, or can't.
type Why struct {
	// OnChange is called when anything to be shown has changed; nil is not.
	OnChange func()

	on     *async.Scope
	client policy.ClientID
	thing  Thing
	trace  bool
	answer *Answer
	err    error
	latest async.Latest[api.NewExplanation, Answer]
}

// NewWhy returns the question about a client and nothing yet.
func NewWhy(cfg Config, client policy.ClientID) *Why {
	w := &Why{on: async.NewScope(cfg.On), client: client}
	w.latest = async.Latest[api.NewExplanation, Answer]{
		On: w.on, Install: w.install,
		Work: func(ctx context.Context, q api.NewExplanation) (Answer, error) { return cfg.Explain(ctx, q) },
	}
	return w
}

// Close ends what is done in the background.
func (w *Why) Close() {
	w.latest.Cancel()
	w.on.Close()
}

// Ask asks whether the client can see a thing.
func (w *Why) Ask(t Thing) {
	if t != w.thing {
		w.answer = nil
		w.latest.Cancel()
	}
	w.thing = t
	w.Again()
}

// Trace asks for how the rules were evaluated, too.
func (w *Why) Trace() {
	w.trace = true
	w.latest.Cancel()
	w.Again()
}

// Again asks the same anew, if anything was asked. What is known stays meanwhile, and
// what is under way comes to its end first: it can be asked again at each change.
func (w *Why) Again() {
	if w.thing == (Thing{}) {
		return
	}
	w.err = nil
	w.latest.Follow(api.NewExplanation{
		Client: w.client, Resource: policy.Entity{Type: w.thing.Kind, ID: w.thing.ID}, Trace: w.trace,
	})
	w.changed()
}

func (w *Why) install(a Answer, err error) {
	if w.err = err; err == nil {
		w.answer = &a
	}
	w.changed()
}

func (w *Why) changed() {
	if w.OnChange != nil {
		w.OnChange()
	}
}

// Thing returns what is asked about; a zero one is nothing.
func (w *Why) Thing() Thing { return w.thing }

// Answer returns the answer; nil if there is none.
func (w *Why) Answer() *Answer { return w.answer }

// Err returns why there was no answer the last time, if so.
func (w *Why) Err() error { return w.err }

// Traced returns the lines of how the rules were evaluated; none if that was not
// asked for.
func (w *Why) Traced() []string {
	if w.answer == nil || w.answer.Trace == "" {
		return nil
	}
	return strings.Split(strings.TrimRight(w.answer.Trace, "\n"), "\n")
}
