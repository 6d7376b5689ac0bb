package admin

import (
	"context"

	"github.com/google/uuid"

	"sightline.example/policy"
)

// identified is what the answer to a change of an entity says that the request
// may not: the rest of the answer is the entity as it was sent.
type identified struct {
	ID string `json:"id"`
}

// Create stores a new entity. If v has no id, it gets a UUID version 7. It fails
// with policy.Exists if the id is taken or was once used, and with
// policy.DeadReference if v names what does not exist, unless forced.
func (c Collection[T]) Create(ctx context.Context, caller policy.Key, t Terms, v T) (Changed[T], error) {
	id := c.id(&v)
	if id == "" {
		id = newID()
		c.setID(&v, id)
	}
	ch := change{caller: caller, terms: t, intent: intent{action: actionCreate, kind: c.kind, id: id}, after: v}
	view, err := c.admin.authorise(ctx, caller, ch.intent)
	if err != nil {
		return Changed[T]{}, err
	}
	if err := c.check(&v); err != nil {
		return Changed[T]{}, err
	}
	if done, found, err := replay[identified](ctx, c.admin, ch); found || err != nil {
		return c.as(v, done), err
	}
	if err := c.admin.checkReferences(ctx, view.Data(), t, c.refs(&v)); err != nil {
		return Changed[T]{}, err
	}
	done, err := commit(ctx, c.admin, ch, identified{id}, c.store.Create(id, v))
	return c.as(v, done), err
}

// as returns the answer to a change that stored v.
func (c Collection[T]) as(v T, done Changed[identified]) Changed[T] {
	c.setID(&v, done.Value.ID)
	return Changed[T]{Value: v, Revision: done.Revision}
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }
