//go:build acceptance

package acceptance

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/audit"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// stored returns a client as the sidecar has it.
func stored(t *testing.T, s *sidecartest.Sidecar, id policy.ClientID) client.Stored[policy.Client] {
	t.Helper()
	got, err := s.Owner.Clients().Get(t.Context(), string(id))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// byAddress returns the client with the address.
func byAddress(t *testing.T, s *sidecartest.Sidecar, email string) policy.Client {
	t.Helper()
	found, err := s.Owner.ListClients(t.Context(), client.ClientQuery{Search: email})
	if err != nil {
		t.Fatal(err)
	}
	if len(found.Value.Items) != 1 {
		t.Fatalf("%d clients have the address %s", len(found.Value.Items), email)
	}
	return stored(t, s, found.Value.Items[0].Value.ID).Value
}

// wantScope checks what the sidecar has stored that a client may see.
func wantScope(t *testing.T, s *sidecartest.Sidecar, id policy.ClientID, want policy.Scope) {
	t.Helper()
	if diff := cmp.Diff(want, stored(t, s, id).Value.Scope); diff != "" {
		t.Errorf("scope of %s: -want +got\n%s", id, diff)
	}
}

// change changes a client behind the app's back.
func change(t *testing.T, s *sidecartest.Sidecar, id policy.ClientID, with func(*policy.Client)) {
	t.Helper()
	c := stored(t, s, id)
	with(&c.Value)
	if _, err := s.Owner.Clients().Replace(t.Context(), string(id), c.Revision, c.Value, client.Terms{}); err != nil {
		t.Fatal(err)
	}
}

// counts returns how much the sidecar says a client sees.
func counts(t *testing.T, s *sidecartest.Sidecar, id policy.ClientID) (employees, projects int) {
	t.Helper()
	counted, err := s.Owner.Counts(t.Context(), []policy.ClientID{id})
	if err != nil {
		t.Fatal(err)
	}
	return counted.Counts[id].Employees, counted.Counts[id].Projects
}

// may asks the sidecar, as a tracker does before it shows something.
func may(t *testing.T, s *sidecartest.Sidecar, id policy.ClientID, kind string, e policy.Employee, p policy.ProjectID) bool {
	t.Helper()
	answer, err := s.App.Evaluate(t.Context(), policy.Request{
		Subject: policy.Entity{Type: policy.TypeClient, ID: string(id)}, Action: policy.Action{Name: policy.ActionView},
		Resource: policy.Entity{Type: kind, ID: "1", Properties: map[string]any{"employee": string(e.ID), "project": string(p)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return answer.Allow
}

// mayNow is may for an answer that is as new as what is stored of the client: what was
// saved is enforced at once.
func mayNow(t *testing.T, s *sidecartest.Sidecar, id policy.ClientID, kind string, e policy.Employee, p policy.ProjectID) bool {
	t.Helper()
	at := *s
	at.App = s.App.AtLeast(stored(t, s, id).Token)
	return may(t, &at, id, kind, e, p)
}

// records returns the audit log of a client, the newest first.
func records(t *testing.T, s *sidecartest.Sidecar, id policy.ClientID) []audit.Record {
	t.Helper()
	page, err := s.Owner.FindAudit(t.Context(), audit.Query{Kind: string(policy.KindClients), ID: string(id), Descending: true})
	if err != nil {
		t.Fatal(err)
	}
	return page.Items
}
