package invite

import (
	"context"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
)

// Client invites a client. It fails with policy.Exists if another client has the
// address, and with policy.DeadReference if the scope names what does not
// exist, unless forced.
func (v *Invite) Client(ctx context.Context, caller policy.Caller, t admin.Terms, wanted api.NewInvitation) (admin.Changed[api.Invited[policy.Client]], error) {
	none := admin.Changed[api.Invited[policy.Client]]{}
	client := clientOf(wanted)
	ch := admin.Change{Caller: caller, Terms: t, Intent: admin.Intent{Action: actionInvite, Kind: policy.KindClients, ID: string(client.ID)}}
	if _, err := v.Admin.Authorise(ctx, caller, ch.Intent); err != nil {
		return none, err
	}
	if err := v.checkClient(client, wanted.Note); err != nil {
		return none, err
	}
	if done, found, err := admin.Replay[api.Invited[policy.Client]](ctx, v.Admin, ch); found || err != nil {
		return done, err
	}
	o, err := v.offer(policy.SubjectClient, string(client.ID), caller, wanted.Note, wanted.Link, nil)
	if err != nil {
		return none, err
	}
	ops, err := v.Admin.Clients().Adding(ctx, caller, t, &client)
	if err != nil {
		return none, err
	}
	ch.After = client
	answer := api.Invited[policy.Client]{Value: client, Invitation: api.InvitationOf(o.Invitation)}
	done, err := admin.Commit(ctx, v.Admin, ch, answer, append(ops, v.ops(o, 0)...)...)
	if err != nil {
		return none, err
	}
	v.Nudge()
	if done.Value.Value.ID == client.ID {
		done.Value.Link = v.address(o)
	}
	return done, nil
}

func clientOf(wanted api.NewInvitation) policy.Client {
	c := policy.Client{
		ID: policy.ClientID(newID()), Name: wanted.Name, Email: wanted.Email, Status: policy.Invited, Scope: wanted.Scope,
	}
	if c.Name == "" {
		c.Name = wanted.Email
	}
	return c
}

// checkClient reports the first thing wrong with an invitation by itself.
func (v *Invite) checkClient(c policy.Client, note string) error {
	// Before the name, which the address may stand for.
	if err := policy.CheckEmail("email", c.Email); err != nil {
		return err
	}
	if err := c.Check(); err != nil {
		return err
	}
	if err := checkFuture("scope.until", c.Scope.Until, v.now()); err != nil {
		return err
	}
	return policy.CheckNote("note", note)
}

func checkFuture(field string, t *time.Time, now time.Time) error {
	if t != nil && !now.Before(*t) {
		return policy.FieldErrorf(field, "is in the past")
	}
	return nil
}
