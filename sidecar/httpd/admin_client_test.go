package httpd_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/audit"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

func TestChangeIsInTheNextAnswer(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{})
	imported, err := s.Owner.Import(t.Context(), api.Document{
		Directory: policy.Directory{
			Employees: []policy.Employee{{ID: "ada", Name: "Ada", Groups: []policy.GroupID{"design"}}},
			Groups:    []policy.Group{{ID: "design", Name: "Design"}, {ID: "print", Name: "Print"}},
			Projects:  []policy.Project{},
		},
		Clients: []policy.Client{{
			ID: "acme", Name: "Acme", Email: "a@example.com", Status: policy.Active,
			Scope: policy.Scope{Groups: []policy.GroupID{"print"}},
		}},
	}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	seesAda := func(token string) bool {
		t.Helper()
		a, err := s.App.AtLeast(token).Evaluate(t.Context(), policy.Request{
			Subject:  policy.Entity{Type: policy.TypeClient, ID: "acme"},
			Action:   policy.Action{Name: policy.ActionView},
			Resource: policy.Entity{Type: policy.TypeEmployee, ID: "ada"},
		})
		if err != nil {
			t.Fatal(err)
		}
		return a.Allow
	}
	if seesAda(imported.Token) {
		t.Error("the client sees an employee outside its scope")
	}
	acme, err := s.Owner.Clients().Get(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	acme.Value.Scope.Groups = []policy.GroupID{"design"}
	wider, err := s.Owner.Clients().Replace(t.Context(), "acme", acme.Revision, acme.Value, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	if !seesAda(wider.Token) {
		t.Error("the change is not in the next answer")
	}
	design, err := s.Owner.Groups().Get(t.Context(), "design")
	if err != nil {
		t.Fatal(err)
	}
	gone, err := s.Owner.AtLeast(wider.Token).Groups().Delete(t.Context(), "design", design.Revision, client.Terms{})
	if diff := cmp.Diff([]policy.ClientID{"acme"}, gone.Value.Clients); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if seesAda(gone.Token) {
		t.Error("the deletion is not in the next answer")
	}
}

func TestErrorsComeBackThroughTheClient(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{})
	made, err := s.Owner.Groups().Create(t.Context(), policy.Group{ID: "design", Name: "Design"}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Owner.Groups().Create(t.Context(), policy.Group{ID: "design", Name: "Design"}, client.Terms{})
	want := &policy.Error{Code: policy.Exists, Message: "the group id design is taken", IDs: []string{"design"}}
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Error(diff)
	}
	_, err = s.Owner.Groups().Replace(t.Context(), "design", made.Revision-1, made.Value, client.Terms{})
	if got := policy.CodeOf(err); got != policy.Stale {
		t.Errorf("the code is %q (%v), want stale", got, err)
	}
	scope := policy.Scope{Groups: []policy.GroupID{"none"}}
	dead := policy.Client{ID: "acme", Name: "Acme", Email: "a@example.com", Status: policy.Active, Scope: scope}
	_, err = s.Owner.Clients().Create(t.Context(), dead, client.Terms{})
	if got := policy.CodeOf(err); got != policy.DeadReference {
		t.Errorf("the code is %q (%v), want dead_reference", got, err)
	}
	if _, err := s.Owner.Clients().Create(t.Context(), dead, client.Terms{Force: true}); err != nil {
		t.Error(err)
	}
	_, err = s.App.Groups().List(t.Context(), "", 0)
	if got := policy.CodeOf(err); got != policy.Forbidden {
		t.Errorf("the code is %q (%v), want forbidden", got, err)
	}
}

func TestParallelRepeatsThroughTheClientHaveOneEffect(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{})
	before := auditLog(t, s.Owner)
	terms := client.Terms{IdempotencyKey: "k"}
	made := make([]client.Stored[policy.Project], 100)
	var all sync.WaitGroup
	for i := range made {
		all.Go(func() {
			var err error
			if made[i], err = s.Owner.Projects().Create(t.Context(), policy.Project{Name: "Site"}, terms); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if same := slices.Compact(slices.Collect(ids(made))); len(same) != 1 {
		t.Errorf("the ids are %v, want one", same)
	}
	page, err := s.Owner.Projects().List(t.Context(), "", 0)
	if err != nil || len(page.Items) != 1 {
		t.Errorf("there are %d projects (%v), want 1", len(page.Items), err)
	}
	if after := auditLog(t, s.Owner); len(after) != len(before)+1 {
		t.Errorf("there are %d audit records more, want 1", len(after)-len(before))
	}
}

func ids(made []client.Stored[policy.Project]) func(func(policy.ProjectID) bool) {
	return func(yield func(policy.ProjectID) bool) {
		for _, m := range made {
			if !yield(m.Value.ID) {
				return
			}
		}
	}
}

func auditLog(t *testing.T, c *client.Client) []audit.Record {
	t.Helper()
	var all []audit.Record
	for after := uint64(0); ; {
		page, err := c.Audit(t.Context(), after, 2)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page.Items...)
		if after = page.Next; after == 0 {
			return all
		}
	}
}

func TestEachChangeHasOneAuditRecord(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{})
	done := len(auditLog(t, s.Owner))
	for i := range 10 {
		made, err := s.Owner.Employees().Create(t.Context(), policy.Employee{ID: policy.EmployeeID(fmt.Sprint(i)), Name: "E"}, client.Terms{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Owner.Employees().Delete(t.Context(), fmt.Sprint(i), made.Revision, client.Terms{}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Owner.Employees().Delete(t.Context(), fmt.Sprint(i), made.Revision, client.Terms{}); err == nil {
			t.Fatal("deleted twice")
		}
	}
	if got := len(auditLog(t, s.Owner)) - done; got != 20 {
		t.Errorf("there are %d audit records more, want 20", got)
	}
}

func TestDeletedKeyLetsNobodyIn(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{})
	made, err := s.Owner.CreateKey(t.Context(), api.NewKey{Name: "Ann", Role: policy.RoleAdmin}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	ann := &client.Client{BaseURL: s.URL, Key: made.Value.Text}
	if _, err := ann.AtLeast(made.Token).Groups().List(t.Context(), "", 0); err != nil {
		t.Fatal(err)
	}
	page, err := s.Owner.Keys(t.Context(), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(page.Items, func(k api.Versioned[api.Key]) bool { return k.Value.ID == made.Value.ID })
	if i < 0 {
		t.Fatalf("the key is not among %v", page.Items)
	}
	gone, err := s.Owner.DeleteKey(t.Context(), made.Value.ID, page.Items[i].Revision, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = ann.AtLeast(gone.Token).Groups().List(t.Context(), "", 0)
	if got := policy.CodeOf(err); got != policy.Unauthenticated {
		t.Errorf("the code is %q (%v), want unauthenticated", got, err)
	}
}

func TestImportIsTriedThroughTheClient(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{})
	doc := api.Document{Directory: policy.Directory{
		Employees: []policy.Employee{{ID: "ada", Name: "Ada", Groups: []policy.GroupID{"none"}}},
		Groups:    []policy.Group{},
		Projects:  []policy.Project{},
	}}
	_, err := s.Owner.TryImport(t.Context(), doc, client.Terms{})
	if got := policy.CodeOf(err); got != policy.DeadReference {
		t.Errorf("the code is %q (%v), want dead_reference", got, err)
	}
	tried, err := s.Owner.TryImport(t.Context(), doc, client.Terms{Force: true})
	if err != nil {
		t.Fatal(err)
	}
	if page, err := s.Owner.Employees().List(t.Context(), "", 0); err != nil || len(page.Items) != 0 {
		t.Errorf("the employees are %v (%v), want none yet", page.Items, err)
	}
	done, err := s.Owner.Import(t.Context(), doc, client.Terms{Force: true})
	if err != nil {
		t.Fatal(err)
	}
	tried.Value.DryRun = false
	if diff := cmp.Diff(tried.Value, done.Value); diff != "" {
		t.Error(diff)
	}
}
