package insight

import (
	"context"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/api"
)

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

// sees returns how much a client of the view sees.
func (n *Insight) sees(ctx context.Context, view engine.View, client *policy.Client) (api.Sees, error) {
	return n.counted.get(view, client, func() (api.Sees, error) {
		visible, err := view.Visible(ctx, client.ID)
		return api.Sees{Employees: len(visible.Employees), Projects: len(visible.Projects)}, err
	})
}
