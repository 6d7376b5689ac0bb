package admin

import (
	"context"

	"sightline.example/policy"
)

// Replace puts v in the place of the entity with the id. It fails with
// policy.Stale if that is not at t.Revision any more, and with
// policy.DeadReference if v names what does not exist, unless forced.
func (c Collection[T]) Replace(ctx context.Context, caller policy.Key, t Terms, id string, v T) (Changed[T], error) {
	given := c.id(&v)
	c.setID(&v, id)
	ch := change{caller: caller, terms: t, intent: intent{action: actionReplace, kind: c.kind, id: id}, after: v}
	view, err := c.admin.authorise(ctx, caller, ch.intent)
	if err != nil {
		return Changed[T]{}, err
	}
	if given != "" && given != id {
		return Changed[T]{}, policy.FieldErrorf("id", "must be the id in the path, or left out")
	}
	if err := t.conditional(); err != nil {
		return Changed[T]{}, err
	}
	if err := c.check(&v); err != nil {
		return Changed[T]{}, err
	}
	if done, found, err := replay[identified](ctx, c.admin, ch); found || err != nil {
		return c.as(v, done), err
	}
	if ch.before, err = stored(ctx, c.store, id, whole[T]); err != nil {
		return Changed[T]{}, err
	}
	if err := c.admin.checkReferences(ctx, view.Data(), t, c.refs(&v)); err != nil {
		return Changed[T]{}, err
	}
	done, err := commit(ctx, c.admin, ch, identified{id}, c.store.Replace(id, v, t.Revision))
	return c.as(v, done), err
}
