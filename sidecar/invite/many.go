package invite

import (
	"context"
	"errors"
	"strconv"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
)

// Many invites clients, each by a change of its own. What is wrong with one is
// told in its row; with All, nobody is invited then. A repeat under the same
// Idempotency-Key goes on where an earlier one broke off.
func (v *Invite) Many(ctx context.Context, caller policy.Caller, t admin.Terms, wanted api.Invitations, dryRun bool) (admin.Changed[api.InvitedRows], error) {
	none := admin.Changed[api.InvitedRows]{}
	intent := admin.Intent{Action: actionInvite, Kind: policy.KindClients}
	if _, err := v.Admin.Authorise(ctx, caller, intent); err != nil {
		return none, err
	}
	if n := len(wanted.Invitations); n < 1 || n > api.MaxInvitations {
		return none, policy.FieldErrorf("invitations", "are %d; there must be 1 to %d", n, api.MaxInvitations)
	}
	var out rows
	out.DryRun, out.Rows = dryRun, make([]api.InvitedRow, len(wanted.Invitations))
	if dryRun || wanted.All {
		if err := v.tryAll(ctx, caller, t, wanted.Invitations, &out); err != nil {
			return none, err
		}
		if dryRun || out.Failed > 0 {
			return admin.Changed[api.InvitedRows]{Value: out.InvitedRows}, nil
		}
	}
	out.Made = 0
	err := v.makeAll(ctx, caller, t, wanted.Invitations, &out)
	return admin.Changed[api.InvitedRows]{Value: out.InvitedRows, Revision: out.revision}, err
}

// tryAll finds out what is wrong with each invitation.
func (v *Invite) tryAll(ctx context.Context, caller policy.Caller, t admin.Terms, all []api.NewInvitation, out *rows) error {
	seen := map[string]bool{}
	for i, wanted := range all {
		client := clientOf(wanted)
		out.Rows[i] = api.InvitedRow{Email: wanted.Email, Mode: wanted.Scope.Mode()}
		err := v.try(ctx, caller, row(t, i), wanted, client)
		if email := policy.CanonicalEmail(wanted.Email); err == nil && seen[email] {
			err = policy.FieldErrorf("email", "is the address of an earlier row too")
		} else {
			seen[email] = true
		}
		if err := out.note(i, err); err != nil {
			return err
		}
	}
	if out.Failed > 0 && !out.DryRun {
		out.Skipped, out.Made = out.Made, 0
	}
	return nil
}

// try says what is wrong with one invitation, as far as can be told before.
func (v *Invite) try(ctx context.Context, caller policy.Caller, t admin.Terms, wanted api.NewInvitation, c policy.Client) error {
	if err := v.checkClient(c, wanted.Note); err != nil {
		return err
	}
	ch := admin.Change{Caller: caller, Terms: t}
	if _, found, err := admin.Replay[api.Invited[policy.Client]](ctx, v.Admin, ch); found || err != nil {
		return err
	}
	_, err := v.Admin.Clients().Adding(ctx, caller, t, &c)
	return err
}

// makeAll makes the invitations. It ends early where no other could be made
// either, with an error; a repeat goes on from there.
func (v *Invite) makeAll(ctx context.Context, caller policy.Caller, t admin.Terms, all []api.NewInvitation, out *rows) error {
	for i, wanted := range all {
		out.Rows[i] = api.InvitedRow{Email: wanted.Email, Mode: wanted.Scope.Mode()}
		done, err := v.Client(ctx, caller, row(t, i), wanted)
		if err == nil {
			out.Rows[i].ID, out.Rows[i].Link = done.Value.Value.ID, done.Value.Link
			out.revision = max(out.revision, done.Revision)
		}
		if err := out.note(i, err); err != nil {
			return err
		}
	}
	return nil
}

// row returns the terms of one row: the change has a name of its own, by its
// place.
func row(t admin.Terms, i int) admin.Terms {
	if t.IdempotencyKey != "" {
		t.IdempotencyKey += "\n" + strconv.Itoa(i)
	}
	return t
}

// rows is what became of invitations so far.
type rows struct {
	api.InvitedRows
	revision int64 // of the newest
}

// note writes down how a row went. An error that is not about the row comes back.
func (r *rows) note(i int, err error) error {
	e, ok := errors.AsType[*policy.Error](err)
	switch {
	case err == nil:
		r.Made++
		return nil
	case !ok || e.Code == policy.Internal || e.Code == policy.Unavailable || e.Code == policy.StoreFull:
		return err
	}
	r.Failed++
	problem := api.ProblemOf(e)
	r.Rows[i].Error = &problem
	return nil
}
