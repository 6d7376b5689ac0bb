package trail

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// Actor is somebody who did something, or is able to.
type Actor struct {
	Type policy.SubjectType
	ID   string
	Name string
}

// know adds an actor to those who can be filtered by, under the name in a record.
func (t *Trail) know(a Actor) {
	if a.ID != "" {
		t.actors[a.ID] = a
	}
}

// ReadTeam reads all admins and keys there are, to be filtered by, unless that is
// known or under way. Where they can't be read, it stays with those in the records.
func (t *Trail) ReadTeam() {
	if t.team != nil || t.teaming {
		return
	}
	t.teaming = true
	t.on.Go(func(ctx context.Context) {
		team, err := t.cfg.Team(ctx)
		t.on.Main(func() {
			t.teaming = false
			if err == nil {
				t.team = team
				t.OnChange()
			}
		})
	})
}

// Actors returns who is known to have done something, or to be able to, by name.
func (t *Trail) Actors() []Actor {
	all := maps.Clone(t.actors)
	maps.Copy(all, t.team) // under the names they have now
	return slices.SortedFunc(maps.Values(all), func(a, b Actor) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.ID, b.ID))
	})
}

// ActorName returns the name of an actor by id, or the id of one who is not
// known.
func (t *Trail) ActorName(id string) string {
	return cmp.Or(t.team[id].Name, t.actors[id].Name, id)
}

// teamBy returns what reads all admins and keys by a client.
func teamBy(c *client.Client) func(context.Context) (map[string]Actor, error) {
	return func(ctx context.Context) (map[string]Actor, error) {
		team := map[string]Actor{}
		admins := func(a policy.Admin) Actor { return Actor{policy.SubjectAdmin, string(a.ID), cmp.Or(a.Name, a.Email)} }
		if err := readAll(ctx, c.Admins, admins, team); err != nil {
			return nil, err
		}
		keys := func(k api.Key) Actor { return Actor{policy.SubjectKey, string(k.ID), k.Name} }
		return team, readAll(ctx, c.Keys, keys, team)
	}
}

// readAll reads a collection, part by part.
func readAll[T any](ctx context.Context, read func(ctx context.Context, after string, limit int) (api.Page[T], error), actor func(T) Actor, into map[string]Actor) error {
	for after := ""; ; {
		page, err := read(ctx, after, api.MaxPage)
		if err != nil {
			return err
		}
		for _, item := range page.Items {
			a := actor(item.Value)
			into[a.ID] = a
		}
		if after = page.Next; after == "" {
			return nil
		}
	}
}
