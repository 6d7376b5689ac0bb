package admin

import (
	"context"

	"sightline.example/policy"
)

// Actions on the status of a client.
const (
	actionSuspend = "suspend"
	actionResume  = "resume"
)

// Suspend keeps an active client from seeing anything, until [Admin.Resume], and
// ends the client's sessions. It fails with policy.Conflict for a client who is not
// active, and with policy.Stale if t has a revision and the client is not at it.
func (a *Admin) Suspend(ctx context.Context, caller policy.Caller, t Terms, id string) (Changed[policy.Client], error) {
	return a.turn(ctx, caller, t, Intent{Action: actionSuspend, Kind: policy.KindClients, ID: id}, policy.Active, policy.Suspended)
}

// Resume makes a suspended client active again. It fails like [Admin.Suspend].
func (a *Admin) Resume(ctx context.Context, caller policy.Caller, t Terms, id string) (Changed[policy.Client], error) {
	return a.turn(ctx, caller, t, Intent{Action: actionResume, Kind: policy.KindClients, ID: id}, policy.Suspended, policy.Active)
}

// turn changes the status of a client from one to another.
func (a *Admin) turn(ctx context.Context, caller policy.Caller, t Terms, i Intent, from, to policy.Status) (Changed[policy.Client], error) {
	c := a.Clients()
	ch := Change{Caller: caller, Terms: t, Intent: i}
	if _, err := a.Authorise(ctx, caller, i); err != nil {
		return Changed[policy.Client]{}, err
	}
	if err := policy.CheckID("id", i.ID); err != nil {
		return Changed[policy.Client]{}, err
	}
	if done, found, err := Replay[policy.Client](ctx, a, ch); found || err != nil {
		return done, err
	}
	stored, err := c.store.Get(ctx, i.ID)
	if err != nil {
		return Changed[policy.Client]{}, err
	}
	if stored.Value.Status != from {
		return Changed[policy.Client]{}, policy.Errorf(policy.Conflict, "the client is %s; only one who is %s can be %sd",
			stored.Value.Status, from, i.Action)
	}
	next := stored.Value
	next.Status = to
	c.stamp(caller, &next, &stored.Value)
	ch.Before, ch.After = stored.Value, next
	revision := stored.Revision
	if t.Revision != 0 {
		revision = t.Revision
	}
	ops, err := c.with(ctx, c.store.Replace(i.ID, next, revision), &stored.Value, &next)
	if err != nil {
		return Changed[policy.Client]{}, err
	}
	return Commit(ctx, a, ch, next, ops...)
}
