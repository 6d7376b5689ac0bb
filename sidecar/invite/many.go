package invite

import (
	"context"
	"errors"
	"strconv"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
)

// guest is one of many clients to be invited.
type guest struct {
	api.NewInvitation
	line int   // of the file, 0 if there is none
	err  error // what is wrong with the line; nil for nothing
}

// MayInvite returns nil if the caller may invite clients at all: so that nobody
// else's list needs to be read.
func (v *Invite) MayInvite(ctx context.Context, caller policy.Caller) error {
	_, err := v.Admin.Authorise(ctx, caller, admin.Intent{Action: actionInvite, Kind: policy.KindClients})
	return err
}

// Many invites clients, each by a change of its own. What is wrong with one is
// told in its row; with All, nobody is invited then. A repeat under the same
// Idempotency-Key goes on where an earlier one broke off.
func (v *Invite) Many(ctx context.Context, caller policy.Caller, t admin.Terms, wanted api.Invitations, dryRun bool) (admin.Changed[api.InvitedRows], error) {
	if err := v.MayInvite(ctx, caller); err != nil {
		return admin.Changed[api.InvitedRows]{}, err
	}
	all := make([]guest, len(wanted.Invitations))
	for i, one := range wanted.Invitations {
		all[i] = guest{NewInvitation: one}
	}
	return v.many(ctx, caller, t, all, wanted.All, dryRun)
}

func (v *Invite) many(ctx context.Context, caller policy.Caller, t admin.Terms, all []guest, together, dryRun bool) (admin.Changed[api.InvitedRows], error) {
	none := admin.Changed[api.InvitedRows]{}
	if n := len(all); n < 1 || n > api.MaxInvitations {
		return none, policy.FieldErrorf("invitations", "are %d; there must be 1 to %d", n, api.MaxInvitations)
	}
	var out rows
	out.DryRun, out.Rows = dryRun, make([]api.InvitedRow, len(all))
	if dryRun || together {
		if err := v.tryAll(ctx, caller, t, all, &out); err != nil {
			return none, err
		}
		if dryRun || out.Failed > 0 {
			return admin.Changed[api.InvitedRows]{Value: out.InvitedRows}, nil
		}
	}
	out.Made = 0
	err := v.makeAll(ctx, caller, t, all, &out)
	return admin.Changed[api.InvitedRows]{Value: out.InvitedRows, Revision: out.revision}, err
}

// tryAll finds out what is wrong with each invitation.
func (v *Invite) tryAll(ctx context.Context, caller policy.Caller, t admin.Terms, all []guest, out *rows) error {
	seen := map[string]bool{}
	for i, wanted := range all {
		out.Rows[i] = wanted.row()
		err := v.try(ctx, caller, row(t, i), wanted)
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
func (v *Invite) try(ctx context.Context, caller policy.Caller, t admin.Terms, wanted guest) error {
	c := clientOf(wanted.NewInvitation)
	if wanted.err != nil {
		return wanted.err
	}
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
func (v *Invite) makeAll(ctx context.Context, caller policy.Caller, t admin.Terms, all []guest, out *rows) error {
	for i, wanted := range all {
		out.Rows[i] = wanted.row()
		err := wanted.err
		if err == nil {
			err = v.make(ctx, caller, row(t, i), wanted.NewInvitation, i, out)
		}
		if err := out.note(i, err); err != nil {
			return err
		}
	}
	return nil
}

// make makes one invitation, the one of row i.
func (v *Invite) make(ctx context.Context, caller policy.Caller, t admin.Terms, wanted api.NewInvitation, i int, out *rows) error {
	done, err := v.Client(ctx, caller, t, wanted)
	if err != nil {
		return err
	}
	out.Rows[i].ID, out.Rows[i].Link = done.Value.Value.ID, done.Value.Link
	out.revision = max(out.revision, done.Revision)
	return nil
}

// row returns what is told of a guest before anything is done.
func (g guest) row() api.InvitedRow {
	return api.InvitedRow{Row: g.line, Email: g.Email, Mode: g.Scope.Mode()}
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
