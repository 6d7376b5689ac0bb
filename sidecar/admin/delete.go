package admin

import (
	"context"
	"slices"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/store"
)

// Delete removes the entity with the id; the id is never used again. It fails
// with policy.Stale if the entity is not at t.Revision any more. References to
// it stay where they are and are dead from then on: that narrows what clients
// see, or leaves it.
func (c Collection[T]) Delete(ctx context.Context, caller policy.Caller, t Terms, id string) (Changed[api.Deleted], error) {
	ch := Change{
		Caller: caller, Terms: t, Short: api.Deleted{Clients: []policy.ClientID{}, Shortened: true},
		Intent: Intent{Action: actionDelete, Kind: c.kind, ID: id},
	}
	view, err := c.admin.Authorise(ctx, caller, ch.Intent)
	if err != nil {
		return Changed[api.Deleted]{}, err
	}
	if err := t.Conditional(); err != nil {
		return Changed[api.Deleted]{}, err
	}
	if done, found, err := Replay[api.Deleted](ctx, c.admin, ch); found || err != nil {
		return done, err
	}
	before, err := stored(ctx, c.store, id)
	if err != nil {
		return Changed[api.Deleted]{}, err
	}
	ch.Before = shown(before)
	ops, err := c.with(ctx, c.store.Delete(id, t.Revision), before, nil)
	if err != nil {
		return Changed[api.Deleted]{}, err
	}
	ops = append(c.parting(id, before, caller, ops[0]), ops[1:]...)
	answer := api.Deleted{Clients: selecting(view.Data(), c.kind, id)}
	return Commit(ctx, c.admin, ch, answer, ops...)
}

// parting returns a deletion with what goes along with it. Before is nil for an
// entity that can't be read.
func (c Collection[T]) parting(id string, before *T, by policy.Caller, op store.Op) []store.Op {
	if c.farewell == nil {
		return []store.Op{op}
	}
	if before == nil {
		before = new(T)
		c.setID(before, id)
	}
	return c.farewell(*before, by, op)
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
