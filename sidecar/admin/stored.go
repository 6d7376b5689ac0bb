package admin

import (
	"context"
	"errors"

	"sightline.example/policy"
	"sightline.example/sidecar/store"
)

// stored returns the entity as it is. It is nil if it can't be read, which is no
// reason not to replace or delete it. If it is not at the revision of the
// change, the store refuses that.
func stored[T any](ctx context.Context, c store.Collection[T], id string) (*T, error) {
	if err := policy.CheckID("id", id); err != nil {
		return nil, err
	}
	v, err := c.Get(ctx, id)
	if errors.Is(err, store.ErrUnreadable) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &v.Value, nil
}

// shown returns what an audit record shows of an entity, nil for none.
func shown[T any](v *T) any {
	if v == nil {
		return nil
	}
	return *v
}
