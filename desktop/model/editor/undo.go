package editor

import (
	"context"

	"sightline.example/desktop/model/scope"
	"sightline.example/desktop/model/sketch"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// tries is how often an undo starts over when somebody else was quicker.
const tries = 5

// Undo takes a save back, as a change of its own: what others have changed since
// stays. It fails with policy.Conflict if they have changed the same. done is
// called on the UI goroutine, also after the editor was closed.
func (c Config) Undo(s Saved, done func(error)) {
	c.On.Go(func(ctx context.Context) {
		err := c.undo(ctx, s)
		c.On.Main(func() { done(err) })
	})
}

func (c Config) undo(ctx context.Context, s Saved) (err error) {
	for range tries {
		err = c.tryUndo(ctx, s)
		if policy.CodeOf(err) != policy.Stale {
			return err
		}
	}
	return err
}

func (c Config) tryUndo(ctx context.Context, s Saved) error {
	current, result, err := c.undone(ctx, s)
	if err != nil {
		return err
	}
	next := current.Value
	next.Scope = result
	_, err = c.Replace(ctx, string(s.Client.ID), current.Revision, next, client.Terms{Force: true}) // it was so before
	return err
}

// undone returns the client as it is now, and its scope without what a save did.
func (c Config) undone(ctx context.Context, s Saved) (current client.Stored[policy.Client], result policy.Scope, err error) {
	if current, err = c.Get(ctx, string(s.Client.ID)); err != nil {
		return current, result, err
	}
	m := scope.Three(s.After, current.Value.Scope, s.Before)
	if m.Open() > 0 {
		return current, result, policy.Errorf(policy.Conflict, "the same was changed since")
	}
	return current, m.Result(), nil
}

// Effect is what taking a save back would do to the client as it is now.
type Effect struct {
	Diff    scope.Diff
	Preview sketch.Preview // Ready, against what the client sees now
}

// TryUndo finds out what Undo would do, and fails as that would. It changes nothing.
// done is called on the UI goroutine.
func (c Config) TryUndo(s Saved, done func(Effect, error)) {
	c.On.Go(func(ctx context.Context) {
		effect, err := c.effect(ctx, s)
		c.On.Main(func() { done(effect, err) })
	})
}

func (c Config) effect(ctx context.Context, s Saved) (e Effect, err error) {
	current, result, err := c.undone(ctx, s)
	if err != nil {
		return e, err
	}
	p, err := c.Preview(ctx, current.Token, api.NewPreview{Client: s.Client.ID, Scope: result})
	if err != nil {
		return e, err
	}
	return Effect{scope.Compare(current.Value.Scope, result), sketch.Preview{State: sketch.Ready, Value: &p}}, nil
}
