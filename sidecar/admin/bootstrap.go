package admin

import (
	"context"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/store"
)

// How long keys live if nobody says.
const (
	appLife       = policy.MaxKeyLife
	adminLife     = 90 * 24 * time.Hour
	bootstrapLife = time.Hour
)

func life(r policy.Role) time.Duration {
	switch r {
	case policy.RoleApp:
		return appLife
	case policy.RoleBootstrap:
		return bootstrapLife
	}
	return adminLife
}

// Bootstrap makes the key with which the first owner's key can be made, lives an
// hour and replaces earlier ones, and returns its text. If there is an owner's
// key that has not expired, it makes none and returns the empty text.
func (a *Admin) Bootstrap(ctx context.Context) (string, error) {
	keys, err := a.keys(ctx)
	if err != nil || keys.owned {
		return "", err
	}
	key, text := a.newKey(api.NewKey{Name: "bootstrap", Role: policy.RoleBootstrap})
	c := Change{
		Caller: policy.System("start"),
		Intent: Intent{Action: actionCreate, Kind: policy.KindKeys, ID: string(key.ID)},
		After:  api.KeyOf(key),
	}
	ops := append(keys.dropBootstrap(a.store.Keys()), a.store.Keys().Create(string(key.ID), key))
	if _, err := Commit(ctx, a, c, api.KeyOf(key), ops...); err != nil {
		return "", err
	}
	return text, nil
}

// spent returns the deletions that go with the first owner's key: those of all
// bootstrap keys, if the caller has one.
func (a *Admin) spent(ctx context.Context, caller policy.Caller) ([]store.Op, error) {
	if caller.Role != policy.RoleBootstrap {
		return nil, nil
	}
	keys, err := a.keys(ctx)
	if err != nil {
		return nil, err
	}
	if keys.owned || !keys.bootstraps(policy.KeyID(caller.ID)) {
		return nil, errSpent()
	}
	return keys.dropBootstrap(a.store.Keys()), nil
}

// spentMeanwhile tells of the bootstrap key that another request used first.
func spentMeanwhile(caller policy.Caller, err error) error {
	code := policy.CodeOf(err)
	if caller.Role == policy.RoleBootstrap && (code == policy.Stale || code == policy.NotFound) {
		return errSpent()
	}
	return err
}

func errSpent() error {
	return policy.Errorf(policy.Forbidden, "the bootstrap key was used already")
}
