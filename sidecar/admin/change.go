package admin

import (
	"context"
	"encoding/json"
	"fmt"

	"sightline.example/policy"
	"sightline.example/sidecar/audit"
	"sightline.example/sidecar/store"
)

// maxKept is the longest answer that is kept for repeats, in bytes: it has to fit
// in one transaction with the change itself.
const maxKept = 128 << 10

// Changed is what a change came to.
type Changed[T any] struct {
	Value    T
	Revision int64 // at which it took effect
}

// Change is one change on its way into the store.
type Change struct {
	Caller policy.Caller
	Terms  Terms
	Intent
	Before, After any // for the audit record; nil for none
	Detail        string
	Short         any // kept for repeats in the place of an answer over 128 KiB
}

// Replay returns the answer to an earlier request that c is a repeat of. It
// comes before all checks that depend on what is stored now, because what was
// right once would look wrong the second time.
func Replay[R any](ctx context.Context, a *Admin, c Change) (done Changed[R], found bool, err error) {
	once := c.Terms.once(c.Caller)
	if once == nil {
		return done, false, nil
	}
	earlier, found, err := a.store.Replay(ctx, *once)
	if err != nil || !found {
		return done, false, err
	}
	done, err = answered[R](earlier)
	return done, true, err
}

// Commit writes the operations with the audit record of c. The answer is kept
// for repeats; if c turns out to be one, the first answer is returned.
func Commit[R any](ctx context.Context, a *Admin, c Change, answer R, ops ...store.Op) (Changed[R], error) {
	once, audit, err := a.records(c, answer)
	if err != nil {
		return Changed[R]{}, err
	}
	made, err := a.store.Commit(ctx, audit, once, ops...)
	if err != nil {
		return Changed[R]{}, err
	}
	return settled(made, answer)
}

func settled[R any](made store.Commit, answer R) (Changed[R], error) {
	if made.Replayed {
		return answered[R](made)
	}
	return Changed[R]{Value: answer, Revision: made.Revision}, nil
}

func answered[R any](earlier store.Commit) (Changed[R], error) {
	done := Changed[R]{Revision: earlier.Revision}
	if err := json.Unmarshal(earlier.Result, &done.Value); err != nil {
		return done, fmt.Errorf("decode the answer to an earlier request: %w", err)
	}
	return done, nil
}

// records returns what is written besides the change itself.
func (a *Admin) records(c Change, answer any) (*store.Once, store.Audit, error) {
	entry := store.Audit{
		At:     a.now().UTC(),
		Actor:  audit.ActorOf(c.Caller),
		Action: c.Action,
		Kind:   string(c.Kind),
		ID:     c.ID,
		Detail: c.Detail,
	}
	var err error
	if entry.Before, err = text(c.Before); err != nil {
		return nil, entry, err
	}
	if entry.After, err = text(c.After); err != nil {
		return nil, entry, err
	}
	once := c.Terms.once(c.Caller)
	if once != nil {
		once.Result, err = kept(answer, c.Short)
	}
	return once, entry, err
}

// kept returns what a repeat is answered with.
func kept(answer, short any) ([]byte, error) {
	full, err := text(answer)
	if err == nil && len(full) > maxKept {
		return text(short)
	}
	return full, err
}

func text(v any) (json.RawMessage, error) {
	if v == nil {
		return nil, nil
	}
	return json.Marshal(v)
}
