package policytest

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sightline.example/policy"
)

func TestShrinkKeepsOnlyWhatFails(t *testing.T) {
	w := Company().
		Group("design", "ann", "bob").Group("sales", "cat", "ann").
		Project("site", "ann", "cat").Owns("sales", "site").
		Client("acme", policy.Scope{Groups: []policy.GroupID{"sales", "design"}, Projects: []policy.ProjectID{"site"}}).
		Without("employees/cat", "groups/design")
	w.Unreadable = []policy.ClientID{"garbled"}
	got := Shrink(*w, func(w World) bool {
		return slices.ContainsFunc(w.Employees, func(e policy.Employee) bool {
			return e.ID == "ann" && slices.Contains(e.Groups, "design")
		}) && slices.Contains(w.Delete, "groups/design")
	})
	want := World{
		Directory: policy.Directory{
			Employees: []policy.Employee{{ID: "ann", Name: "ann", Groups: []policy.GroupID{"design"}}},
			Groups:    []policy.Group{{ID: "design", Name: "design"}},
		},
		Delete: []string{"groups/design"},
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("the world (-want +got):\n%s", diff)
	}
}

func TestShrinkLeavesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 100 {
		got := Shrink(Random(r), func(World) bool { return true })
		if diff := cmp.Diff(World{}, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("something is left:\n%s", diff)
		}
	}
}
