package admin_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
)

func once(key, fingerprint string) admin.Terms {
	return admin.Terms{IdempotencyKey: key, Fingerprint: fingerprint}
}

func TestParallelRepeatsHaveOneEffect(t *testing.T) {
	h := start(t)
	const repeats = 100
	answers := make([]admin.Changed[policy.Group], repeats)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() {
			var err error
			// Without an id, each attempt would make another group.
			answers[i], err = h.Groups().Create(t.Context(), ann, once("k", "f"), policy.Group{Name: "Design"})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, a := range answers[1:] {
		if diff := cmp.Diff(answers[0], a); diff != "" {
			t.Fatal(diff)
		}
	}
	page, err := h.Groups().List(t.Context(), ann, "", 10)
	if err != nil || len(page.Items) != 1 {
		t.Errorf("there are %d groups (%v), want 1", len(page.Items), err)
	}
	if got := h.records(t); got != 1 {
		t.Errorf("there are %d audit records, want 1", got)
	}
}

func TestRepeatIsAnsweredAsTheFirstTime(t *testing.T) {
	h := start(t)
	design := add(t, h, h.Groups(), group("design"))
	acme := client("acme", policy.Scope{Groups: []policy.GroupID{"design"}})

	made, err := h.Clients().Create(t.Context(), ann, once("1", "create"), acme)
	if err != nil {
		t.Fatal(err)
	}
	renamed := acme
	renamed.Name = "Acme Inc."
	terms := once("2", "replace")
	terms.Revision = made.Revision
	replaced, err := h.Clients().Replace(t.Context(), ann, terms, "acme", renamed)
	if err != nil {
		t.Fatal(err)
	}
	h.reach(t, replaced.Revision)
	deletion := once("3", "delete")
	deletion.Revision = design
	deleted, err := h.Groups().Delete(t.Context(), ann, deletion, "design")
	if err != nil {
		t.Fatal(err)
	}
	h.reach(t, deleted.Revision)

	// By now the group is dead, the id taken and both revisions are stale.
	again, err := h.Clients().Create(t.Context(), ann, once("1", "create"), acme)
	if diff := cmp.Diff(made, again); diff != "" || err != nil {
		t.Error(diff, err)
	}
	again, err = h.Clients().Replace(t.Context(), ann, terms, "acme", renamed)
	if diff := cmp.Diff(replaced, again); diff != "" || err != nil {
		t.Error(diff, err)
	}
	twice, err := h.Groups().Delete(t.Context(), ann, deletion, "design")
	want := admin.Changed[api.Deleted]{Value: api.Deleted{Clients: []policy.ClientID{"acme"}}, Revision: deleted.Revision}
	if diff := cmp.Diff(want, twice); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if got := h.records(t); got != 4 {
		t.Errorf("there are %d audit records, want 4", got)
	}
}

func TestIdempotencyKeyIsForOneRequestOfOneCaller(t *testing.T) {
	h := start(t)
	if _, err := h.Groups().Create(t.Context(), ann, once("k", "f"), group("a")); err != nil {
		t.Fatal(err)
	}
	_, err := h.Groups().Create(t.Context(), ann, once("k", "g"), group("b"))
	wantCode(t, err, policy.KeyReused)
	if _, err := h.Groups().Create(t.Context(), owner, once("k", "g"), group("b")); err != nil {
		t.Errorf("another caller's key counts: %v", err)
	}
}

func TestFailureIsNotKept(t *testing.T) {
	h := start(t)
	acme := client("acme", policy.Scope{Groups: []policy.GroupID{"design"}})
	_, err := h.Clients().Create(t.Context(), ann, once("k", "f"), acme)
	wantCode(t, err, policy.DeadReference)
	add(t, h, h.Groups(), group("design"))
	if _, err := h.Clients().Create(t.Context(), ann, once("k", "f"), acme); err != nil {
		t.Error(err)
	}
}

func TestLongAnswerIsShortenedForRepeats(t *testing.T) {
	h := start(t)
	doc := api.Document{Directory: directory("design")}
	for i := range 4_000 {
		id := policy.ClientID(fmt.Sprintf("client-with-quite-a-long-id-%0100d", i))
		doc.Clients = append(doc.Clients, client(id, policy.Scope{Groups: []policy.GroupID{"design"}}))
	}
	first, err := h.Import(t.Context(), ann, once("import", "f"), doc, false)
	if err != nil {
		t.Fatal(err)
	}
	again, err := h.Import(t.Context(), ann, once("import", "f"), doc, false)
	none := api.Difference{Added: []string{}, Changed: []string{}, Removed: []string{}}
	shortened := api.Imported{Employees: none, Groups: none, Projects: none, Clients: none, Dead: []api.DeadScope{}, Shortened: true}
	shortened.Groups.Counts.Added, shortened.Clients.Counts.Added = 1, 4_000
	if diff := cmp.Diff(admin.Changed[api.Imported]{Value: shortened, Revision: first.Revision}, again); diff != "" || err != nil {
		t.Error(diff, err)
	}
	h.reach(t, first.Revision)

	design, err := h.Groups().Get(t.Context(), ann, "design")
	if err != nil {
		t.Fatal(err)
	}
	terms := once("delete", "f")
	terms.Revision = design.Revision
	deleted, err := h.Groups().Delete(t.Context(), ann, terms, "design")
	if err != nil || len(deleted.Value.Clients) != 4_000 {
		t.Fatalf("%d clients have a dead reference, want 4000 (%v)", len(deleted.Value.Clients), err)
	}
	repeated, err := h.Groups().Delete(t.Context(), ann, terms, "design")
	want := api.Deleted{Clients: []policy.ClientID{}, Shortened: true}
	if diff := cmp.Diff(want, repeated.Value); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func directory(groups ...policy.GroupID) policy.Directory {
	d := policy.Directory{Employees: []policy.Employee{}, Groups: []policy.Group{}, Projects: []policy.Project{}}
	for _, id := range groups {
		d.Groups = append(d.Groups, group(id))
	}
	return d
}
