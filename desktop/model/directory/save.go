package directory

import (
	"context"
	"maps"
	"slices"

	"sightline.example/desktop/model"
	"sightline.example/policy"
	"sightline.example/sidecar/client"
)

// Save saves the changes, if they can be: what belongs to the entity itself first,
// then the memberships that are stored with its members, one after the other.
// Where one of them fails, what is done is done and the rest is still to be saved.
func (m *Edit) Save() {
	if !m.CanSave() {
		return
	}
	w := &work{client: m.cfg.Client, data: m.cfg.Store.Data(), kind: m.kind, id: m.id, base: m.base, name: m.wanted(), wantedID: m.wantedID, key: m.key}
	if m.id != "" && !m.named {
		w.name = m.base.name
	}
	for i := range m.deltas {
		w.deltas[i] = maps.Clone(m.deltas[i])
		w.base.members[i] = maps.Clone(m.base.members[i])
		if w.base.members[i] == nil {
			w.base.members[i] = ids{}
		}
	}
	m.busy, m.err = true, nil
	m.cfg.On.Go(func(ctx context.Context) {
		err := w.run(ctx)
		m.cfg.On.Main(func() { m.saved(w, err) })
	})
	m.changed()
}

// saved takes what was done over, before the store tells it.
func (m *Edit) saved(w *work, err error) {
	m.busy, m.err = false, err
	if m.id = w.id; w.revision > 0 {
		m.floor, m.reading = max(m.floor, w.revision), m.cfg.Store.Data().Reading()
		m.base = w.base
	}
	m.settle()
	m.follow()
	switch {
	case err != nil && m.OnFailed != nil:
		m.OnFailed(err)
	case err == nil && m.OnSaved != nil:
		m.OnSaved(Thing{m.id, m.base.name})
	}
}

// work is the saving of one edit, in the background.
type work struct {
	client   *client.Client
	data     *model.Data // as the admin saw it
	kind     Kind
	id       string
	base     value // of before; then with what was done
	name     string
	wantedID string
	key      string
	deltas   [2]delta
	revision int64 // of the newest change
}

// tries is how often a change is tried that others keep getting in the way of.
const tries = 5

func (w *work) run(ctx context.Context) error {
	if err := w.own(ctx); err != nil {
		return err
	}
	for side, kind := range Sides(w.kind) {
		if w.ownSide(side) {
			continue
		}
		for _, id := range slices.Sorted(maps.Keys(w.deltas[side])) {
			if err := w.member(ctx, kind, id, w.deltas[side][id]); err != nil {
				return err
			}
			w.done(side, id)
		}
	}
	return nil
}

// ownSide reports whether the memberships on a side are stored with the entity
// itself.
func (w *work) ownSide(side int) bool {
	return w.kind == policy.TypeEmployee || w.kind == policy.TypeProject && side == 1
}

// done notes that a membership is as it is to be.
func (w *work) done(side int, id string) {
	if w.deltas[side][id] {
		w.base.members[side][id] = true
	} else {
		delete(w.base.members[side], id)
	}
}

// own saves what is stored with the entity itself.
func (w *work) own(ctx context.Context) error {
	changed := w.id == "" || w.name != w.base.name
	for side := range w.deltas {
		changed = changed || w.ownSide(side) && len(w.deltas[side]) > 0
	}
	if !changed {
		return nil
	}
	var err error
	switch w.kind {
	case policy.TypeEmployee:
		err = store(ctx, w, w.client.Employees(), employee{w.data})
	case policy.TypeProject:
		err = store(ctx, w, w.client.Projects(), project{w.data})
	default:
		err = store(ctx, w, w.client.Groups(), group{w.data})
	}
	if err != nil {
		return err
	}
	w.base.name = w.name
	for side := range w.deltas {
		for id := range w.deltas[side] {
			if w.ownSide(side) {
				w.done(side, id)
			}
		}
	}
	return nil
}

// store makes or replaces the entity itself.
func store[T any](ctx context.Context, w *work, all client.Collection[T], of entity[T]) error {
	rename := w.name != w.base.name
	edit := func(v T) T {
		if rename {
			v = of.named(v, w.name)
		}
		for side, changes := range w.deltas {
			if w.ownSide(side) {
				v = of.with(v, Sides(w.kind)[side], changes)
			}
		}
		return v
	}
	if w.id == "" {
		made, err := all.Create(ctx, edit(of.new(w.wantedID)), client.Terms{IdempotencyKey: w.key})
		if err != nil {
			return err
		}
		w.id, w.revision = of.id(made.Value), made.Revision
		return nil
	}
	base, revision, exists := of.find(w.id)
	if !exists {
		return &policy.Error{Code: policy.NotFound}
	}
	mayEdit := func(fresh T) bool { return !rename || of.name(fresh) == w.base.name }
	if !mayEdit(base) { // renamed a moment ago, unseen
		return &policy.Error{Code: policy.Stale}
	}
	at, err := replace(ctx, all, w.id, base, revision, of, edit, mayEdit)
	w.revision = max(w.revision, at)
	return err
}

// member sets or ends a membership that is stored with the member.
func (w *work) member(ctx context.Context, kind Kind, id string, wanted bool) error {
	changes := delta{w.id: wanted}
	var at int64
	var err error
	if kind == policy.TypeEmployee {
		at, err = link(ctx, w.client.Employees(), employee{w.data}, id, w.kind, changes)
	} else {
		at, err = link(ctx, w.client.Projects(), project{w.data}, id, w.kind, changes)
	}
	w.revision = max(w.revision, at)
	return err
}

func link[T any](ctx context.Context, all client.Collection[T], of entity[T], id string, kind Kind, changes delta) (int64, error) {
	base, revision, exists := of.find(id)
	if !exists {
		return 0, nil // a member that is gone is none
	}
	edit := func(v T) T { return of.with(v, kind, changes) }
	at, err := replace(ctx, all, id, base, revision, of, edit, func(T) bool { return true })
	if policy.CodeOf(err) == policy.NotFound {
		return 0, nil
	}
	return at, err
}

// replace puts what edit makes of the stored version in its place: of the one that
// is known, or, where it was changed since, of the one that is there then, if that
// may still be edited.
func replace[T any](ctx context.Context, all client.Collection[T], id string, known T, revision int64, of entity[T], edit func(T) T, may func(fresh T) bool) (int64, error) {
	for try := 1; ; try++ {
		stored, err := all.Replace(ctx, id, revision, edit(known), client.Terms{Force: of.dead(known)})
		if policy.CodeOf(err) != policy.Stale || try == tries {
			return stored.Revision, err
		}
		fresh, err2 := all.Get(ctx, id)
		if err2 != nil {
			return 0, err2
		}
		if !may(fresh.Value) {
			return 0, err
		}
		known, revision = fresh.Value, fresh.Revision
	}
}
