package editor

import (
	"context"

	"sightline.example/desktop/model/scope"
	"sightline.example/policy"
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
	id := string(s.Client.ID)
	current, err := c.Get(ctx, id)
	if err != nil {
		return err
	}
	m := scope.Three(s.After, current.Value.Scope, s.Before)
	if m.Open() > 0 {
		return policy.Errorf(policy.Conflict, "the same was changed since")
	}
	next := current.Value
	next.Scope = m.Result()
	_, err = c.Replace(ctx, id, current.Revision, next, client.Terms{Force: true}) // it was so before
	return err
}
