package admin

import (
	"context"

	"sightline.example/policy"
)

// Replace puts v in the place of the entity with the id. It fails with
// policy.Stale if that is not at t.Revision any more, and with
// policy.DeadReference if v names what does not exist, unless forced.
func (c Collection[T]) Replace(ctx context.Context, caller policy.Caller, t Terms, id string, v T) (Changed[T], error) {
	given := c.id(&v)
	c.setID(&v, id)
	ch := Change{Caller: caller, Terms: t, Intent: Intent{Action: actionReplace, Kind: c.kind, ID: id}}
	view, err := c.admin.Authorise(ctx, caller, ch.Intent)
	if err != nil {
		return Changed[T]{}, err
	}
	if given != "" && given != id {
		return Changed[T]{}, policy.FieldErrorf("id", "must be the id in the path, or left out")
	}
	if err := t.Conditional(); err != nil {
		return Changed[T]{}, err
	}
	if err := c.check(&v); err != nil {
		return Changed[T]{}, err
	}
	if done, found, err := Replay[identified](ctx, c.admin, ch); found || err != nil {
		return c.as(v, done), err
	}
	before, err := stored(ctx, c.store, id)
	if err != nil {
		return Changed[T]{}, err
	}
	if err := c.admin.checkReferences(ctx, view.Data(), t, c.refs(&v)); err != nil {
		return Changed[T]{}, err
	}
	c.stamp(caller, &v, before)
	ch.Before, ch.After = shown(before), v
	ops, err := c.with(ctx, c.store.Replace(id, v, t.Revision), before, &v)
	if err != nil {
		return Changed[T]{}, err
	}
	done, err := Commit(ctx, c.admin, ch, c.identify(&v), ops...)
	return c.as(v, done), err
}
