package admin

import (
	"context"
	"slices"

	"sightline.example/policy"
	"sightline.example/sidecar/store"
)

// references are the ids of groups and projects that an entity names.
type references struct {
	field    string // of the object that has the lists; empty for the entity itself
	groups   []policy.GroupID
	projects []policy.ProjectID
}

func clientReferences(c *policy.Client) references {
	return references{field: "scope", groups: c.Scope.Groups, projects: c.Scope.Projects}
}

func employeeReferences(e *policy.Employee) references {
	return references{groups: e.Groups, projects: e.Projects}
}

func projectReferences(p *policy.Project) references {
	return references{groups: p.Groups}
}

// dead returns the references to what does not exist.
func (r references) dead(hasGroup func(policy.GroupID) bool, hasProject func(policy.ProjectID) bool) references {
	return references{
		field:    r.field,
		groups:   slices.DeleteFunc(slices.Clone(r.groups), hasGroup),
		projects: slices.DeleteFunc(slices.Clone(r.projects), hasProject),
	}
}

// refusal returns the error that tells of dead references, nil if there are none.
func (r references) refusal() error {
	if len(r.groups)+len(r.projects) == 0 {
		return nil
	}
	e := policy.Errorf(policy.DeadReference, "names what does not exist; force writes it all the same")
	e.Field = r.field
	switch {
	case len(r.projects) == 0:
		e.Field = member(r.field, "groups")
	case len(r.groups) == 0:
		e.Field = member(r.field, "projects")
	}
	for _, g := range r.groups {
		e.IDs = append(e.IDs, string(g))
	}
	for _, p := range r.projects {
		e.IDs = append(e.IDs, string(p))
	}
	return e
}

func member(object, name string) string {
	if object == "" {
		return name
	}
	return object + "." + name
}

// checkReferences refuses references to what does not exist, unless forced. The
// store is asked about what the snapshot does not have, since a caller's own
// last change may not have come there yet.
func (a *Admin) checkReferences(ctx context.Context, data *policy.Data, t Terms, r references) error {
	if t.Force {
		return nil
	}
	dead := r.dead(
		func(id policy.GroupID) bool { _, ok := data.Group(id); return ok },
		func(id policy.ProjectID) bool { _, ok := data.Project(id); return ok },
	)
	var err error
	if dead.groups, err = missing(ctx, a.store.Groups(), dead.groups); err != nil {
		return err
	}
	if dead.projects, err = missing(ctx, a.store.Projects(), dead.projects); err != nil {
		return err
	}
	return dead.refusal()
}

// missing returns those of the ids that are not stored.
func missing[ID ~string, T any](ctx context.Context, c store.Collection[T], ids []ID) ([]ID, error) {
	var gone []ID
	for _, id := range ids {
		_, err := c.Get(ctx, string(id))
		switch {
		case policy.CodeOf(err) == policy.NotFound:
			gone = append(gone, id)
		case err != nil:
			return nil, err
		}
	}
	return gone, nil
}
