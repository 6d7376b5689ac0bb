package insight

import (
	"context"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/api"
)

// counted is how much a client saw by a scope, in a directory.
type counted struct {
	client    *policy.Client // as it was in the snapshot
	directory int64
	sees      api.Sees
}

// Counts returns how many employees and projects the scopes of clients show,
// whether or not they are entitled to it now. Clients who do not exist or can't
// be read are left out; and so are the last ones, if it takes too long: whoever
// asks again gets them sooner, since what was found out is kept until the client
// or the directory changes.
func (n *Insight) Counts(ctx context.Context, caller policy.Caller, clients []policy.ClientID) (map[policy.ClientID]api.Sees, error) {
	view, err := n.reads(ctx, caller)
	if err != nil {
		return nil, err
	}
	all := make(map[policy.ClientID]api.Sees, len(clients))
	over := n.patience()
	for _, id := range clients {
		client, _ := view.Data().Client(id)
		if client == nil {
			continue
		}
		if all[id], err = n.sees(ctx, view, client); err != nil {
			return nil, err
		}
		if over() {
			break
		}
	}
	return all, nil
}

// sees returns how much a client of the view sees. A client who changed is
// another value, in another store too.
func (n *Insight) sees(ctx context.Context, view engine.View, client *policy.Client) (api.Sees, error) {
	directory := view.Data().DirectoryRevision()
	if c, ok := n.counted.Get(client.ID); ok && c.client == client && c.directory == directory {
		return c.sees, nil
	}
	visible, err := view.Visible(ctx, client.ID)
	if err != nil {
		return api.Sees{}, err
	}
	sees := api.Sees{Employees: len(visible.Employees), Projects: len(visible.Projects)}
	n.counted.Add(client.ID, counted{client, directory, sees})
	return sees, nil
}
