package admin

import (
	"context"
	"errors"

	"sightline.example/policy"
	"sightline.example/sidecar/store"
)

// clientAlong returns what goes along with the change of a client; before and after are
// nil for none. Links that were sent to an address end when the client has another
// one, and sessions when the client ceases to be active: resuming does not bring
// them back.
func (a *Admin) clientAlong(ctx context.Context, before, after *policy.Client) ([]store.Op, error) {
	ops, err := a.clientAddress(ctx, before, after)
	if err != nil || before == nil || after == nil {
		return ops, err
	}
	if policy.CanonicalEmail(before.Email) != policy.CanonicalEmail(after.Email) {
		ended, err := a.endLinks(ctx, string(after.ID))
		if err != nil {
			return nil, err
		}
		ops = append(ops, ended...)
	}
	if before.Status == policy.Active && after.Status != policy.Active {
		ended, err := a.endSessions(ctx, string(after.ID))
		if err != nil {
			return nil, err
		}
		ops = append(ops, ended...)
	}
	return ops, nil
}

// endLinks returns the end of the links that a client was sent, if there are any: to
// whichever mailbox they went, they open nothing any more.
func (a *Admin) endLinks(ctx context.Context, id string) ([]store.Op, error) {
	all := a.store.Invitations(policy.SubjectClient)
	stored, err := all.Get(ctx, id)
	switch i := stored.Value; {
	case errors.Is(err, store.ErrUnreadable):
		return []store.Op{all.Drop(id)}, nil
	case policy.CodeOf(err) == policy.NotFound:
		return nil, nil
	case err != nil || !i.Accepted.IsZero() || !i.Revoked.IsZero():
		return nil, err
	default:
		i.Revoked = a.now().UTC()
		return []store.Op{all.Put(id, i)}, nil // a message may have been sent meanwhile
	}
}

// endSessions returns the end of all sessions of a client: with the next era of the
// account.
func (a *Admin) endSessions(ctx context.Context, id string) ([]store.Op, error) {
	all := a.store.Accounts()
	stored, err := all.Get(ctx, id)
	if errors.Is(err, store.ErrUnreadable) || policy.CodeOf(err) == policy.NotFound {
		return nil, nil // and so no sessions
	}
	if err != nil {
		return nil, err
	}
	account := stored.Value
	account.Era++
	return []store.Op{all.Save(id, account, stored.Revision)}, nil
}
