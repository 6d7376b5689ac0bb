package service_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"sightline.example/policy"
	"sightline.example/policy/policytest"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// TestNoDeletionWidens builds random companies through the admin API, asks for
// everything all clients can see, deletes one thing and asks again: over HTTP,
// on a real store. Nothing may have become visible.
func TestNoDeletionWidens(t *testing.T) {
	cases, perStore := 250, 250
	if os.Getenv("SIGHTLINE_THOROUGH") == "1" {
		cases = 5_000
	}
	const seed = 20260310
	for from := 0; from < cases; from += perStore {
		// Ids are never used again, so old cases leave their tombstones behind;
		// a fresh store now and then keeps that from slowing the test.
		s := sidecartest.Start(t, sidecartest.Options{Now: policytest.Noon})
		for n := from; n < from+perStore; n++ {
			r := rand.New(rand.NewPCG(seed, uint64(n)))
			w, removal := random(r, fmt.Sprintf("n%d-", n))
			if widened := widening(t, s, w, removal); widened != "" {
				t.Fatalf("case %d of seed %d: deleting %s shows %s", n, seed, removal, widened)
			}
		}
		s.Stop(t)
	}
}

// random returns a world whose ids begin with prefix, and something to take away.
func random(r *rand.Rand, prefix string) (policytest.World, policytest.Removal) {
	for {
		w := policytest.Random(r).Alive().Prefixed(prefix)
		if removals := w.Removals(); len(removals) > 0 {
			return w, removals[r.IntN(len(removals))]
		}
	}
}

// widening makes the removal in a world and returns the first request whose
// answer turned from no to yes; empty if there is none.
func widening(t *testing.T, s *sidecartest.Sidecar, w policytest.World, removal policytest.Removal) string {
	t.Helper()
	var questions []policy.Request
	for _, c := range w.Clients {
		for _, resource := range w.Resources() {
			questions = append(questions, policytest.View(c.ID, resource))
		}
	}
	before := answers(t, s, build(t, s, w), questions)
	after := answers(t, s, take(t, s, w, removal), questions)
	for i := range questions {
		if after[i] && !before[i] {
			return fmt.Sprintf("%+v", questions[i])
		}
	}
	return ""
}

// take makes the removal: a deletion, or an entity without one membership.
func take(t *testing.T, s *sidecartest.Sidecar, w policytest.World, removal policytest.Removal) string {
	t.Helper()
	if removal.Group == "" && removal.Project == "" {
		return remove(t, s, string(removal.Kind)+"/"+removal.ID)
	}
	var token string
	var err error
	switch v := w.Change(removal).Value.(type) {
	case *policy.Employee:
		token, err = replace(t, s.Owner.Employees(), removal.ID, *v)
	case *policy.Project:
		token, err = replace(t, s.Owner.Projects(), removal.ID, *v)
	}
	if err != nil {
		t.Fatalf("take away %s: %v", removal, err)
	}
	return token
}

func replace[T any](t *testing.T, c client.Collection[T], id string, v T) (string, error) {
	stored, err := c.Get(t.Context(), id)
	if err != nil {
		return "", err
	}
	replaced, err := c.Replace(t.Context(), id, stored.Revision, v, client.Terms{Force: true})
	return replaced.Token, err
}

// answers asks all questions at the token's revision, in batches.
func answers(t *testing.T, s *sidecartest.Sidecar, token string, questions []policy.Request) []bool {
	t.Helper()
	var all []bool
	for batch := range slices.Chunk(questions, api.MaxItems) {
		items := make([]api.Item, len(batch))
		for i, q := range batch {
			items[i] = evaluation(q)
		}
		got, err := s.App.AtLeast(token).Evaluations(t.Context(), api.Evaluations{Evaluations: items})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range got.Decisions {
			all = append(all, d.Decision)
		}
	}
	return all
}
