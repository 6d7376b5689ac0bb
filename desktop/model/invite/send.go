package invite

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// Send sends the invitations, if they can be sent.
func (f *Form) Send() {
	if !f.CanSend() {
		return
	}
	send := f.clients()
	if f.role != "" {
		send = f.admins()
	}
	f.err, f.asked = nil, f.Sketch.Scope()
	f.enter(Sending)
	f.OnChange()
	f.on.Go(func(ctx context.Context) {
		out, err := send(ctx)
		f.on.Main(func() { f.sent(out, err) })
	})
}

func (f *Form) sent(out []Outcome, err error) {
	if err == nil {
		err = f.fault(out)
	}
	f.outcome, f.err = out, err
	if err != nil {
		f.enter(Editing)
	} else {
		f.enter(Sent)
	}
	f.OnChange()
}

// fault returns why nobody at all was invited, if it is something in the form that
// holds for all: it is put right there.
func (f *Form) fault(out []Outcome) error {
	if slices.ContainsFunc(out, func(o Outcome) bool { return o.Err == nil }) || len(out) == 0 {
		return nil
	}
	refused, ok := errors.AsType[*policy.Error](out[0].Err)
	if !ok || refused.Field == "" || len(out) > 1 && (refused.Field == "email" || refused.Field == "name") {
		return nil
	}
	return refused
}

// clients returns what invites the clients: all in one request.
func (f *Form) clients() func(context.Context) ([]Outcome, error) {
	var wanted api.Invitations
	for _, a := range f.addresses {
		wanted.Invitations = append(wanted.Invitations, api.NewInvitation{
			Email: a.Email, Name: f.nameOf(a), Scope: f.Sketch.Scope(), Note: f.note, Link: true,
		})
	}
	many, terms := f.cfg.Many, client.Terms{IdempotencyKey: f.keyOf()}
	return func(ctx context.Context) ([]Outcome, error) {
		stored, err := many(ctx, wanted, terms)
		if err != nil {
			return nil, err
		}
		return outcomes(stored.Value.Rows), nil
	}
}

func outcomes(rows []api.InvitedRow) []Outcome {
	out := make([]Outcome, len(rows))
	for i, row := range rows {
		out[i] = Outcome{Email: row.Email, ID: string(row.ID), Link: row.Link}
		if row.Error != nil {
			out[i].Err = row.Error.Err()
		}
	}
	return out
}

// admins returns what invites the admins, one after the other. Once one can't be invited
// for a reason that holds for all, the rest is not tried; it is an error if that is the
// first.
func (f *Form) admins() func(context.Context) ([]Outcome, error) {
	var wanted []api.NewAdmin
	for _, a := range f.addresses {
		wanted = append(wanted, api.NewAdmin{Email: a.Email, Name: f.nameOf(a), Role: f.role, Note: f.note, Link: true})
	}
	invite, key := f.cfg.Admin, f.keyOf()
	return func(ctx context.Context) ([]Outcome, error) {
		var out []Outcome
		for i, one := range wanted {
			invited, err := invite(ctx, one, client.Terms{IdempotencyKey: fmt.Sprintf("%s-%d", key, i)})
			if general(err) {
				return broken(out, wanted[i:], err)
			}
			out = append(out, Outcome{Email: one.Email, ID: string(invited.Value.Value.ID), Link: invited.Value.Link, Err: err})
		}
		return out, nil
	}
}

// broken returns the outcomes of invitations that ended with an error which holds for the
// rest.
func broken(out []Outcome, rest []api.NewAdmin, err error) ([]Outcome, error) {
	if len(out) == 0 {
		return nil, err
	}
	for _, one := range rest {
		out = append(out, Outcome{Email: one.Email, Err: err})
	}
	return out, nil
}

// general reports whether an error is not about the one that was invited.
func general(err error) bool {
	switch policy.CodeOf(err) {
	case policy.Unavailable, policy.Unauthenticated, policy.Forbidden, policy.Internal:
		return true
	}
	return false
}
