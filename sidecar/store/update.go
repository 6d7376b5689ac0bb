package store

import (
	"context"
	"encoding/json"

	"sightline.example/policy"
)

// Update changes an entity as change says, with its audit record: Before and
// After are filled in. Change gets the current value; it may be called several
// times, when somebody else was first. An error of change ends the update.
func (c Collection[T]) Update(ctx context.Context, a Audit, id string, change func(*T) error) (Commit, error) {
	for {
		current, err := c.Get(ctx, id)
		if err != nil {
			return Commit{}, err
		}
		// Before change can write to what the value points to.
		if a.Before, err = json.Marshal(current.Value); err != nil {
			return Commit{}, err
		}
		next := current.Value
		if err := change(&next); err != nil {
			return Commit{}, err
		}
		if a.After, err = json.Marshal(next); err != nil {
			return Commit{}, err
		}
		done, err := c.store.Commit(ctx, a, nil, c.Replace(id, next, current.Revision))
		if policy.CodeOf(err) != policy.Stale || ctx.Err() != nil {
			return done, err
		}
	}
}
