package service_test

import (
	"context"
	"strings"
	"testing"

	"sightline.example/policy"
	"sightline.example/policy/policytest"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// build makes a world through the admin API: it is imported, then what it
// deletes is deleted. It returns the token of the last change.
func build(t testing.TB, s *sidecartest.Sidecar, w policytest.World) string {
	t.Helper()
	// The document's lists are required, so empty ones must not be nil.
	doc := api.Document{Clients: append([]policy.Client{}, w.Clients...)}
	doc.Employees = append([]policy.Employee{}, w.Employees...)
	doc.Groups = append([]policy.Group{}, w.Groups...)
	doc.Projects = append([]policy.Project{}, w.Projects...)
	imported, err := s.Owner.Import(t.Context(), doc, client.Terms{Force: true})
	if err != nil {
		t.Fatalf("import the world: %v", err)
	}
	token := imported.Token
	for _, path := range w.Delete {
		token = remove(t, s, path)
	}
	return token
}

// remove deletes what path names, such as "groups/design".
func remove(t testing.TB, s *sidecartest.Sidecar, path string) string {
	t.Helper()
	kind, id, _ := strings.Cut(path, "/")
	var token string
	var err error
	switch policy.Kind(kind) {
	case policy.KindClients:
		token, err = removeFrom(t.Context(), s.Owner.Clients(), id)
	case policy.KindEmployees:
		token, err = removeFrom(t.Context(), s.Owner.Employees(), id)
	case policy.KindGroups:
		token, err = removeFrom(t.Context(), s.Owner.Groups(), id)
	case policy.KindProjects:
		token, err = removeFrom(t.Context(), s.Owner.Projects(), id)
	}
	if err != nil {
		t.Fatalf("delete %s: %v", path, err)
	}
	return token
}

func removeFrom[T any](ctx context.Context, c client.Collection[T], id string) (string, error) {
	stored, err := c.Get(ctx, id)
	if err != nil {
		return "", err
	}
	deleted, err := c.Delete(ctx, id, stored.Revision, client.Terms{})
	return deleted.Token, err
}

var noTerms client.Terms

// evaluation returns a request as an item of a batch.
func evaluation(r policy.Request) api.Item {
	return api.Item{Subject: &r.Subject, Action: &r.Action, Resource: &r.Resource, Context: r.Context}
}
