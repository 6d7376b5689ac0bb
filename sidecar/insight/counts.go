package insight

import (
	"context"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/api"
)

// Counts returns how many employees and projects the scopes of up to api.MaxPage
// clients show, whether or not they are entitled to it now. Clients who do not
// exist or can't be read are left out. The last ones are to be asked for later,
// if it takes too long: whoever asks again gets them sooner, since what was found
// out is kept until the client or the directory changes.
func (n *Insight) Counts(ctx context.Context, caller policy.Caller, clients []policy.ClientID) (api.Counted, error) {
	view, err := n.reads(ctx, caller)
	if err != nil {
		return api.Counted{}, err
	}
	if len(clients) > api.MaxPage {
		return api.Counted{}, policy.FieldErrorf("clients", "are %d; the limit is %d", len(clients), api.MaxPage)
	}
	all := api.Counted{Counts: make(map[policy.ClientID]api.Sees, len(clients)), Revision: view.Data().Revision()}
	over := n.patience()
	for i, id := range clients {
		client, _ := view.Data().Client(id)
		if client == nil {
			continue
		}
		if all.Counts[id], err = n.sees(ctx, view, client); err != nil {
			return api.Counted{}, err
		}
		if over() {
			all.Later = clients[i+1:]
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
