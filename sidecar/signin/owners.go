package signin

import (
	"context"
	"errors"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/store"
)

// owns reports whether an admin is an active owner.
func owns(a policy.Admin) bool { return a.Role == policy.RoleOwner && a.Status == policy.Active }

// owners returns the active owners, as they are stored now.
func (d *Desk) owners(ctx context.Context) ([]store.Versioned[policy.Admin], error) {
	admins, err := all(ctx, d.store.Admins())
	var owners []store.Versioned[policy.Admin]
	for _, a := range admins {
		if owns(a.Value) {
			owners = append(owners, a)
		}
	}
	return owners, err
}

// errOwnerMoved says that the owner who was to be left has been changed.
var errOwnerMoved = errors.New("another owner was changed meanwhile")

// commitTeam makes a change of an admin. If it takes an active owner away, it
// does so only as long as another one stands unchanged: of two owners who remove
// each other at once, one fails.
func commitTeam(ctx context.Context, d *Desk, c admin.Change, leaves bool, answer policy.Admin, ops ...store.Op) (admin.Changed[policy.Admin], error) {
	if !leaves {
		return admin.Commit(ctx, d.admin, c, answer, ops...)
	}
	for {
		other, err := d.otherOwner(ctx, c.ID)
		if err != nil {
			return admin.Changed[policy.Admin]{}, err
		}
		stays := d.store.Admins().Keep(string(other.Value.ID), other.Revision).Or(errOwnerMoved)
		done, err := admin.Commit(ctx, d.admin, c, answer, append(ops[:len(ops):len(ops)], stays)...)
		if !errors.Is(err, errOwnerMoved) {
			return done, err
		}
	}
}

// otherOwner returns an active owner besides the one with the id.
func (d *Desk) otherOwner(ctx context.Context, id string) (store.Versioned[policy.Admin], error) {
	owners, err := d.owners(ctx)
	for _, o := range owners {
		if string(o.Value.ID) != id {
			return o, nil
		}
	}
	if err == nil {
		err = policy.Errorf(policy.Conflict, "this is the last active owner; make another one first")
	}
	return store.Versioned[policy.Admin]{}, err
}
