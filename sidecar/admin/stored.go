package admin

import (
	"context"
	"errors"

	"sightline.example/policy"
	"sightline.example/sidecar/store"
)

// stored returns the entity at the revision, as shown, for the audit record. It
// is nil if it can't be read, which is no reason not to replace or delete it.
func stored[T any](ctx context.Context, c store.Collection[T], id string, revision int64, shown func(T) any) (any, error) {
	if err := policy.CheckID("id", id); err != nil {
		return nil, err
	}
	v, err := c.Get(ctx, id)
	if unreadable, ok := errors.AsType[*store.Unreadable](err); ok {
		return nil, fresh(unreadable.Revision, revision)
	}
	if err != nil {
		return nil, err
	}
	return shown(v.Value), fresh(v.Revision, revision)
}

func fresh(stored, seen int64) error {
	if stored != seen {
		return policy.Errorf(policy.Stale, "it was changed since the version you have seen")
	}
	return nil
}

func whole[T any](v T) any { return v }
