package engine_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/policy/policytest"
)

// decider answers one question at a time about one world.
type decider func(policy.Request) verdict

// widening is a deletion that made something visible.
type widening struct {
	world    policytest.World
	removal  policytest.Removal
	question policy.Request
}

func (w widening) String() string {
	return fmt.Sprintf("deleting %v makes visible\n%s\nin %s", w.removal, text(w.question), text(w.world))
}

// widens looks for something in w that after lets a client see and before does not.
func widens(w policytest.World, removal policytest.Removal, before, after decider) (widening, bool) {
	resources := w.Resources()
	for _, c := range w.Clients {
		for _, r := range resources {
			q := policytest.View(c.ID, r)
			if !before(q).Allow && after(q).Allow {
				return widening{w, removal, q}, true
			}
		}
	}
	return widening{}, false
}

func TestNoDeletionWidensTheReference(t *testing.T) {
	const shards = 4
	const worlds = 100_000
	for seed := range uint64(shards) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 2))
			kinds := map[string]int{}
			for range worlds / shards {
				w, removal := worldAndRemoval(r)
				if found, ok := widens(w, removal, judgeBy(w), judgeBy(w.After(removal))); ok {
					t.Fatalf("seed %d: %v", seed, found)
				}
				kinds[kindOf(removal)]++
			}
			everyRemoval(t, kinds)
		})
	}
}

func TestNoDeletionWidensTheEngine(t *testing.T) {
	const shards = 4
	worlds := count(t, 1_000, 10_000)
	for seed := range uint64(shards) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			before, after := engineAtNoon(t), engineAtNoon(t)
			r := rand.New(rand.NewPCG(seed, 3))
			for i := range worlds / shards {
				w, removal := worldAndRemoval(r)
				if found, ok := widensEngine(t, before, after, w, removal); ok {
					t.Fatalf("seed %d, world %d: %v", seed, i, smallest(t, before, after, found))
				}
			}
		})
	}
}

// widensEngine makes the removal as the feed does: a change to the snapshot.
func widensEngine(tb testing.TB, before, after *engine.Engine, w policytest.World, removal policytest.Removal) (widening, bool) {
	data := w.Data(tb)
	old, changed := swap(tb, before, data), swap(tb, after, data.Apply(3, w.Change(removal)))
	return widens(w, removal,
		func(q policy.Request) verdict { return decide(tb.Context(), old, q) },
		func(q policy.Request) verdict { return decide(tb.Context(), changed, q) })
}

// smallest returns a widening by the same removal in the smallest world that has one.
func smallest(tb testing.TB, before, after *engine.Engine, found widening) widening {
	policytest.Shrink(found.world, func(w policytest.World) bool {
		if !slices.Contains(w.Removals(), found.removal) {
			return false
		}
		smaller, ok := widensEngine(tb, before, after, w, found.removal)
		if ok {
			found = smaller
		}
		return ok
	})
	return found
}

// Without the guard, that dead references count for the mode, the search has to
// find a widening soon: otherwise finding none would prove nothing.
func TestSearchFindsWidenings(t *testing.T) {
	for name, unguarded := range map[string]func(policytest.World) policytest.World{
		"dead group ignored":   forgetDeadGroups,
		"dead project ignored": forgetDeadProjects,
	} {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(20) {
				n := casesToWidening(rand.New(rand.NewPCG(seed, 4)), unguarded)
				if n > 1_000 {
					t.Errorf("seed %d: no widening in 1000 cases", seed)
				}
				t.Logf("seed %d: found in case %d", seed, n)
			}
		})
	}
}

// casesToWidening returns how many cases it takes to find a widening; over 1000 if it is not found.
func casesToWidening(r *rand.Rand, unguarded func(policytest.World) policytest.World) int {
	for n := 1; n <= 1_000; n++ {
		w, removal := worldAndRemoval(r)
		if _, ok := widens(w, removal, judgeBy(unguarded(w)), judgeBy(unguarded(w.After(removal)))); ok {
			return n
		}
	}
	return 1_001
}

func forgetDeadGroups(w policytest.World) policytest.World {
	w.Clients = slices.Clone(w.Clients)
	for i := range w.Clients {
		scope := &w.Clients[i].Scope
		scope.Groups = slices.DeleteFunc(slices.Clone(scope.Groups), func(id policy.GroupID) bool {
			return !alive(w, "groups", string(id))
		})
	}
	return w
}

func forgetDeadProjects(w policytest.World) policytest.World {
	w.Clients = slices.Clone(w.Clients)
	for i := range w.Clients {
		scope := &w.Clients[i].Scope
		scope.Projects = slices.DeleteFunc(slices.Clone(scope.Projects), func(id policy.ProjectID) bool {
			return !alive(w, "projects", string(id))
		})
	}
	return w
}

func judgeBy(w policytest.World) decider {
	return func(q policy.Request) verdict { return reference(w, policytest.Noon(), q) }
}

// worldAndRemoval returns a random world, and one thing in it to take away:
// half of the time a group or a project, if it has one.
func worldAndRemoval(r *rand.Rand) (policytest.World, policytest.Removal) {
	for {
		w := policytest.Random(r)
		removals := w.Removals()
		if r.IntN(2) == 0 {
			removals = slices.DeleteFunc(removals, func(r policytest.Removal) bool {
				return kindOf(r) != "groups" && kindOf(r) != "projects"
			})
		}
		if len(removals) > 0 {
			return w, removals[r.IntN(len(removals))]
		}
	}
}

// kindOf returns what is taken away: an entity of a kind or a membership.
func kindOf(r policytest.Removal) string {
	switch {
	case r.Group != "":
		return string(r.Kind) + " from group"
	case r.Project != "":
		return string(r.Kind) + " from project"
	}
	return string(r.Kind)
}

func everyRemoval(t *testing.T, kinds map[string]int) {
	t.Helper()
	for _, kind := range []string{
		"clients", "employees", "groups", "projects",
		"employees from group", "employees from project", "projects from group",
	} {
		if kinds[kind] < 100 {
			t.Errorf("%s were taken away %d times", kind, kinds[kind])
		}
	}
}
