package admin

import (
	"context"

	"github.com/google/uuid"

	"sightline.example/policy"
	"sightline.example/sidecar/store"
)

// identified is what the answer to a change of an entity says that the request
// may not: the rest of the answer is the entity as it was sent.
type identified struct {
	ID string `json:"id"`
	policy.Trail
}

// Create stores a new entity. If v has no id, it gets a UUID version 7. It fails
// with policy.Exists if the id is taken or was once used, and with
// policy.DeadReference if v names what does not exist, unless forced.
func (c Collection[T]) Create(ctx context.Context, caller policy.Caller, t Terms, v T) (Changed[T], error) {
	id := c.id(&v)
	if id == "" {
		id = newID()
		c.setID(&v, id)
	}
	c.stamp(caller, &v, nil)
	ch := Change{Caller: caller, Terms: t, Intent: Intent{Action: actionCreate, Kind: c.kind, ID: id}, After: v}
	view, err := c.admin.Authorise(ctx, caller, ch.Intent)
	if err != nil {
		return Changed[T]{}, err
	}
	if err := c.check(&v); err != nil {
		return Changed[T]{}, err
	}
	if done, found, err := Replay[identified](ctx, c.admin, ch); found || err != nil {
		return c.as(v, done), err
	}
	if err := c.admin.checkReferences(ctx, view.Data(), t, c.refs(&v)); err != nil {
		return Changed[T]{}, err
	}
	ops, err := c.with(ctx, c.store.Create(id, v), nil, &v)
	if err != nil {
		return Changed[T]{}, err
	}
	done, err := Commit(ctx, c.admin, ch, c.identify(&v), ops...)
	return c.as(v, done), err
}

// Adding returns the changes that add v, which has an id and is checked: for
// whoever adds it together with something else. It fails like [Collection.Create].
func (c Collection[T]) Adding(ctx context.Context, caller policy.Caller, t Terms, v *T) ([]store.Op, error) {
	view, ok := c.admin.engine.View()
	if !ok {
		return nil, errNoView()
	}
	if err := c.admin.checkReferences(ctx, view.Data(), t, c.refs(v)); err != nil {
		return nil, err
	}
	c.stamp(caller, v, nil)
	return c.with(ctx, c.store.Create(c.id(v), *v), nil, v)
}

// with returns a change with those that go along with it.
func (c Collection[T]) with(ctx context.Context, op store.Op, before, after *T) ([]store.Op, error) {
	if c.along == nil {
		return []store.Op{op}, nil
	}
	ops, err := c.along(ctx, before, after)
	return append([]store.Op{op}, ops...), err
}

func (c Collection[T]) identify(v *T) identified {
	if c.trail == nil {
		return identified{ID: c.id(v)}
	}
	return identified{c.id(v), *c.trail(v)}
}

// as returns the answer to a change that stored v.
func (c Collection[T]) as(v T, done Changed[identified]) Changed[T] {
	c.setID(&v, done.Value.ID)
	if c.trail != nil {
		*c.trail(&v) = done.Value.Trail
	}
	return Changed[T]{Value: v, Revision: done.Revision}
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }
