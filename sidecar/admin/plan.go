package admin

import (
	"fmt"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/store"
)

// maxSize is the most, in bytes, that an import writes as changes of single
// entities. What is larger replaces everything at once.
const maxSize = 512 << 10

// plan is what an import is going to do.
type plan struct {
	answer api.Imported
	wanted store.Entities
	since  int64
	ops    []store.Op
	size   int      // of the entities written, in bytes
	reused []string // ids to be added that were used before
	lost   []string // unreadable clients that writing everything anew would lose
}

func (a *Admin) plan(caller policy.Caller, doc api.Document, t Terms, stored store.All) (plan, error) {
	p := plan{
		since: stored.Since,
		wanted: store.Entities{
			Clients: doc.Clients, Employees: doc.Employees, Groups: doc.Groups, Projects: doc.Projects,
			Bury: func(c policy.Client) store.Grave { return a.grave(c, caller) },
		},
		answer: api.Imported{Clients: none()},
	}
	if doc.Clients == nil {
		p.wanted.Clients = values(stored.Clients)
		p.lost = unreadableClients(stored)
	}
	living, rest := aliveIn(doc.Directory), remainsOf(stored)
	dead := living.deadScopes(p.wanted.Clients)
	p.answer.Dead, p.answer.DeadCount = first(dead), len(dead)
	return p, firstOf(
		func() error { return checkDocumentReferences(a, doc, t, living) },
		func() error {
			return add(caller, &p, &p.answer.Employees, a.Employees(), doc.Employees, stored.Employees, rest)
		},
		func() error { return add(caller, &p, &p.answer.Groups, a.Groups(), doc.Groups, stored.Groups, rest) },
		func() error {
			return add(caller, &p, &p.answer.Projects, a.Projects(), doc.Projects, stored.Projects, rest)
		},
		func() error {
			if doc.Clients == nil {
				return nil
			}
			p.ops = append(p.ops, a.moveAddresses(stored.Clients, doc.Clients)...)
			return add(caller, &p, &p.answer.Clients, a.Clients(), doc.Clients, stored.Clients, rest)
		},
		p.refuseReuse,
		p.refuseLoss,
	)
}

// add adds to a plan what is to be done with one kind.
func add[T any](caller policy.Caller, p *plan, answer *api.Difference, c Collection[T], wanted []T, stored []store.Versioned[T], rest remains) error {
	d, err := differ(caller, c, wanted, stored, rest)
	*answer = listed(d.Difference)
	p.ops = append(p.ops, d.ops...)
	p.size += d.size
	p.reused = append(p.reused, d.reused...)
	return err
}

func (p *plan) refuseReuse() error {
	if len(p.reused) == 0 {
		return nil
	}
	e := policy.Errorf(policy.Exists, "has ids of what was deleted; ids are never used again")
	e.IDs = p.reused
	return e
}

func (p *plan) refuseLoss() error {
	if len(p.lost) == 0 || p.small() {
		return nil
	}
	e := policy.Errorf(policy.Conflict, "there are clients whose stored value can't be read; replace or delete them first")
	e.IDs = p.lost
	return e
}

// small reports whether the plan fits in one transaction.
func (p *plan) small() bool { return len(p.ops) <= store.MaxOps && p.size <= maxSize }

func values[T any](stored []store.Versioned[T]) []T {
	all := make([]T, len(stored))
	for i, v := range stored {
		all[i] = v.Value
	}
	return all
}

func unreadableClients(stored store.All) []string {
	var ids []string
	for _, u := range stored.Unreadable {
		if u.Kind == policy.KindClients {
			ids = append(ids, u.ID)
		}
	}
	return ids
}

// summary is what the audit record says of an import.
func (p plan) summary() string {
	count := func(kind policy.Kind, d api.Difference) string {
		return fmt.Sprintf("%s: %d added, %d changed, %d removed", kind, d.Counts.Added, d.Counts.Changed, d.Counts.Removed)
	}
	return count(policy.KindEmployees, p.answer.Employees) + "; " +
		count(policy.KindGroups, p.answer.Groups) + "; " +
		count(policy.KindProjects, p.answer.Projects) + "; " +
		count(policy.KindClients, p.answer.Clients)
}

// shortened is what a repeat is answered with if the lists were too long to be kept.
func shortened(full api.Imported) api.Imported {
	counts := func(d api.Difference) api.Difference {
		short := none()
		short.Counts = d.Counts
		return short
	}
	return api.Imported{
		Employees: counts(full.Employees), Groups: counts(full.Groups),
		Projects: counts(full.Projects), Clients: counts(full.Clients),
		Dead: []api.DeadScope{}, DeadCount: full.DeadCount,
		MoreWarnings: len(full.Warnings) + full.MoreWarnings,
		Shortened:    true,
	}
}

func none() api.Difference {
	return api.Difference{Added: []string{}, Changed: []string{}, Removed: []string{}}
}
