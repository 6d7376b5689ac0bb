package invite

import (
	"context"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
)

// NewAdmin invites an admin. It fails with policy.Exists if another admin has
// the address, and as [admin.MayPromote] does.
func (v *Invite) NewAdmin(ctx context.Context, caller policy.Caller, t admin.Terms, wanted api.NewAdmin) (admin.Changed[api.Invited[policy.Admin]], error) {
	none := admin.Changed[api.Invited[policy.Admin]]{}
	invited := adminOf(wanted)
	ch := admin.Change{Caller: caller, Terms: t, Intent: admin.Intent{
		Action: actionInvite, Kind: policy.KindAdmins, ID: string(invited.ID), Role: invited.Role,
	}}
	if _, err := v.Admin.Authorise(ctx, caller, ch.Intent); err != nil {
		return none, err
	}
	if err := admin.MayPromote(caller); err != nil {
		return none, err
	}
	if err := checkAdmin(invited, wanted.Note); err != nil {
		return none, err
	}
	if done, found, err := admin.Replay[api.Invited[policy.Admin]](ctx, v.Admin, ch); found || err != nil {
		return done, err
	}
	o, err := v.offer(policy.SubjectAdmin, string(invited.ID), caller, wanted.Note, wanted.Link, nil)
	if err != nil {
		return none, err
	}
	ops, err := v.Admin.Readdress(ctx, policy.SubjectAdmin, string(invited.ID), "", invited.Email)
	if err != nil {
		return none, err
	}
	invited.Trail = policy.Trail{Created: v.now(), Changed: v.now(), ChangedBy: caller.Name}
	ch.After = invited
	ops = append(ops, v.Store.Admins().Create(string(invited.ID), invited))
	answer := api.Invited[policy.Admin]{Value: invited, Invitation: api.InvitationOf(o.Invitation)}
	done, err := admin.Commit(ctx, v.Admin, ch, answer, append(ops, v.ops(o, 0)...)...)
	if err != nil {
		return none, err
	}
	v.Nudge()
	if done.Value.Value.ID == invited.ID {
		done.Value.Link = v.address(o)
	}
	return done, nil
}

func adminOf(wanted api.NewAdmin) policy.Admin {
	a := policy.Admin{
		ID: policy.AdminID(newID()), Name: wanted.Name, Email: wanted.Email, Role: wanted.Role, Status: policy.Invited,
	}
	if a.Name == "" {
		a.Name = wanted.Email
	}
	return a
}

func checkAdmin(a policy.Admin, note string) error {
	// Before the name, which the address may stand for.
	if err := policy.CheckEmail("email", a.Email); err != nil {
		return err
	}
	if err := a.Check(); err != nil {
		return err
	}
	return policy.CheckNote("note", note)
}

// subject is a client or an admin, as far as inviting knows of them.
type subject struct {
	kind     policy.Kind
	name     string
	email    string
	status   policy.Status
	role     policy.Role // of an admin
	revision int64
}

// subject returns the stored client or admin with the id.
func (v *Invite) subject(ctx context.Context, of policy.SubjectType, id string) (subject, error) {
	if of == policy.SubjectAdmin {
		a, err := v.Store.Admins().Get(ctx, id)
		return subject{policy.KindAdmins, a.Value.Name, a.Value.Email, a.Value.Status, a.Value.Role, a.Revision}, err
	}
	c, err := v.Store.Clients().Get(ctx, id)
	return subject{policy.KindClients, c.Value.Name, c.Value.Email, c.Value.Status, "", c.Revision}, err
}

// invitation returns the stored invitation of a client or an admin; nil and 0 if
// there is none.
func (v *Invite) invitation(ctx context.Context, of policy.SubjectType, id string) (*policy.Invitation, int64, error) {
	stored, err := v.Store.Invitations(of).Get(ctx, id)
	if policy.CodeOf(err) == policy.NotFound {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	return &stored.Value, stored.Revision, nil
}
