package store_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"sightline.example/policy"
	chain "sightline.example/sidecar/audit"
	"sightline.example/sidecar/store"
	"sightline.example/sidecar/store/storetest"
)

// shared is the server that tests share which do it no harm.
var shared *storetest.Cluster

func TestMain(m *testing.M) {
	code, err := storetest.Main(m, func(c *storetest.Cluster) { shared = c })
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

func prefix(t *testing.T) string { return "/" + t.Name() + "/" }

func open(t *testing.T) *store.Store {
	t.Helper()
	return shared.Open(t, prefix(t))
}

// audit is the audit entry of changes whose audit does not matter.
func audit() store.Audit {
	return store.Audit{
		At:     time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC),
		Actor:  chain.Actor{Type: policy.SubjectKey, ID: "k1", Name: "Olga", Role: policy.RoleOwner},
		Action: "test",
		Kind:   "groups",
	}
}

func commit(t *testing.T, s *store.Store, ops ...store.Op) store.Commit {
	t.Helper()
	done, err := s.Commit(t.Context(), audit(), nil, ops...)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func wantCode(t *testing.T, err error, want policy.Code) {
	t.Helper()
	if got := policy.CodeOf(err); got != want {
		t.Fatalf("code %q, want %q: %v", got, want, err)
	}
}

func group(id, name string) policy.Group { return policy.Group{ID: policy.GroupID(id), Name: name} }
