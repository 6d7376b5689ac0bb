package admin

import (
	"context"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// Follow asks the rules whether the caller may be told of every change as it
// happens: whoever may read all that is told of. The error is a Forbidden one if
// they say no.
func (a *Admin) Follow(ctx context.Context, caller policy.Caller) error {
	for _, kind := range api.EventKinds() {
		if _, err := a.Authorise(ctx, caller, Intent{Action: actionRead, Kind: kind}); err != nil {
			return err
		}
	}
	return nil
}
