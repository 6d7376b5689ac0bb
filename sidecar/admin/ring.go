package admin

import (
	"context"
	"slices"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/store"
)

// ring is what Bootstrap must know of the keys.
type ring struct {
	owned     bool // an owner has a key that has not expired
	bootstrap []store.Versioned[policy.Key]
}

func (a *Admin) keys(ctx context.Context) (ring, error) {
	var r ring
	for after := ""; ; {
		page, err := a.store.Keys().List(ctx, after, api.MaxPage)
		if err != nil {
			return r, err
		}
		for _, k := range page.Items {
			r.add(k, a.now())
		}
		if after = page.Next; after == "" {
			return r, nil
		}
	}
}

func (r *ring) add(k store.Versioned[policy.Key], now time.Time) {
	switch k.Value.Role {
	case policy.RoleOwner:
		r.owned = r.owned || now.Before(k.Value.Expires)
	case policy.RoleBootstrap:
		r.bootstrap = append(r.bootstrap, k)
	}
}

// bootstraps reports whether the key is one of the bootstrap keys.
func (r ring) bootstraps(id policy.KeyID) bool {
	return slices.ContainsFunc(r.bootstrap, func(k store.Versioned[policy.Key]) bool { return k.Value.ID == id })
}

// dropBootstrap returns the deletion of all bootstrap keys.
func (r ring) dropBootstrap(c store.Collection[policy.Key]) []store.Op {
	ops := make([]store.Op, len(r.bootstrap))
	for i, k := range r.bootstrap {
		ops[i] = c.Delete(string(k.Value.ID), k.Revision)
	}
	return ops
}
