package service_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/policy/policytest"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
	"sightline.example/sidecar/store/storetest"
)

// studio is a company with one client, who sees the work of one group.
func studio() policytest.World {
	return *policytest.Company().
		Group("design", "ann").
		Group("sales", "bob").
		Client("acme", policy.Scope{Groups: []policy.GroupID{"design"}})
}

var bobsWork = policytest.View("acme", policy.Entity{
	Type: policy.TypeTimeEntry, ID: "t", Properties: map[string]any{"employee": "bob"},
})

// TestTwoSidecars changes a scope at one sidecar and asks the other.
func TestTwoSidecars(t *testing.T) {
	cluster := storetest.Start(t)
	one, two := pair(t, cluster.Endpoint(), cluster.Endpoint())
	expect(t, two, build(t, one, studio()), false)
	expect(t, two, widen(t, one, true), true)
	expect(t, one, widen(t, two, false), false)
}

// TestCompactionWhileDisconnected cuts one sidecar off, changes a scope at the
// other, and drops the history in between.
func TestCompactionWhileDisconnected(t *testing.T) {
	cluster := storetest.Start(t)
	line := storetest.NewProxy(t, cluster.Endpoint())
	one, two := pair(t, cluster.Endpoint(), line.Endpoint())
	expect(t, two, build(t, one, studio()), false)
	line.Hold()
	token := widen(t, one, true)
	cluster.Compact(t)
	t.Cleanup(line.Sever())
	eventually(t, two, token, true)
}

// TestRestartOfEtcd stops the store under two sidecars and starts it again.
func TestRestartOfEtcd(t *testing.T) {
	cluster := storetest.Start(t)
	one, two := pair(t, cluster.Endpoint(), cluster.Endpoint())
	token := build(t, one, studio())
	expect(t, two, token, false)
	cluster.Stop()
	expect(t, two, token, false) // decisions go on without the store
	cluster.Restart(t)
	token = eventuallyWiden(t, one)
	eventually(t, two, token, true)
}

func pair(t testing.TB, first, second string) (one, two *sidecartest.Sidecar) {
	t.Helper()
	one = sidecartest.Start(t, sidecartest.Options{Endpoints: []string{first}})
	two = sidecartest.Start(t, sidecartest.Options{Endpoints: []string{second}, Owner: one.Owner.Key})
	return one, two
}

// widen changes the scope of the client at s.
func widen(t *testing.T, s *sidecartest.Sidecar, sales bool) string {
	t.Helper()
	token, err := tryWiden(t, s, sales)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func tryWiden(t *testing.T, s *sidecartest.Sidecar, sales bool) (string, error) {
	t.Helper()
	stored, err := s.Owner.Clients().Get(t.Context(), "acme")
	if err != nil {
		return "", err
	}
	wanted := stored.Value
	wanted.Scope.Groups = []policy.GroupID{"design"}
	if sales {
		wanted.Scope.Groups = append(wanted.Scope.Groups, "sales")
	}
	replaced, err := s.Owner.Clients().Replace(t.Context(), "acme", stored.Revision, wanted, client.Terms{})
	return replaced.Token, err
}

// eventuallyWiden retries while the store is not back yet.
func eventuallyWiden(t *testing.T, s *sidecartest.Sidecar) string {
	t.Helper()
	for {
		token, err := tryWiden(t, s, true)
		if policy.CodeOf(err) != policy.Unavailable {
			if err != nil {
				t.Fatal(err)
			}
			return token
		}
	}
}

// expect asks s about the work of sales, at the token's revision.
func expect(t *testing.T, s *sidecartest.Sidecar, token string, want bool) {
	t.Helper()
	got, err := s.App.AtLeast(token).Evaluate(t.Context(), bobsWork)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got.Allow); diff != "" {
		t.Errorf("decision (-want +got):\n%s", diff)
	}
}

// eventually is like expect, but goes on asking while the sidecar says that it
// has not come that far: each try waits for a second.
func eventually(t *testing.T, s *sidecartest.Sidecar, token string, want bool) {
	t.Helper()
	for {
		_, err := s.App.AtLeast(token).Evaluate(t.Context(), bobsWork)
		if policy.CodeOf(err) != policy.Unavailable {
			break
		}
	}
	expect(t, s, token, want)
}
