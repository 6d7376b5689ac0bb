package invite

import (
	"context"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
)

// State returns the invitation of a client or an admin: the newest one, whatever
// became of it.
func (v *Invite) State(ctx context.Context, caller policy.Caller, of policy.SubjectType, id string) (admin.Changed[api.Invitation], error) {
	if _, err := v.Admin.Authorise(ctx, caller, admin.Intent{Action: actionRead, Kind: kindOf(of), ID: id}); err != nil {
		return admin.Changed[api.Invitation]{}, err
	}
	if err := policy.CheckID("id", id); err != nil {
		return admin.Changed[api.Invitation]{}, err
	}
	stored, err := v.Store.Invitations(of).Get(ctx, id)
	return admin.Changed[api.Invitation]{Value: api.InvitationOf(stored.Value), Revision: stored.Revision}, err
}

// Send sends another invitation in the place of the one before, whose links are
// dead then. It fails with policy.Conflict unless the client or admin is still
// invited, with policy.TooMany above policy.MaxSends messages a day, and for admins as
// [admin.MayPromote] does.
func (v *Invite) Send(ctx context.Context, caller policy.Caller, t admin.Terms, of policy.SubjectType, id string, wanted api.SendInvitation) (admin.Changed[api.Invited[string]], error) {
	none := admin.Changed[api.Invited[string]]{}
	ch := admin.Change{Caller: caller, Terms: t, Intent: admin.Intent{Action: actionInvite, Kind: kindOf(of), ID: id}}
	who, err := v.forChange(ctx, ch)
	if err != nil {
		return none, err
	}
	if of == policy.SubjectAdmin {
		if err := admin.MayPromote(caller); err != nil {
			return none, err
		}
	}
	if err := policy.CheckNote("note", wanted.Note); err != nil {
		return none, err
	}
	if done, found, err := admin.Replay[api.Invited[string]](ctx, v.Admin, ch); found || err != nil {
		return done, err
	}
	if who.status != policy.Invited {
		return none, policy.Errorf(policy.Conflict, "has an account already; only who is invited can be sent an invitation")
	}
	return untilFirst(func() (admin.Changed[api.Invited[string]], error) { return v.another(ctx, ch, of, wanted) })
}

// another makes an invitation in the place of the one there is now.
func (v *Invite) another(ctx context.Context, ch admin.Change, of policy.SubjectType, wanted api.SendInvitation) (admin.Changed[api.Invited[string]], error) {
	none := admin.Changed[api.Invited[string]]{}
	before, revision, err := v.invitation(ctx, of, ch.ID)
	if err != nil {
		return none, err
	}
	o, err := v.offer(of, ch.ID, ch.Caller, wanted.Note, wanted.Link, before)
	if err != nil {
		return none, err
	}
	answer := api.Invited[string]{Value: ch.ID, Invitation: api.InvitationOf(o.Invitation)}
	done, err := admin.Commit(ctx, v.Admin, ch, answer, v.ops(o, revision)...)
	if err != nil {
		return none, err
	}
	v.Nudge()
	if done.Value.Invitation.Created.Equal(o.Created) {
		done.Value.Link = v.address(o)
	}
	return done, nil
}

// untilFirst makes a change of an invitation as it is now. It begins anew when
// something else was first, such as the news that a message was sent.
func untilFirst[T any](change func() (admin.Changed[T], error)) (admin.Changed[T], error) {
	for {
		if done, err := change(); policy.CodeOf(err) != policy.Stale {
			return done, err
		}
	}
}

// Revoke makes the links of an invitation dead. The client or admin stays, and
// can be sent another one.
func (v *Invite) Revoke(ctx context.Context, caller policy.Caller, t admin.Terms, of policy.SubjectType, id string) (admin.Changed[api.Invitation], error) {
	none := admin.Changed[api.Invitation]{}
	ch := admin.Change{Caller: caller, Terms: t, Intent: admin.Intent{Action: actionRevoke, Kind: kindOf(of), ID: id}}
	if _, err := v.forChange(ctx, ch); err != nil {
		return none, err
	}
	if done, found, err := admin.Replay[api.Invitation](ctx, v.Admin, ch); found || err != nil {
		return done, err
	}
	return untilFirst(func() (admin.Changed[api.Invitation], error) { return v.revoke(ctx, ch, of) })
}

// revoke revokes the invitation there is now.
func (v *Invite) revoke(ctx context.Context, ch admin.Change, of policy.SubjectType) (admin.Changed[api.Invitation], error) {
	none := admin.Changed[api.Invitation]{}
	stored, err := v.Store.Invitations(of).Get(ctx, ch.ID)
	if err != nil {
		return none, err
	}
	revoked := stored.Value
	if !revoked.Accepted.IsZero() || !revoked.Revoked.IsZero() {
		return none, policy.Errorf(policy.Conflict, "the invitation was accepted or revoked already")
	}
	revoked.Revoked = v.now()
	ch.Before, ch.After = api.InvitationOf(stored.Value), api.InvitationOf(revoked)
	return admin.Commit(ctx, v.Admin, ch, api.InvitationOf(revoked), v.Store.Invitations(of).Replace(ch.ID, revoked, stored.Revision))
}

// forChange returns whom a change is about, if the caller may make it.
func (v *Invite) forChange(ctx context.Context, ch admin.Change) (subject, error) {
	if _, err := v.Admin.Authorise(ctx, ch.Caller, ch.Intent); err != nil {
		return subject{}, err
	}
	if err := policy.CheckID("id", ch.ID); err != nil {
		return subject{}, err
	}
	return v.subject(ctx, typeOf(ch.Kind), ch.ID)
}

func kindOf(of policy.SubjectType) policy.Kind {
	if of == policy.SubjectAdmin {
		return policy.KindAdmins
	}
	return policy.KindClients
}

func typeOf(kind policy.Kind) policy.SubjectType {
	if kind == policy.KindAdmins {
		return policy.SubjectAdmin
	}
	return policy.SubjectClient
}
