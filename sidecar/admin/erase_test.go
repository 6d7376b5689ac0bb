package admin_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/audit"
)

func TestEraseIsForTheDeleted(t *testing.T) {
	h := start(t)
	revision := add(t, h, h.Clients(), client("acme", policy.Scope{}))
	_, err := h.Erase(t.Context(), ann, admin.Terms{}, "acme")
	wantCode(t, err, policy.Conflict)
	_, err = h.Erase(t.Context(), ann, admin.Terms{}, "nobody")
	wantCode(t, err, policy.NotFound)
	_, err = h.Erase(t.Context(), ann, admin.Terms{}, "no/id")
	wantCode(t, err, policy.Invalid)
	gone, err := h.Clients().Delete(t.Context(), ann, admin.Terms{Revision: revision}, "acme")
	if err != nil {
		t.Fatal(err)
	}
	h.reach(t, gone.Revision)
	for range 2 {
		done, err := h.Erase(t.Context(), ann, admin.Terms{}, "acme")
		if err != nil || done.Value != (api.DeletedClient{ID: "acme", Erased: true}) {
			t.Errorf("got %+v, %v", done, err)
		}
	}
	page, err := h.Audit(t.Context(), auditor, audit.Query{Action: "erase", Limit: 10})
	if err != nil || len(page.Items) != 2 || page.Items[0].ID != "acme" || page.Items[0].Actor.Name != "admin" {
		t.Errorf("the log says %+v, %v", page.Items, err)
	}
	if got := h.records(t); got != 4 {
		t.Errorf("there are %d audit records, want 4", got)
	}
}

func TestImportBuriesWhomItLeavesOut(t *testing.T) {
	for name, many := range map[string]int{"in one transaction": 0, "as a generation": 100} {
		t.Run(name, func(t *testing.T) {
			h := start(t)
			doc := studio()
			doc.Clients = []policy.Client{addressed("acme", "a@example.com"), addressed("birch", "b@example.com")}
			imported(t, h, doc, admin.Terms{})
			account := policy.Account{Client: "acme", Name: "Ann"}
			if _, err := h.store.Touch(t.Context(), h.store.Accounts().Create("acme", account)); err != nil {
				t.Fatal(err)
			}
			doc = studio()
			doc.Clients = []policy.Client{addressed("birch", "b@example.com")}
			for _, id := range numbered(many) {
				doc.Groups = append(doc.Groups, group(policy.GroupID(id)))
			}
			imported(t, h, doc, admin.Terms{})
			page, err := h.DeletedClients(t.Context(), owner, "", 10)
			if err != nil {
				t.Fatal(err)
			}
			want := []api.DeletedClient{{ID: "acme", Name: "acme", Email: "a@example.com", Deleted: today, By: ann.Name}}
			if diff := cmp.Diff(want, page.Items, cmpopts.IgnoreFields(api.DeletedClient{}, "Name")); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if _, err := h.Erase(t.Context(), owner, admin.Terms{}, "acme"); err != nil {
				t.Fatal(err)
			}
			_, err = h.store.Accounts().Get(t.Context(), "acme")
			wantCode(t, err, policy.NotFound)
		})
	}
}

// A large import that fails after it has begun to write leaves tombstones.
func TestWhoIsAliveIsNotListedAsDeleted(t *testing.T) {
	h := start(t)
	add(t, h, h.Clients(), addressed("acme", "a@example.com"))
	cluster.Put(t, h.prefix+"gone/clients/acme", "")
	page, err := h.DeletedClients(t.Context(), owner, "", 10)
	if err != nil || len(page.Items) != 0 {
		t.Errorf("listed are %+v, %v", page.Items, err)
	}
}

// TestEraseEndsSessions takes away what a client leaves behind who was signed in.
func TestEraseEndsSessions(t *testing.T) {
	h := start(t)
	revision := add(t, h, h.Clients(), client("acme", policy.Scope{}))
	s := policy.Session{
		ID: "s1", Type: policy.SubjectClient, Subject: "acme", Digest: policy.DigestOf("s1"), From: "192.0.2.1",
		Created: today, Seen: today, Expires: today.AddDate(0, 0, 1),
	}
	if _, err := h.store.Touch(t.Context(), h.store.Sessions().Create("s1", s)); err != nil {
		t.Fatal(err)
	}
	gone, err := h.Clients().Delete(t.Context(), ann, admin.Terms{Revision: revision}, "acme")
	if err != nil {
		t.Fatal(err)
	}
	h.reach(t, gone.Revision)
	if _, err := h.Erase(t.Context(), ann, admin.Terms{}, "acme"); err != nil {
		t.Fatal(err)
	}
	_, err = h.store.Sessions().Get(t.Context(), "s1")
	wantCode(t, err, policy.NotFound)
}

// TestEraseWaitsForTheNewsOfTheDeletion refuses where the snapshot may not know of
// the client's last sessions yet.
func TestEraseWaitsForTheNewsOfTheDeletion(t *testing.T) {
	h := closed(t)
	acme := client("acme", policy.Scope{})
	late := new(policy.Data).Apply(1, policy.Change{Kind: policy.KindClients, ID: "acme", Value: &acme})
	h.engine.Swap(late)
	revision := add(t, h, h.Clients(), acme)
	if _, err := h.Clients().Delete(t.Context(), ann, admin.Terms{Revision: revision}, "acme"); err != nil {
		t.Fatal(err)
	}
	_, err := h.Erase(t.Context(), ann, admin.Terms{}, "acme")
	wantCode(t, err, policy.Unavailable)
	h.engine.Swap(late.Apply(2, policy.Change{Kind: policy.KindClients, ID: "acme"}))
	if _, err := h.Erase(t.Context(), ann, admin.Terms{}, "acme"); err != nil {
		t.Error(err)
	}
}
