package admin

import (
	"context"
	"slices"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// Delete removes the entity with the id; the id is never used again. It fails
// with policy.Stale if the entity is not at t.Revision any more. References to
// it stay where they are and are dead from then on: that narrows what clients
// see, or leaves it.
func (c Collection[T]) Delete(ctx context.Context, caller policy.Key, t Terms, id string) (Changed[api.Deleted], error) {
	ch := change{
		caller: caller, terms: t, short: api.Deleted{Clients: []policy.ClientID{}, Shortened: true},
		intent: intent{action: actionDelete, kind: c.kind, id: id},
	}
	view, err := c.admin.authorise(ctx, caller, ch.intent)
	if err != nil {
		return Changed[api.Deleted]{}, err
	}
	if err := t.conditional(); err != nil {
		return Changed[api.Deleted]{}, err
	}
	if done, found, err := replay[api.Deleted](ctx, c.admin, ch); found || err != nil {
		return done, err
	}
	if ch.before, err = stored(ctx, c.store, id, whole[T]); err != nil {
		return Changed[api.Deleted]{}, err
	}
	answer := api.Deleted{Clients: selecting(view.Data(), c.kind, id)}
	return commit(ctx, c.admin, ch, answer, c.store.Delete(id, t.Revision))
}

// selecting returns the clients whose scope selects the group or project.
func selecting(data *policy.Data, kind policy.Kind, id string) []policy.ClientID {
	clients := []policy.ClientID{}
	for _, c := range data.Clients() {
		if selects(c.Scope, kind, id) {
			clients = append(clients, c.ID)
		}
	}
	return clients
}

func selects(s policy.Scope, kind policy.Kind, id string) bool {
	switch kind {
	case policy.KindGroups:
		return slices.Contains(s.Groups, policy.GroupID(id))
	case policy.KindProjects:
		return slices.Contains(s.Projects, policy.ProjectID(id))
	}
	return false
}
