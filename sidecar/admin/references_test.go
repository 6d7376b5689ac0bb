package admin_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
)

func TestDeadReferencesAreRefusedUnlessForced(t *testing.T) {
	h := start(t)
	add(t, h, h.Groups(), group("design"))
	add(t, h, h.Projects(), project("site"))
	dead := func(field string, ids ...string) error {
		return &policy.Error{
			Code: policy.DeadReference, Field: field, IDs: ids,
			Message: "names what does not exist; force writes it all the same",
		}
	}
	for name, c := range map[string]struct {
		create func(admin.Terms) error
		want   error
	}{
		"groups of a scope": {
			creation(t, h.Clients(), client("a", policy.Scope{Groups: []policy.GroupID{"g1", "design", "g2"}})),
			dead("scope.groups", "g1", "g2"),
		},
		"projects of a scope": {
			creation(t, h.Clients(), client("b", policy.Scope{Projects: []policy.ProjectID{"site", "p1"}})),
			dead("scope.projects", "p1"),
		},
		"both of a scope": {
			creation(t, h.Clients(), client("c", policy.Scope{Groups: []policy.GroupID{"g1"}, Projects: []policy.ProjectID{"p1"}})),
			dead("scope", "g1", "p1"),
		},
		"groups of an employee": {
			creation(t, h.Employees(), policy.Employee{ID: "ann", Name: "Ann", Groups: []policy.GroupID{"g1"}}),
			dead("groups", "g1"),
		},
		"projects of an employee": {
			creation(t, h.Employees(), policy.Employee{ID: "bob", Name: "Bob", Projects: []policy.ProjectID{"p1"}}),
			dead("projects", "p1"),
		},
		"groups of a project": {
			creation(t, h.Projects(), project("app", "g1", "design")),
			dead("groups", "g1"),
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, c.create(admin.Terms{})); diff != "" {
				t.Error(diff)
			}
			if err := c.create(admin.Terms{Force: true}); err != nil {
				t.Error(err)
			}
		})
	}
}

func creation[T any](t *testing.T, c admin.Collection[T], v T) func(admin.Terms) error {
	return func(terms admin.Terms) error {
		_, err := c.Create(t.Context(), ann, terms, v)
		return err
	}
}

func TestReplaceAsksAgainAboutOldDeadReferences(t *testing.T) {
	h := start(t)
	scope := policy.Scope{Groups: []policy.GroupID{"gone"}}
	revision := add(t, h, h.Clients(), client("acme", scope))
	_, err := h.Clients().Replace(t.Context(), ann, admin.Terms{Revision: revision}, "acme", client("acme", scope))
	wantCode(t, err, policy.DeadReference)
	forced := admin.Terms{Revision: revision, Force: true}
	if _, err := h.Clients().Replace(t.Context(), ann, forced, "acme", client("acme", scope)); err != nil {
		t.Error(err)
	}
}

func TestReferenceToWhatTheSnapshotDoesNotHaveYetIsGood(t *testing.T) {
	h := closed(t)
	h.engine.Swap(new(policy.Data))
	add(t, h, h.Groups(), group("design"))
	add(t, h, h.Projects(), project("site", "design"))
	scope := policy.Scope{Groups: []policy.GroupID{"design"}, Projects: []policy.ProjectID{"site"}}
	if _, err := h.Clients().Create(t.Context(), ann, admin.Terms{}, client("acme", scope)); err != nil {
		t.Error(err)
	}
}

func TestDeletionTellsWhoseScopeHasADeadReferenceNow(t *testing.T) {
	h := start(t)
	design := add(t, h, h.Groups(), group("design"))
	site := add(t, h, h.Projects(), project("site"))
	ada := add(t, h, h.Employees(), policy.Employee{ID: "design", Name: "Ada"})
	add(t, h, h.Clients(), client("b", policy.Scope{Groups: []policy.GroupID{"design"}}))
	add(t, h, h.Clients(), client("a", policy.Scope{Groups: []policy.GroupID{"design"}, Projects: []policy.ProjectID{"site"}}))
	add(t, h, h.Clients(), client("c", policy.Scope{Projects: []policy.ProjectID{"design"}}))

	done, err := h.Groups().Delete(t.Context(), ann, admin.Terms{Revision: design}, "design")
	if diff := cmp.Diff(api.Deleted{Clients: []policy.ClientID{"a", "b"}}, done.Value); diff != "" || err != nil {
		t.Error(diff, err)
	}
	done, err = h.Projects().Delete(t.Context(), ann, admin.Terms{Revision: site}, "site")
	if diff := cmp.Diff(api.Deleted{Clients: []policy.ClientID{"a"}}, done.Value); diff != "" || err != nil {
		t.Error(diff, err)
	}
	done, err = h.Employees().Delete(t.Context(), ann, admin.Terms{Revision: ada}, "design")
	if diff := cmp.Diff(api.Deleted{Clients: []policy.ClientID{}}, done.Value); diff != "" || err != nil {
		t.Error(diff, err)
	}
}
