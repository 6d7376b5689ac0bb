package signin

import (
	"context"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/store"
)

// Admins returns the admins after the given id, by id: at most limit, which is
// 1 to api.MaxPage.
func (d *Desk) Admins(ctx context.Context, caller policy.Caller, after string, limit int) (api.Page[policy.Admin], error) {
	var page api.Page[policy.Admin]
	if _, err := d.admin.Authorise(ctx, caller, admin.Intent{Action: actionRead, Kind: policy.KindAdmins}); err != nil {
		return page, err
	}
	if limit < 1 || limit > api.MaxPage {
		return page, policy.FieldErrorf("limit", "must be 1 to %d", api.MaxPage)
	}
	stored, err := d.store.Admins().List(ctx, after, limit)
	if err != nil {
		return page, err
	}
	page = api.Page[policy.Admin]{Items: []api.Versioned[policy.Admin]{}, Unreadable: stored.Unreadable, Next: stored.Next}
	for _, a := range stored.Items {
		page.Items = append(page.Items, api.Versioned[policy.Admin]{Revision: a.Revision, Value: a.Value})
	}
	return page, nil
}

// AdminByID returns an admin as stored now.
func (d *Desk) AdminByID(ctx context.Context, caller policy.Caller, id string) (api.Versioned[policy.Admin], error) {
	if _, err := d.admin.Authorise(ctx, caller, admin.Intent{Action: actionRead, Kind: policy.KindAdmins, ID: id}); err != nil {
		return api.Versioned[policy.Admin]{}, err
	}
	stored, err := d.stored(ctx, id)
	return api.Versioned[policy.Admin]{Revision: stored.Revision, Value: stored.Value}, err
}

func (d *Desk) stored(ctx context.Context, id string) (store.Versioned[policy.Admin], error) {
	if err := policy.CheckID("id", id); err != nil {
		return store.Versioned[policy.Admin]{}, err
	}
	return d.store.Admins().Get(ctx, id)
}

// EditAdmin changes name, role and status of an admin. Suspending one ends all
// of their sessions. It fails with policy.Conflict if no active owner would be
// left, with policy.Stale if the admin is not at t.Revision any more, and, where
// somebody gets another role or is let in again, as [admin.MayPromote] does.
func (d *Desk) EditAdmin(ctx context.Context, caller policy.Caller, t admin.Terms, id string, wanted api.AdminEdit) (admin.Changed[policy.Admin], error) {
	var none admin.Changed[policy.Admin]
	c := admin.Change{Caller: caller, Terms: t, Intent: admin.Intent{Action: actionReplace, Kind: policy.KindAdmins, ID: id, Role: wanted.Role}}
	if done, found, err := d.prepare(ctx, c); found || err != nil {
		return done, err
	}
	before, err := d.stored(ctx, id)
	if err != nil {
		return none, err
	}
	next, err := d.edited(caller, before.Value, wanted)
	if err != nil {
		return none, err
	}
	if next.Role != before.Value.Role || next.Status != before.Value.Status && next.Status == policy.Active {
		if err := admin.MayPromote(caller); err != nil {
			return none, err
		}
	}
	c.Before, c.After = before.Value, next
	ops := []store.Op{d.store.Admins().Replace(id, next, t.Revision)}
	if next.Era != before.Value.Era {
		ended, err := d.dropSessions(id)
		if err != nil {
			return none, err
		}
		ops = append(ops, ended...)
	}
	leaves := owns(before.Value) && !owns(next)
	return commitTeam(ctx, d, c, leaves, next, ops...)
}

// prepare is what comes before every change of an admin.
func (d *Desk) prepare(ctx context.Context, c admin.Change) (done admin.Changed[policy.Admin], found bool, err error) {
	if _, err := d.admin.Authorise(ctx, c.Caller, c.Intent); err != nil {
		return done, false, err
	}
	if err := c.Terms.Conditional(); err != nil {
		return done, false, err
	}
	return admin.Replay[policy.Admin](ctx, d.admin, c)
}

func (d *Desk) edited(caller policy.Caller, a policy.Admin, wanted api.AdminEdit) (policy.Admin, error) {
	status := wanted.Status
	if status == "" {
		status = a.Status
	}
	if status != a.Status && (a.Status == policy.Invited || status == policy.Invited) {
		return a, policy.FieldErrorf("status", "is changed by accepting the invitation, and by nothing else")
	}
	if status == policy.Suspended && a.Status != policy.Suspended {
		a.Era++
	}
	a.Name, a.Role, a.Status = wanted.Name, wanted.Role, status
	a.Changed, a.ChangedBy = d.now().UTC(), caller.Name
	return a, a.Check()
}

// dropSessions returns the ends of an admin's sessions. Those it misses are of
// an earlier era.
func (d *Desk) dropSessions(id string) ([]store.Op, error) {
	data, err := d.data()
	if err != nil {
		return nil, err
	}
	var ops []store.Op
	for _, s := range data.SessionsOf(policy.SubjectAdmin, id) {
		if len(ops) < store.MaxOps/2 {
			ops = append(ops, d.store.Sessions().Drop(string(s.ID)))
		}
	}
	return ops, nil
}

// DeleteAdmin deletes an admin, with all that lets them in. Their id is never
// used again; their address is free. It fails like [Desk.EditAdmin].
func (d *Desk) DeleteAdmin(ctx context.Context, caller policy.Caller, t admin.Terms, id string) (admin.Changed[policy.Admin], error) {
	var none admin.Changed[policy.Admin]
	c := admin.Change{Caller: caller, Terms: t, Intent: admin.Intent{Action: actionDelete, Kind: policy.KindAdmins, ID: id}}
	if done, found, err := d.prepare(ctx, c); found || err != nil {
		return done, err
	}
	before, err := d.stored(ctx, id)
	if err != nil {
		return none, err
	}
	c.Before = before.Value
	ops, err := d.admin.Readdress(ctx, policy.SubjectAdmin, id, before.Value.Email, "")
	if err != nil {
		return none, err
	}
	ended, err := d.dropSessions(id)
	if err != nil {
		return none, err
	}
	ops = append(append(ops, ended...),
		d.store.Admins().Delete(id, t.Revision),
		d.store.Secrets(policy.SubjectAdmin).Drop(id),
		d.store.Invitations(policy.SubjectAdmin).Drop(id))
	return commitTeam(ctx, d, c, owns(before.Value), before.Value, ops...)
}

// Unlock lets an admin sign in again after too many failures.
func (d *Desk) Unlock(ctx context.Context, caller policy.Caller, id string) (admin.Changed[api.Done], error) {
	var none admin.Changed[api.Done]
	c := admin.Change{Caller: caller, Intent: admin.Intent{Action: actionUnlock, Kind: policy.KindAdmins, ID: id}}
	if _, err := d.admin.Authorise(ctx, caller, c.Intent); err != nil {
		return none, err
	}
	stored, err := d.stored(ctx, id)
	if err != nil {
		return none, err
	}
	revision, err := d.commit(ctx, c)
	if err != nil {
		return none, err
	}
	return admin.Changed[api.Done]{Revision: revision}, d.ForgetAttempts(ctx, policy.SubjectAdmin, stored.Value.Email)
}
