package admin

import (
	"context"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/store"
)

// farewell returns the deletion of a client, with all that is kept about the
// client elsewhere: the account, what lets the client in, and the invitation.
func (a *Admin) farewell(c policy.Client, by policy.Caller, op store.Op) []store.Op {
	id := string(c.ID)
	return []store.Op{
		op.Burying(a.grave(c, by)),
		a.store.Accounts().Drop(id),
		a.store.Secrets(policy.SubjectClient).Drop(id),
		a.store.Invitations(policy.SubjectClient).Drop(id),
	}
}

// grave is what is kept of a client who is deleted, until that is erased.
func (a *Admin) grave(c policy.Client, by policy.Caller) store.Grave {
	return store.Grave{Name: c.Name, Email: c.Email, Deleted: a.now().UTC(), By: by.Name}
}

// Erase forgets who a deleted client was: nothing but the id stays, in the store
// as in the audit log and its archives, and the sessions that the client may have
// left behind end. It fails with policy.Conflict for a client who is not deleted,
// and with policy.NotFound for one who never was. To erase somebody again is no
// error.
func (a *Admin) Erase(ctx context.Context, caller policy.Caller, t Terms, id string) (Changed[api.DeletedClient], error) {
	var none Changed[api.DeletedClient]
	ch := Change{Caller: caller, Terms: t, Intent: Intent{Action: actionErase, Kind: policy.KindClients, ID: id}}
	view, err := a.Authorise(ctx, caller, ch.Intent)
	if err != nil {
		return none, err
	}
	if done, found, err := Replay[api.DeletedClient](ctx, a, ch); found || err != nil {
		return done, err
	}
	switch _, err := stored(ctx, a.store.Clients(), id); {
	case err == nil:
		return none, policy.Errorf(policy.Conflict, "the client is not deleted; only who is deleted can be erased")
	case policy.CodeOf(err) != policy.NotFound:
		return none, err
	}
	if _, known := view.Data().Client(policy.ClientID(id)); known {
		return none, policy.Errorf(policy.Unavailable, "the deletion is not known here yet; try again in a moment")
	}
	answer := api.DeletedClient{ID: policy.ClientID(id), Erased: true}
	once, entry, err := a.records(ch, answer)
	if err != nil {
		return none, err
	}
	made, err := a.store.Erase(ctx, entry, once, answer.ID, a.remains(view.Data(), id)...)
	if err != nil {
		return none, err
	}
	return settled(made, answer)
}

// remains returns the changes that remove all that may be left of a deleted
// client but audit records. Sessions above what fits end by themselves.
func (a *Admin) remains(data *policy.Data, id string) []store.Op {
	ops := []store.Op{
		a.store.Clients().Level(id),
		a.store.Accounts().Drop(id),
		a.store.Secrets(policy.SubjectClient).Drop(id),
		a.store.Invitations(policy.SubjectClient).Drop(id),
	}
	sessions := data.SessionsOf(policy.SubjectClient, id)
	for _, s := range sessions[:min(len(sessions), store.MaxOps-len(ops))] {
		ops = append(ops, a.store.Sessions().Drop(string(s.ID)))
	}
	return ops
}

// DeletedClients returns the clients who were deleted after the given id, by id:
// at most limit, which is 1 to api.MaxPage.
func (a *Admin) DeletedClients(ctx context.Context, caller policy.Caller, after string, limit int) (api.DeletedClients, error) {
	view, err := a.Authorise(ctx, caller, Intent{Action: actionRead, Kind: policy.KindClients})
	if err != nil {
		return api.DeletedClients{}, err
	}
	if err := checkPage(after, limit); err != nil {
		return api.DeletedClients{}, err
	}
	graves, more, err := a.store.Clients().Graves(ctx, after, limit)
	if err != nil {
		return api.DeletedClients{}, err
	}
	page := api.DeletedClients{Items: []api.DeletedClient{}}
	for _, g := range graves {
		if more {
			page.Next = g.ID
		}
		if _, alive := view.Data().Client(policy.ClientID(g.ID)); alive { // an import that failed was to remove it
			continue
		}
		page.Items = append(page.Items, api.DeletedClient{
			ID: policy.ClientID(g.ID), Name: g.Name, Email: g.Email, Deleted: g.Deleted, By: g.By, Erased: g.Deleted.IsZero(),
		})
	}
	return page, nil
}
