package directory

import (
	"context"
	"crypto/rand"
	"maps"
	"slices"
	"strings"

	"sightline.example/desktop/async"
	"sightline.example/desktop/model"
	"sightline.example/policy"
	"sightline.example/sidecar/client"
)

// Config says what an Edit works with. Everything is required.
type Config struct {
	On     async.Dispatcher
	Store  *model.Store
	Client *client.Client
}

// Edit is one employee, group or project that is being changed, or made. What
// others change meanwhile shows at once, with the admin's own changes on top: a
// membership is set or ended one by one, so there is nothing in it to be lost.
type Edit struct {
	// OnChange is called when anything to be shown has changed, OnSaved when
	// everything is saved, OnFailed when something could not be. Those that are nil
	// are not called.
	OnChange func()
	OnSaved  func(Thing)
	OnFailed func(error)

	cfg  Config
	kind Kind
	id   string // empty for one that is yet to be made
	base value
	of   *model.Data // the base is of
	// floor is the revision below which the store does not yet have what was saved.
	floor   int64
	reading int // the floor is of; see model.Data.Reading
	gone    bool
	stop    func()

	wantedID string
	name     string // as typed
	named    bool   // by the admin
	renamed  bool   // by somebody else meanwhile
	deltas   [2]delta

	choices [2][]Thing
	listed  *model.Data // the choices are of
	latest  async.Latest[*model.Data, [2][]Thing]

	busy bool
	err  error
	key  string // names the attempt to make one
}

// value is what an employee, group or project is, as its page has it.
type value struct {
	name     string
	revision int64
	members  [2]ids // of the two kinds of Sides
}

// ids are a set.
type ids = map[string]bool

// delta are the memberships to be set or ended, by id.
type delta map[string]bool

// Sides returns the two kinds of which there are memberships on the page of a kind.
func Sides(kind Kind) [2]Kind {
	switch kind {
	case policy.TypeEmployee:
		return [2]Kind{policy.TypeGroup, policy.TypeProject}
	case policy.TypeProject:
		return [2]Kind{policy.TypeEmployee, policy.TypeGroup}
	}
	return [2]Kind{policy.TypeEmployee, policy.TypeProject}
}

// NewEdit returns the page of one of a kind, which follows the store until Close.
// An empty id is for one that is yet to be made.
func NewEdit(cfg Config, kind Kind, id string) *Edit {
	m := &Edit{cfg: cfg, kind: kind, id: id, key: rand.Text(), deltas: [2]delta{{}, {}}}
	m.latest = async.Latest[*model.Data, [2][]Thing]{
		On: cfg.On,
		Work: func(_ context.Context, d *model.Data) ([2][]Thing, error) {
			sides := Sides(kind)
			return [2][]Thing{ByName(Things(d, sides[0])), ByName(Things(d, sides[1]))}, nil
		},
		Install: func(choices [2][]Thing, _ error) {
			m.choices = choices
			m.changed()
		},
	}
	m.stop = cfg.Store.Watch(m.follow)
	m.follow()
	return m
}

// Close ends following the store. What is being saved is saved, and OnSaved or
// OnFailed told.
func (m *Edit) Close() {
	m.stop()
	m.latest.Cancel()
	m.OnChange = nil
}

// follow shows what the store has now.
func (m *Edit) follow() {
	d := m.cfg.Store.Data()
	if m.listed == nil || !d.SameDirectory(m.listed) {
		m.listed = d
		m.latest.Follow(d)
	}
	if !d.Complete() {
		m.changed()
		return
	}
	if m.id == "" {
		m.forget(d)
	}
	if (d.Revision >= m.floor || d.Reading() != m.reading) && m.id != "" && !m.busy && (m.of == nil || !d.SameDirectory(m.of)) {
		m.rebase(d)
	}
	m.changed()
}

// rebase puts the admin's changes on what the store has now.
func (m *Edit) rebase(d *model.Data) {
	now, exists := valueOf(d, m.kind, m.id)
	first := m.of == nil
	m.of, m.gone = d, !exists
	m.forget(d)
	if m.gone {
		return
	}
	if m.named && !first && now.name != m.base.name {
		m.renamed = now.name != m.wanted()
	}
	m.base = now
	if !m.named {
		m.name = now.name
	}
	m.settle()
}

// settle drops changes that are so already.
func (m *Edit) settle() {
	if m.wanted() == m.base.name && m.id != "" {
		m.named, m.renamed = false, false
	}
	for i := range m.deltas {
		maps.DeleteFunc(m.deltas[i], func(id string, wanted bool) bool { return wanted == m.base.members[i][id] })
	}
}

// forget drops memberships that were to be set of what does not exist any more.
func (m *Edit) forget(d *model.Data) {
	for i, kind := range Sides(m.kind) {
		maps.DeleteFunc(m.deltas[i], func(id string, wanted bool) bool {
			_, exists := Find(d, kind, id)
			return wanted && !exists
		})
	}
}

func valueOf(d *model.Data, kind Kind, id string) (v value, exists bool) {
	switch kind {
	case policy.TypeEmployee:
		e := d.Employees.Find(id)
		if e == nil {
			return v, false
		}
		return value{e.Name, e.Revision, [2]ids{set(e.Groups), set(e.Projects)}}, true
	case policy.TypeProject:
		p := d.Projects.Find(id)
		if p == nil {
			return v, false
		}
		v = value{p.Name, p.Revision, [2]ids{{}, set(p.Groups)}}
		for _, e := range d.Employees.All() {
			if has(e.Projects, id) {
				v.members[0][string(e.ID)] = true
			}
		}
		return v, true
	}
	g := d.Groups.Find(id)
	if g == nil {
		return v, false
	}
	v = value{g.Name, g.Revision, [2]ids{{}, {}}}
	for _, e := range d.Employees.All() {
		if has(e.Groups, id) {
			v.members[0][string(e.ID)] = true
		}
	}
	for _, p := range d.Projects.All() {
		if has(p.Groups, id) {
			v.members[1][string(p.ID)] = true
		}
	}
	return v, true
}

func set[ID ~string](list []ID) ids {
	all := make(ids, len(list))
	for _, id := range list {
		all[string(id)] = true
	}
	return all
}

// Kind returns of which kind it is.
func (m *Edit) Kind() Kind { return m.kind }

// ID returns the id; it is empty for one that is yet to be made.
func (m *Edit) ID() string { return m.id }

// Gone reports whether it was deleted meanwhile.
func (m *Edit) Gone() bool { return m.gone }

// Stored returns the name as it is stored.
func (m *Edit) Stored() string { return m.base.name }

// Name returns the name as it was typed.
func (m *Edit) Name() string { return m.name }

// wanted returns the name as it is to be stored.
func (m *Edit) wanted() string { return strings.TrimSpace(m.name) }

// SetName changes the name. Spaces around it are not part of it.
func (m *Edit) SetName(name string) {
	m.name, m.named = name, true
	m.touch()
}

// Renamed reports whether somebody else has changed the name meanwhile, to Stored.
func (m *Edit) Renamed() bool { return m.renamed }

// WantedID returns the id that one that is yet to be made is to have; empty for one
// that the sidecar makes up.
func (m *Edit) WantedID() string { return m.wantedID }

// SetWantedID says which id it is to have.
func (m *Edit) SetWantedID(id string) {
	m.wantedID = id
	m.touch()
}

// NameFault says what is wrong with the name; nil if nothing is.
func (m *Edit) NameFault() error { return policy.CheckName("name", m.wanted()) }

// IDFault says what is wrong with the id that is wanted; nil if nothing is.
func (m *Edit) IDFault() error {
	if m.id != "" || m.wantedID == "" {
		return nil
	}
	return policy.CheckID("id", m.wantedID)
}

// Choices returns all there are to be members on a side, by name.
func (m *Edit) Choices(side int) []Thing { return m.choices[side] }

// Members returns the ids of the members on a side, 0 or 1, with the admin's
// changes.
func (m *Edit) Members(side int) []string {
	all := maps.Clone(m.base.members[side])
	if all == nil {
		all = ids{}
	}
	maps.Copy(all, m.deltas[side])
	maps.DeleteFunc(all, func(_ string, member bool) bool { return !member })
	return slices.Sorted(maps.Keys(all))
}

// Dead returns the ids of members on a side that do not exist.
func (m *Edit) Dead(side int) (dead []string) {
	if m.of == nil {
		return nil
	}
	kind := Sides(m.kind)[side]
	for id := range m.base.members[side] {
		if _, exists := Find(m.of, kind, id); !exists {
			dead = append(dead, id)
		}
	}
	slices.Sort(dead)
	return dead
}

// SetMembers changes which of the ids that are offered are members on a side. Others
// stay what they are: who has come only now was not seen.
func (m *Edit) SetMembers(side int, offered, wanted []string) {
	members := set(wanted)
	for _, id := range offered {
		m.deltas[side][id] = members[id]
	}
	m.touch()
}

// touch is for after a change by the admin.
func (m *Edit) touch() {
	m.err, m.key = nil, rand.Text()
	m.settle()
	m.changed()
}

// Changes returns how many memberships are to be set, and to be ended.
func (m *Edit) Changes() (set, ended int) {
	for _, d := range m.deltas {
		for _, wanted := range d {
			if wanted {
				set++
			} else {
				ended++
			}
		}
	}
	return set, ended
}

// Dirty reports whether there is anything to be saved.
func (m *Edit) Dirty() bool {
	set, ended := m.Changes()
	return m.named && m.wanted() != m.base.name || m.id == "" && m.wantedID != "" || set+ended > 0
}

// Discard takes all changes back.
func (m *Edit) Discard() {
	m.name, m.named, m.renamed, m.wantedID = m.base.name, false, false, ""
	m.deltas = [2]delta{{}, {}}
	m.touch()
}

// Busy reports whether it is being saved.
func (m *Edit) Busy() bool { return m.busy }

// Err returns why it could not be saved, if so.
func (m *Edit) Err() error { return m.err }

// CanSave reports whether there is something to be saved that can be.
func (m *Edit) CanSave() bool {
	return m.Dirty() && !m.busy && !m.gone && m.NameFault() == nil && m.IDFault() == nil
}

func (m *Edit) changed() {
	if m.OnChange != nil {
		m.OnChange()
	}
}
