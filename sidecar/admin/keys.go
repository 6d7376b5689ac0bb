package admin

import (
	"context"
	"slices"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// ListKeys returns the keys after the given id, like [Collection.List].
func (a *Admin) ListKeys(ctx context.Context, caller policy.Caller, after string, limit int) (api.Page[api.Key], error) {
	if _, err := a.Authorise(ctx, caller, Intent{Action: actionRead, Kind: policy.KindKeys}); err != nil {
		return api.Page[api.Key]{}, err
	}
	if err := checkPage(after, limit); err != nil {
		return api.Page[api.Key]{}, err
	}
	stored, err := a.store.Keys().List(ctx, after, limit)
	if err != nil {
		return api.Page[api.Key]{}, err
	}
	return pageOf(stored, api.KeyOf), nil
}

// CreateKey makes a key and returns its text, which nobody can find out again:
// neither the store, the audit log nor the answer to a repeat has it.
//
// A caller with permissions makes keys with no others.
func (a *Admin) CreateKey(ctx context.Context, caller policy.Caller, t Terms, wanted api.NewKey) (Changed[api.CreatedKey], error) {
	key, text := a.newKey(wanted)
	answer := api.CreatedKey{Key: api.KeyOf(key)}
	c := Change{
		Caller: caller, Terms: t, After: answer.Key,
		Intent: Intent{Action: actionCreate, Kind: policy.KindKeys, ID: string(key.ID), Role: key.Role},
	}
	if _, err := a.Authorise(ctx, caller, c.Intent); err != nil {
		return Changed[api.CreatedKey]{}, err
	}
	if err := checkNewKey(caller, key); err != nil {
		return Changed[api.CreatedKey]{}, err
	}
	if done, found, err := Replay[api.CreatedKey](ctx, a, c); found || err != nil {
		return done, err
	}
	done, err := Commit(ctx, a, c, answer, a.store.Keys().Create(string(key.ID), key))
	if err == nil && done.Value.ID == key.ID {
		done.Value.Text = text
	}
	return done, err
}

func checkNewKey(caller policy.Caller, k policy.Key) error {
	if k.Role == policy.RoleBootstrap {
		return policy.FieldErrorf("role", "must not be %s", policy.RoleBootstrap)
	}
	if len(caller.Permissions) == 0 {
		return nil
	}
	more := slices.ContainsFunc(k.Permissions, func(p policy.Permission) bool {
		return !slices.Contains(caller.Permissions, p)
	})
	if more || len(k.Permissions) == 0 {
		return policy.Errorf(policy.Forbidden, "a key makes no key that may do more than it may itself")
	}
	return nil
}

// DeleteKey deletes the key with the id: it lets nobody in from then on.
func (a *Admin) DeleteKey(ctx context.Context, caller policy.Caller, t Terms, id string) (Changed[api.Deleted], error) {
	c := Change{Caller: caller, Terms: t, Intent: Intent{Action: actionDelete, Kind: policy.KindKeys, ID: id}}
	if _, err := a.Authorise(ctx, caller, c.Intent); err != nil {
		return Changed[api.Deleted]{}, err
	}
	if err := t.Conditional(); err != nil {
		return Changed[api.Deleted]{}, err
	}
	if done, found, err := Replay[api.Deleted](ctx, a, c); found || err != nil {
		return done, err
	}
	key, err := stored(ctx, a.store.Keys(), id)
	if err != nil {
		return Changed[api.Deleted]{}, err
	}
	if key != nil {
		c.Before = api.KeyOf(*key)
	}
	return Commit(ctx, a, c, api.Deleted{Clients: []policy.ClientID{}}, a.store.Keys().Delete(id, t.Revision))
}

// How long keys live if nobody says.
const (
	appLife   = policy.MaxKeyLife
	adminLife = 90 * 24 * time.Hour
)

func life(r policy.Role) time.Duration {
	if r == policy.RoleApp {
		return appLife
	}
	return adminLife
}

// newKey returns a fresh key with its text.
func (a *Admin) newKey(wanted api.NewKey) (policy.Key, string) {
	text := policy.NewKeyText()
	now := a.now().UTC()
	expires := now.Add(life(wanted.Role))
	if wanted.Expires != nil {
		expires = wanted.Expires.UTC()
	}
	return policy.Key{
		ID:      policy.KeyID(newID()),
		Name:    wanted.Name,
		Role:    wanted.Role,
		Digest:  policy.DigestOf(text),
		Created: now,
		Expires: expires,

		Permissions: wanted.Permissions,
	}, text
}
