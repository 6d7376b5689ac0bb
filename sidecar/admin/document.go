package admin

import (
	"errors"
	"fmt"
	"slices"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// checkDocument reports the first thing wrong with a document by itself: a list
// that is missing, an entity that is not valid or an id that comes twice.
func (a *Admin) checkDocument(doc api.Document) error {
	for _, list := range []struct {
		kind    policy.Kind
		missing bool
	}{
		{policy.KindEmployees, doc.Employees == nil},
		{policy.KindGroups, doc.Groups == nil},
		{policy.KindProjects, doc.Projects == nil},
	} {
		if list.missing {
			return policy.FieldErrorf(string(list.kind), "is missing")
		}
	}
	return firstOf(
		func() error { return checkList(a.Employees(), doc.Employees) },
		func() error { return checkList(a.Groups(), doc.Groups) },
		func() error { return checkList(a.Projects(), doc.Projects) },
		func() error { return checkList(a.Clients(), doc.Clients) },
		func() error { return checkAddresses(doc.Clients) },
	)
}

func firstOf(checks ...func() error) error {
	for _, check := range checks {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func checkList[T any](c Collection[T], list []T) error {
	seen := make(map[string]bool, len(list))
	for i := range list {
		v := &list[i]
		if err := c.check(v); err != nil {
			return at(c.kind, i, err)
		}
		if seen[c.id(v)] {
			return at(c.kind, i, policy.FieldErrorf("id", "occurs twice"))
		}
		seen[c.id(v)] = true
	}
	return nil
}

// checkAddresses refuses an address that two clients have.
func checkAddresses(clients []policy.Client) error {
	seen := make(map[string]policy.ClientID, len(clients))
	for i, c := range clients {
		email := policy.CanonicalEmail(c.Email)
		if other, twice := seen[email]; twice {
			return at(policy.KindClients, i, policy.FieldErrorf("email", "is the address of the client %s too", other))
		}
		seen[email] = c.ID
	}
	return nil
}

// at moves an error about an entity into the list of a document.
func at(kind policy.Kind, i int, err error) error {
	e, ok := errors.AsType[*policy.Error](err)
	if !ok {
		return err
	}
	moved := *e
	moved.Field = member(fmt.Sprintf("%s[%d]", kind, i), e.Field)
	return &moved
}

// checkDocumentReferences refuses references from within the document to groups
// and projects that are not in it, unless forced.
func checkDocumentReferences(a *Admin, doc api.Document, t Terms, living alive) error {
	if t.Force {
		return nil
	}
	var dead references
	dead.add(collectDead(a.Employees(), doc.Employees, living))
	dead.add(collectDead(a.Projects(), doc.Projects, living))
	dead.add(collectDead(a.Clients(), doc.Clients, living))
	return dead.distinct().refusal()
}

func collectDead[T any](c Collection[T], list []T, living alive) references {
	var all references
	for i := range list {
		all.add(living.dead(c.refs(&list[i])))
	}
	return all
}

func (r *references) add(more references) {
	r.groups = append(r.groups, more.groups...)
	r.projects = append(r.projects, more.projects...)
}

// distinct returns the references in order, each once.
func (r references) distinct() references {
	slices.Sort(r.groups)
	slices.Sort(r.projects)
	r.groups = slices.Compact(r.groups)
	r.projects = slices.Compact(r.projects)
	return r
}

// alive are the groups and projects that exist after an import.
type alive struct {
	groups   map[policy.GroupID]bool
	projects map[policy.ProjectID]bool
}

func aliveIn(d policy.Directory) alive {
	a := alive{
		groups:   make(map[policy.GroupID]bool, len(d.Groups)),
		projects: make(map[policy.ProjectID]bool, len(d.Projects)),
	}
	for _, g := range d.Groups {
		a.groups[g.ID] = true
	}
	for _, p := range d.Projects {
		a.projects[p.ID] = true
	}
	return a
}

func (a alive) dead(r references) references {
	return r.dead(
		func(id policy.GroupID) bool { return a.groups[id] },
		func(id policy.ProjectID) bool { return a.projects[id] },
	)
}

// deadScopes returns the dead references of the clients' scopes.
func (a alive) deadScopes(clients []policy.Client) []api.DeadScope {
	scopes := []api.DeadScope{}
	for i := range clients {
		dead := a.dead(clientReferences(&clients[i]))
		if len(dead.groups)+len(dead.projects) > 0 {
			scopes = append(scopes, api.DeadScope{Client: clients[i].ID, Groups: dead.groups, Projects: dead.projects})
		}
	}
	return scopes
}
