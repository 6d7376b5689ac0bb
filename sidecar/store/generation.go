package store

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"sightline.example/policy"
)

var errNoGeneration = errors.New("the store has no current generation")

// pair is a key and its value.
type pair struct{ key, value string }

// values returns all that a rewrite writes: the entities in their generation, and
// the tombstones of those it leaves out.
func (s *Store) values(ctx context.Context, gen string, since int64, all Entities) ([]pair, error) {
	stored, err := s.Everything(ctx)
	switch {
	case err != nil:
		return nil, err
	case stored.Since != since:
		return nil, changedMeanwhile()
	}
	var values []pair
	err = errors.Join(
		encodeAll(s.keys, gen, clients, all.Clients, &values),
		encodeAll(s.keys, gen, employees, all.Employees, &values),
		encodeAll(s.keys, gen, groups, all.Groups, &values),
		encodeAll(s.keys, gen, projects, all.Projects, &values),
		encodeAll(s.keys, gen, addresses(kindClientAddresses), addressesOf(all.Clients), &values),
	)
	if err != nil {
		return nil, err
	}
	kept := make(map[string]bool, len(values))
	for _, v := range values {
		kept[v.key] = true
	}
	key := func(ref Ref) string { return s.keys.entity(gen, ref.Kind, ref.ID) }
	live := stored.refs()
	if err := refuseReused(kept, live, stored.Gone, key); err != nil {
		return nil, err
	}
	gone := func(ref Ref) bool { return !kept[key(ref)] }
	said, err := epitaphs(stored.Clients, gone, all.Bury)
	if err != nil {
		return nil, err
	}
	for _, ref := range live {
		if gone(ref) {
			values = append(values, pair{s.keys.gone(ref.Kind, ref.ID), said[ref]})
		}
	}
	return values, nil
}

// epitaphs returns what the tombstones of the clients say who are gone.
func epitaphs(all []Versioned[policy.Client], gone func(Ref) bool, bury func(policy.Client) Grave) (map[Ref]string, error) {
	said := map[Ref]string{}
	for _, c := range all {
		ref := Ref{policy.KindClients, string(c.Value.ID)}
		if bury == nil || !gone(ref) {
			continue
		}
		text, err := json.Marshal(bury(c.Value))
		if err != nil {
			return nil, err
		}
		said[ref] = string(text)
	}
	return said, nil
}

func addressesOf(all []policy.Client) []Address {
	entries := make([]Address, len(all))
	for i, c := range all {
		entries[i] = AddressOf(c.Email, string(c.ID))
	}
	return entries
}

// refuseReused refuses to keep ids that were deleted. A tombstone of a living
// entity is what a rewrite that failed left, and does not count.
func refuseReused(kept map[string]bool, live, gone []Ref, key func(Ref) string) error {
	gone = slices.DeleteFunc(slices.Clone(gone), func(ref Ref) bool { return !kept[key(ref)] })
	if len(gone) == 0 {
		return nil
	}
	alive := make(map[Ref]bool, len(live))
	for _, ref := range live {
		alive[ref] = true
	}
	var ids []string
	for _, ref := range gone {
		if !alive[ref] {
			ids = append(ids, ref.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	e := policy.Errorf(policy.Exists, "ids that were deleted once are never used again")
	e.IDs = ids
	return e
}

func encodeAll[T any](k keys, gen string, e entity[T], all []T, values *[]pair) error {
	seen := make(map[string]bool, len(all))
	for i := range all {
		id := e.id(&all[i])
		if seen[id] {
			return policy.FieldErrorf(string(e.kind), "repeats the id %q", id)
		}
		seen[id] = true
		text, err := e.encode(id, &all[i])
		if err != nil {
			return err
		}
		*values = append(*values, pair{k.entity(gen, e.kind, id), string(text)})
	}
	return nil
}
