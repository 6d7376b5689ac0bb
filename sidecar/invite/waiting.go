package invite

import (
	"context"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
)

// WaitingTerms say which invitations are looked at, and which of them are wanted.
type WaitingTerms struct {
	After policy.ClientID // looks at the invitations of clients after this one, by id
	Limit int             // at how many of them: 1 to api.MaxPage
	// EndsBefore wants those that end before, or have ended. Zero wants all.
	EndsBefore time.Time
}

// Waiting returns those of one page of invitations that wait to be accepted: their
// clients have no account yet. Those that are revoked wait for nothing. One whose
// time is over waits for another message.
func (v *Invite) Waiting(ctx context.Context, caller policy.Caller, t WaitingTerms) (api.Waiting, error) {
	view, err := v.Admin.Authorise(ctx, caller, admin.Intent{Action: actionRead, Kind: policy.KindClients})
	if err != nil {
		return api.Waiting{}, err
	}
	if t.Limit < 1 || t.Limit > api.MaxPage {
		return api.Waiting{}, policy.FieldErrorf("limit", "must be 1 to %d", api.MaxPage)
	}
	page, err := v.Store.Invitations(policy.SubjectClient).List(ctx, string(t.After), t.Limit)
	if err != nil {
		return api.Waiting{}, err
	}
	found := api.Waiting{Items: []api.WaitingClient{}, Next: policy.ClientID(page.Next)}
	for _, stored := range page.Items {
		client, _ := view.Data().Client(policy.ClientID(stored.Value.Subject))
		if client != nil && client.Status == policy.Invited && t.want(stored.Value) {
			found.Items = append(found.Items, api.WaitingClient{
				ID: client.ID, Name: client.Name, Email: client.Email, Invitation: api.InvitationOf(stored.Value),
			})
		}
	}
	return found, nil
}

func (t WaitingTerms) want(i policy.Invitation) bool {
	return i.Revoked.IsZero() && (t.EndsBefore.IsZero() || i.Expires.Before(t.EndsBefore))
}
