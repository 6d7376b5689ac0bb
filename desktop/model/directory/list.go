package directory

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sightline.example/desktop/async"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/names"
	"sightline.example/policy"
)

// Row is an employee, a group or a project in its list, with how many there are of
// what belongs to it. What does not fit its kind is 0.
type Row struct {
	Thing
	Employees int // in the group, or on the project
	Groups    int // of the employee, or the project
	Projects  int // of the employee, or the group
	Clients   int // whose scopes select it

	text  names.Text
	order string
}

// What a list is sorted by.
const (
	SortName      = "name"
	SortID        = "id"
	SortEmployees = "employees"
	SortGroups    = "groups"
	SortProjects  = "projects"
	SortClients   = "clients"
)

// List is all there are of a kind, searched and sorted.
type List struct {
	// OnChange is called when the rows or the link have changed; nil is not.
	OnChange func()

	kind    Kind
	store   *model.Store
	words   string
	order   model.Order
	all     map[string]*Row // as they were last, by id
	rows    []*Row
	read    bool
	of      *model.Data // that were listed last
	link    model.LinkState
	latest  async.Latest[listed, listing]
	stopped func()
}

// listed are the inputs of a listing, and listing is what comes of them.
type (
	listed struct {
		data  *model.Data
		words string
		order model.Order
		last  map[string]*Row
	}
	listing struct {
		all  map[string]*Row
		rows []*Row
		read bool
	}
)

// NewList returns a list by name, which follows the store until Close.
func NewList(on async.Dispatcher, s *model.Store, kind Kind) *List {
	l := &List{kind: kind, store: s, order: model.Order{By: SortName}}
	l.latest = async.Latest[listed, listing]{
		On: on,
		Work: func(_ context.Context, in listed) (listing, error) {
			return list(kind, in), nil
		},
		Install: func(now listing, _ error) {
			l.all, l.rows, l.read = now.all, now.rows, now.read
			l.changed()
		},
	}
	l.stopped = s.Watch(l.follow)
	l.update()
	return l
}

// Close ends following the store.
func (l *List) Close() {
	l.stopped()
	l.latest.Cancel()
}

// Kind returns what is listed.
func (l *List) Kind() Kind { return l.kind }

// Len returns how many are listed.
func (l *List) Len() int { return len(l.rows) }

// At returns one of those that are listed.
func (l *List) At(i int) *Row { return l.rows[i] }

// Total returns how many there are.
func (l *List) Total() int { return len(l.all) }

// Read reports whether it is known how many there are.
func (l *List) Read() bool { return l.read }

// Link returns how the store stands with the sidecar.
func (l *List) Link() model.Link { return l.store.Link() }

// Words returns what is searched for.
func (l *List) Words() string { return l.words }

// Search lists those in whose name, or at the beginning of whose id, the words are.
func (l *List) Search(words string) {
	l.words = words
	l.update()
}

// Order returns by what the rows are sorted.
func (l *List) Order() model.Order { return l.order }

// Sort asks for another order.
func (l *List) Sort(o model.Order) {
	l.order = o
	l.update()
}

// follow lists what the store has now, if that is anything else.
func (l *List) follow() {
	if l.store.Data() != l.of {
		l.latest.Follow(l.inputs())
	}
	if link := l.store.Link().State; link != l.link {
		l.link = link
		l.changed()
	}
}

func (l *List) update() { l.latest.Set(l.inputs()) }

func (l *List) inputs() listed {
	l.of = l.store.Data()
	return listed{l.of, l.words, l.order, l.all}
}

func (l *List) changed() {
	if l.OnChange != nil {
		l.OnChange()
	}
}

// list makes the rows anew. What names are searched and sorted by is taken from
// the rows of before, where it is the same: it takes the longest.
func list(kind Kind, in listed) listing {
	rows := counted(kind, in.data)
	out := listing{all: rows, read: in.data.Token != ""}
	terms := names.TermsOf(in.words)
	for id, r := range rows {
		if old := in.last[id]; old != nil && old.Name == r.Name {
			r.text, r.order = old.text, old.order
		} else {
			r.text, r.order = names.TextOf(r.Name, id), names.Order(r.Name)
		}
		if terms.Find(&r.text) {
			out.rows = append(out.rows, r)
		}
	}
	by := comparison(in.order.By)
	slices.SortFunc(out.rows, func(a, b *Row) int {
		c := by(a, b)
		if in.order.Descending {
			c = -c
		}
		return cmp.Or(c, strings.Compare(a.order, b.order), strings.Compare(a.ID, b.ID))
	})
	return out
}

// counted returns the rows of a kind by id, with their counts.
func counted(kind Kind, d *model.Data) map[string]*Row {
	rows := map[string]*Row{}
	for _, t := range Things(d, kind) {
		rows[t.ID] = &Row{Thing: t}
	}
	switch kind {
	case policy.TypeEmployee:
		for _, e := range d.Employees.All() {
			r := rows[string(e.ID)]
			r.Groups, r.Projects = living(d.Groups, e.Groups), living(d.Projects, e.Projects)
		}
	case policy.TypeGroup:
		for _, e := range d.Employees.All() {
			each(rows, e.Groups, func(r *Row) { r.Employees++ })
		}
		for _, p := range d.Projects.All() {
			each(rows, p.Groups, func(r *Row) { r.Projects++ })
		}
		for _, c := range d.Clients.All() {
			each(rows, c.Scope.Groups, func(r *Row) { r.Clients++ })
		}
	case policy.TypeProject:
		for _, e := range d.Employees.All() {
			each(rows, e.Projects, func(r *Row) { r.Employees++ })
		}
		for _, p := range d.Projects.All() {
			rows[string(p.ID)].Groups = living(d.Groups, p.Groups)
		}
		for _, c := range d.Clients.All() {
			each(rows, c.Scope.Projects, func(r *Row) { r.Clients++ })
		}
	}
	return rows
}

// living returns how many of the ids exist.
func living[T interface{ Find(string) *E }, E any, ID ~string](all T, ids []ID) (n int) {
	for _, id := range ids {
		if all.Find(string(id)) != nil {
			n++
		}
	}
	return n
}

// each calls do with the rows of those of the ids that exist.
func each[ID ~string](rows map[string]*Row, ids []ID, do func(*Row)) {
	for _, id := range ids {
		if r := rows[string(id)]; r != nil {
			do(r)
		}
	}
}

func comparison(by string) func(a, b *Row) int {
	number := func(n func(*Row) int) func(a, b *Row) int {
		return func(a, b *Row) int { return cmp.Compare(n(a), n(b)) }
	}
	switch by {
	case SortID:
		return func(a, b *Row) int { return strings.Compare(a.ID, b.ID) }
	case SortEmployees:
		return number(func(r *Row) int { return r.Employees })
	case SortGroups:
		return number(func(r *Row) int { return r.Groups })
	case SortProjects:
		return number(func(r *Row) int { return r.Projects })
	case SortClients:
		return number(func(r *Row) int { return r.Clients })
	}
	return func(a, b *Row) int { return strings.Compare(a.order, b.order) }
}
