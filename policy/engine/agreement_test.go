package engine_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/policy/policytest"
	"sightline.example/rego"
)

// Random worlds are asked about in shards, each with a seed of its own.
const (
	pairShards    = 4
	pairsPerWorld = 50
)

func TestEngineAgreesWithReference(t *testing.T) {
	pairs := count(t, 200_000, 1_000_000)
	for seed := range uint64(pairShards) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			e := engineAtNoon(t)
			r := rand.New(rand.NewPCG(seed, 1))
			seen := map[verdict]int{}
			for range pairs / pairShards / pairsPerWorld {
				w := policytest.Random(r)
				view := swap(t, e, w.Data(t))
				for i, q := range w.RandomRequests(r, pairsPerWorld) {
					want, got := reference(w, policytest.Noon(), q), decide(t.Context(), view, q)
					if got == want && i%10 == 0 {
						got = explain(t.Context(), view, q)
					}
					if got != want {
						t.Fatalf("seed %d: %s", seed, disagreement(t, e, w, q))
					}
					seen[got]++
				}
			}
			everyVerdict(t, seen)
		})
	}
}

// count returns how often a random test runs: some times by default, and all
// of them with SIGHTLINE_THOROUGH=1, as before a release.
func count(tb testing.TB, some, all int) int {
	tb.Helper()
	n := some
	if os.Getenv("SIGHTLINE_THOROUGH") == "1" {
		n = all
	}
	tb.Logf("%d times; SIGHTLINE_THOROUGH=1 makes it %d", n, all)
	return n
}

// everyVerdict fails if the worlds were too tame to be asked about everything.
func everyVerdict(t *testing.T, seen map[verdict]int) {
	t.Helper()
	for _, s := range policytest.Suites(t) {
		for _, c := range s.Cases {
			if v := (verdict{c.Allow, c.Reason}); seen[v] < 20 {
				t.Errorf("%v came %d times", v, seen[v])
				seen[v] = 20
			}
		}
	}
}

func engineAtNoon(tb testing.TB) *engine.Engine {
	tb.Helper()
	e, err := engine.New(tb.Context(), rego.Files, engine.Config{Limit: time.Hour, Now: policytest.Noon})
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

func decide(ctx context.Context, v engine.View, q policy.Request) verdict {
	d := v.Decide(ctx, q)
	return verdict{d.Allow, d.Reason.Code}
}

func explain(ctx context.Context, v engine.View, q policy.Request) verdict {
	d := v.Explain(ctx, q)
	return verdict{d.Allow, d.Reason.Code}
}

// disagreement tells of the smallest world in which engine and reference differ on q.
func disagreement(tb testing.TB, e *engine.Engine, w policytest.World, q policy.Request) string {
	answers := func(w policytest.World) [3]verdict {
		view := swap(tb, e, w.Data(tb))
		return [3]verdict{reference(w, policytest.Noon(), q), decide(tb.Context(), view, q), explain(tb.Context(), view, q)}
	}
	w = policytest.Shrink(w, func(w policytest.World) bool {
		a := answers(w)
		return a[0] != a[1] || a[0] != a[2]
	})
	return fmt.Sprintf("reference, Decide and Explain say %v\nto %s\nin %s", answers(w), text(q), text(w))
}

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}
