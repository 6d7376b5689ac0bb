package admin

import (
	"context"
	"errors"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/store"
)

// Collection is the clients, the employees, the groups or the projects.
type Collection[T any] struct {
	admin *Admin
	store store.Collection[T]
	kind  policy.Kind
	id    func(*T) string
	setID func(*T, string)
	check func(*T) error
	refs  func(*T) references
	trail func(*T) *policy.Trail // nil for kinds without
	// along returns the changes that go with that of an entity from before to
	// after, each nil for none; along is nil for kinds that need none.
	along func(ctx context.Context, before, after *T) ([]store.Op, error)
	// farewell returns a deletion with what goes along with it; nil for kinds
	// where nothing does.
	farewell func(v T, by policy.Caller, op store.Op) []store.Op
}

// Clients returns the collection of clients.
func (a *Admin) Clients() Collection[policy.Client] {
	return Collection[policy.Client]{
		admin: a, store: a.store.Clients(), kind: policy.KindClients,
		id:    func(c *policy.Client) string { return string(c.ID) },
		setID: func(c *policy.Client, id string) { c.ID = policy.ClientID(id) },
		check: (*policy.Client).Check,
		refs:  clientReferences,
		trail: func(c *policy.Client) *policy.Trail { return &c.Trail },
		along: a.clientAlong, farewell: a.farewell,
	}
}

// Employees returns the collection of employees.
func (a *Admin) Employees() Collection[policy.Employee] {
	return Collection[policy.Employee]{
		admin: a, store: a.store.Employees(), kind: policy.KindEmployees,
		id:    func(e *policy.Employee) string { return string(e.ID) },
		setID: func(e *policy.Employee, id string) { e.ID = policy.EmployeeID(id) },
		check: (*policy.Employee).Check,
		refs:  employeeReferences,
	}
}

// Groups returns the collection of groups.
func (a *Admin) Groups() Collection[policy.Group] {
	return Collection[policy.Group]{
		admin: a, store: a.store.Groups(), kind: policy.KindGroups,
		id:    func(g *policy.Group) string { return string(g.ID) },
		setID: func(g *policy.Group, id string) { g.ID = policy.GroupID(id) },
		check: (*policy.Group).Check,
		refs:  func(*policy.Group) references { return references{} },
	}
}

// Projects returns the collection of projects.
func (a *Admin) Projects() Collection[policy.Project] {
	return Collection[policy.Project]{
		admin: a, store: a.store.Projects(), kind: policy.KindProjects,
		id:    func(p *policy.Project) string { return string(p.ID) },
		setID: func(p *policy.Project, id string) { p.ID = policy.ProjectID(id) },
		check: (*policy.Project).Check,
		refs:  projectReferences,
	}
}

// Get returns an entity as it is stored now. One whose stored value can't be
// read gives a policy.Conflict that tells its revision.
func (c Collection[T]) Get(ctx context.Context, caller policy.Caller, id string) (api.Versioned[T], error) {
	if _, err := c.admin.Authorise(ctx, caller, Intent{Action: actionRead, Kind: c.kind, ID: id}); err != nil {
		return api.Versioned[T]{}, err
	}
	if err := policy.CheckID("id", id); err != nil {
		return api.Versioned[T]{}, err
	}
	stored, err := c.store.Get(ctx, id)
	if unreadable, ok := errors.AsType[*store.Unreadable](err); ok {
		return api.Versioned[T]{}, policy.Errorf(policy.Conflict,
			`the stored value can't be read; it can be replaced or deleted with If-Match: "%d"`, unreadable.Revision)
	}
	return api.Versioned[T]{Revision: stored.Revision, Value: stored.Value}, err
}

// List returns the entities after the given id, by id: at most limit, which is
// 1 to api.MaxPage.
func (c Collection[T]) List(ctx context.Context, caller policy.Caller, after string, limit int) (api.Page[T], error) {
	if _, err := c.admin.Authorise(ctx, caller, Intent{Action: actionRead, Kind: c.kind}); err != nil {
		return api.Page[T]{}, err
	}
	if err := checkPage(after, limit); err != nil {
		return api.Page[T]{}, err
	}
	stored, err := c.store.List(ctx, after, limit)
	if err != nil {
		return api.Page[T]{}, err
	}
	return pageOf(stored, func(v T) T { return v }), nil
}

func checkPage(after string, limit int) error {
	if after != "" {
		if err := policy.CheckID("after", after); err != nil {
			return err
		}
	}
	if limit < 1 || limit > api.MaxPage {
		return policy.FieldErrorf("limit", "must be 1 to %d", api.MaxPage)
	}
	return nil
}

func pageOf[T, V any](stored store.Page[T], shown func(T) V) api.Page[V] {
	page := api.Page[V]{
		Items:      make([]api.Versioned[V], len(stored.Items)),
		Unreadable: stored.Unreadable,
		Next:       stored.Next,
	}
	for i, item := range stored.Items {
		page.Items[i] = api.Versioned[V]{Revision: item.Revision, Value: shown(item.Value)}
	}
	return page
}
