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
		op.Burying(store.Grave{Name: c.Name, Email: c.Email, Deleted: a.now().UTC(), By: by.Name}),
		a.store.Accounts().Drop(id),
		a.store.Secrets(policy.SubjectClient).Drop(id),
		a.store.Invitations(policy.SubjectClient).Drop(id),
	}
}

// DeletedClients returns the clients who were deleted after the given id, by id:
// at most limit, which is 1 to api.MaxPage.
func (a *Admin) DeletedClients(ctx context.Context, caller policy.Caller, after string, limit int) (api.DeletedClients, error) {
	if _, err := a.Authorise(ctx, caller, Intent{Action: actionRead, Kind: policy.KindClients}); err != nil {
		return api.DeletedClients{}, err
	}
	if err := checkPage(after, limit); err != nil {
		return api.DeletedClients{}, err
	}
	graves, more, err := a.store.Clients().Graves(ctx, after, limit)
	if err != nil {
		return api.DeletedClients{}, err
	}
	page := api.DeletedClients{Items: make([]api.DeletedClient, len(graves))}
	for i, g := range graves {
		page.Items[i] = api.DeletedClient{
			ID: policy.ClientID(g.ID), Name: g.Name, Email: g.Email, Deleted: g.Deleted, By: g.By, Erased: g.Deleted.IsZero(),
		}
		if more {
			page.Next = g.ID
		}
	}
	return page, nil
}
