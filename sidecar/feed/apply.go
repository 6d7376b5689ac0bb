package feed

import (
	"fmt"
	"slices"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/store"
)

// entity names what has a value of its own in the store.
type entity struct {
	kind policy.Kind
	id   string
}

// replace makes s, which was asked for at the given time, the current snapshot.
func (f *Feed) replace(s store.Snapshot, asked time.Duration) {
	reported := f.broken
	f.broken = make(map[entity]int64, len(s.Unreadable))
	for _, b := range s.Unreadable {
		f.report(reported, b)
	}
	before := f.data
	if f.position.Load().epoch.ID != s.Epoch.ID {
		before = nil
	}
	f.data = (&policy.Data{}).Apply(s.Revision, s.Changes...)
	f.cfg.Swap(f.data)
	f.cfg.Swapped(f.data, nil)
	f.freshAt.Store(int64(asked)) // after the swap, before whoever waits for it goes on
	f.move(s.Revision, s.Epoch)
	f.cfg.Applied.Everything(before, f.data)
}

// apply makes the current snapshot one revision newer. Its error says that the
// batch does not follow from the snapshot.
func (f *Feed) apply(b store.Batch) error {
	if at := f.data.Revision(); b.Revision < at || b.Revision == at && len(b.Changes) > 0 {
		return fmt.Errorf("revision %d came after %d", b.Revision, at)
	}
	if i := slices.IndexFunc(b.Changes, f.missed); i >= 0 {
		return fmt.Errorf("revision %d removes %s/%s, which is not there", b.Revision, b.Changes[i].Kind, b.Changes[i].ID)
	}
	for _, broken := range b.Unreadable {
		f.report(f.broken, broken)
	}
	before := f.data
	f.data = before.Apply(b.Revision, b.Changes...)
	f.cfg.Swap(f.data)
	if len(b.Changes) > 0 {
		f.cfg.Swapped(f.data, b.Changes)
	}
	f.move(b.Revision, f.position.Load().epoch)
	f.cfg.Applied.Revision(before, f.data, b.Changes)
	return nil
}

// report logs a value that can't be read, unless it is among the reported ones.
func (f *Feed) report(reported map[entity]int64, b *store.Unreadable) {
	e := entity{b.Kind, b.ID}
	known := reported[e] == b.Revision
	f.broken[e] = b.Revision
	if !known {
		f.cfg.Log.Error("a stored value can't be read", "kind", b.Kind, "id", b.ID, "revision", b.Revision, "error", b.Cause)
	}
}

// missed reports whether c removes what the snapshot does not have: then an
// earlier revision was missed. A value that can't be read counts as there.
func (f *Feed) missed(c policy.Change) bool {
	if c.Value != nil || c.Unreadable {
		return false
	}
	if _, broken := f.broken[entity{c.Kind, c.ID}]; broken {
		return false
	}
	return !has(f.data, c.Kind, c.ID)
}

func has(d *policy.Data, kind policy.Kind, id string) (ok bool) {
	switch kind {
	case policy.KindClients:
		_, ok = d.Client(policy.ClientID(id))
	case policy.KindEmployees:
		_, ok = d.Employee(policy.EmployeeID(id))
	case policy.KindGroups:
		_, ok = d.Group(policy.GroupID(id))
	case policy.KindProjects:
		_, ok = d.Project(policy.ProjectID(id))
	case policy.KindKeys:
		ok = slices.ContainsFunc(d.Keys(), func(k *policy.Key) bool { return string(k.ID) == id })
	case policy.KindAdmins:
		_, ok = d.Admin(policy.AdminID(id))
	case policy.KindAccounts:
		_, ok = d.Account(policy.ClientID(id))
	case policy.KindSessions:
		_, ok = d.SessionByID(policy.SessionID(id))
	}
	return ok
}
