package admin

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/store"
)

// difference is what it takes to turn what is stored into what is wanted.
type difference struct {
	api.Difference
	ops    []store.Op
	size   int      // of the entities written, in bytes
	reused []string // ids to be added that were used before
}

// entry is a stored entity as far as a comparison needs it.
type entry[T any] struct {
	revision int64
	value    *T     // nil if the stored value can't be read
	text     []byte // likewise
}

// differ compares the wanted entities of a kind with the stored ones.
func differ[T any](caller policy.Caller, c Collection[T], wanted []T, stored []store.Versioned[T], rest remains) (difference, error) {
	d := difference{Difference: none()}
	entries, err := entriesOf(c, stored, rest)
	if err != nil {
		return d, err
	}
	for i := range wanted {
		v := &wanted[i]
		id := c.id(v)
		text, err := json.Marshal(c.plain(*v))
		if err != nil {
			return d, err
		}
		old, exists := entries[id]
		delete(entries, id)
		switch {
		case !exists && rest.gone[store.Ref{Kind: c.kind, ID: id}]:
			d.reused = append(d.reused, id)
		case !exists:
			c.stamp(caller, v, nil)
			d.Added = append(d.Added, id)
			d.write(text, func() []store.Op { return []store.Op{c.store.Create(id, *v)} })
		case !bytes.Equal(old.text, text):
			c.stamp(caller, v, old.value)
			d.Changed = append(d.Changed, id)
			d.write(text, func() []store.Op { return []store.Op{c.store.Replace(id, *v, old.revision)} })
		case c.trail != nil:
			*c.trail(v) = *c.trail(old.value)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(entries)) {
		d.Removed = append(d.Removed, id)
		d.write(nil, func() []store.Op {
			return c.parting(id, entries[id].value, caller, c.store.Delete(id, entries[id].revision))
		})
	}
	slices.Sort(d.Added)
	slices.Sort(d.Changed)
	return d, nil
}

// write adds operations, unless there are too many for one transaction anyway.
func (d *difference) write(text []byte, ops func() []store.Op) {
	d.size += len(text)
	if len(d.ops) <= store.MaxOps {
		d.ops = append(d.ops, ops()...)
	}
}

// listed returns d with its counts and with lists that are not too long.
func listed(d api.Difference) api.Difference {
	return api.Difference{
		Added: first(d.Added), Changed: first(d.Changed), Removed: first(d.Removed),
		Counts: api.Counts{Added: len(d.Added), Changed: len(d.Changed), Removed: len(d.Removed)},
	}
}

// first returns as much of a list as is told.
func first[T any](list []T) []T { return list[:min(len(list), api.MaxListed)] }

func entriesOf[T any](c Collection[T], stored []store.Versioned[T], rest remains) (map[string]entry[T], error) {
	entries := make(map[string]entry[T], len(stored))
	for i := range stored {
		v := &stored[i]
		text, err := json.Marshal(c.plain(v.Value))
		if err != nil {
			return nil, err
		}
		entries[c.id(&v.Value)] = entry[T]{v.Revision, &v.Value, text}
	}
	for _, u := range rest.unreadable {
		if u.Kind == c.kind {
			entries[u.ID] = entry[T]{revision: u.Revision}
		}
	}
	return entries, nil
}

// remains are what is stored besides the entities that can be read.
type remains struct {
	gone       map[store.Ref]bool
	unreadable []*store.Unreadable
}

func remainsOf(stored store.All) remains {
	gone := make(map[store.Ref]bool, len(stored.Gone))
	for _, ref := range stored.Gone {
		gone[ref] = true
	}
	return remains{gone, stored.Unreadable}
}
