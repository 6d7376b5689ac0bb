package engine_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/policy/policytest"
)

// TestReviewLeavesNobodyOut asks the reference about every client, and the
// review about whoever it takes for worth asking.
func TestReviewLeavesNobodyOut(t *testing.T) {
	worlds := count(t, 500, 5_000)
	const shards = 4
	for seed := range uint64(shards) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			e := engineAtNoon(t)
			r := rand.New(rand.NewPCG(seed, 8))
			for range worlds / shards {
				w := policytest.Random(r)
				view := swap(t, e, w.Data(t))
				resources := w.Resources()
				for _, q := range w.RandomRequests(r, 40) {
					resources = append(resources, q.Resource)
				}
				for _, resource := range resources {
					checkReview(t, view, w, resource)
				}
			}
		})
	}
}

func checkReview(t *testing.T, view engine.View, w policytest.World, resource policy.Entity) {
	t.Helper()
	clients := clientIDs(w)
	want, got := []policy.ClientID{}, []policy.ClientID{}
	for _, id := range clients {
		if reference(w, policytest.Noon(), policytest.View(id, resource)).Allow {
			want = append(want, id)
		}
	}
	for _, f := range review(t, view, resource, clients...) {
		if f.Allow {
			got = append(got, f.Client)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%s may be viewed by (-reference +Review):\n%s\nin %s", text(resource), diff, text(w))
	}
}

func review(t *testing.T, view engine.View, resource policy.Entity, clients ...policy.ClientID) []engine.Reviewed {
	t.Helper()
	var all []engine.Reviewed
	for f, err := range view.Review(t.Context(), resource, slices.Values(clients)) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	return all
}

func TestReviewAsksOnlyWhoMight(t *testing.T) {
	w := policytest.Company().
		Group("design", "ann", "bob").Group("build", "cid").Project("site", "ann", "cid").
		Client("a", policy.Scope{Groups: []policy.GroupID{"design"}}).
		Client("b", policy.Scope{Groups: []policy.GroupID{"build"}}).
		Client("c", policy.Scope{Projects: []policy.ProjectID{"site"}}).
		Client("d", policy.Scope{}).
		Client("e", policy.Scope{Groups: []policy.GroupID{"design"}})
	w.Clients[4].Status = policy.Suspended
	view := newEngine(t, policytest.Noon, w.Data(t))
	cases := []struct {
		resource policy.Entity
		want     string
	}{
		{policy.Entity{Type: policy.TypeEmployee, ID: "ann"}, "[e: not_active c: on_project a: in_group]"},
		{policy.Entity{Type: policy.TypeEmployee, ID: "bob"}, "[e: not_active a: in_group]"},
		{policy.Entity{Type: policy.TypeProject, ID: "site"}, "[e: not_active c: project_selected b: project_of_group a: project_of_group]"},
		{policy.Entity{Type: policy.TypeGroup, ID: "build"}, "[b: group_selected]"},
		{policy.Entity{Type: policy.TypeEmployee, ID: "nobody"}, "[]"},
		{
			policy.Entity{Type: policy.TypeReport, ID: "projects_and_tasks"},
			"[e: not_active d: no_access c: report_included b: report_included a: report_included]",
		},
	}
	for _, c := range cases {
		got := []string{}
		for _, f := range review(t, view, c.resource, "e", "d", "c", "b", "a") {
			got = append(got, fmt.Sprintf("%s: %s", f.Client, f.Reason.Code))
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("review of %s %s: got %v, want %s", c.resource.Type, c.resource.ID, got, c.want)
		}
	}
}

func TestReviewByRulesThatDoNotSayThroughWhatAsksAboutAll(t *testing.T) {
	view := reviewing(t, "", engine.Config{})
	got := review(t, view, policy.Entity{Type: "record", ID: "r"}, "c", "nobody")
	if len(got) != 2 || !got[0].Allow || got[1].Client != "nobody" {
		t.Errorf("got %+v, want a yes for both", got)
	}
}

// TestUnfinishedReviewIsAnError never takes a decision that could not be made
// for a no.
func TestUnfinishedReviewIsAnError(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	cases := []struct {
		name string
		view engine.View
		ctx  context.Context
		want policy.Code
	}{
		{"ended", reviewing(t, "", engine.Config{}), ended, policy.Unavailable},
		{"no snapshot", engine.View{}, t.Context(), policy.Unavailable},
		{"malformed through", reviewing(t, "through := 7", engine.Config{}), t.Context(), policy.Internal},
		{"through without projects", reviewing(t, `through := {"groups": set()}`, engine.Config{}), t.Context(), policy.Internal},
		{"fault", reviewing(t, "finding := x if some x in [1, 2]", engine.Config{}), t.Context(), policy.Internal},
		{"no answer", reviewing(t, "finding := 1", engine.Config{}), t.Context(), policy.Invalid},
		{"slow", reviewing(t, "finding := 1 if {\n"+loops(10)+"}", engine.Config{Limit: 10 * time.Millisecond}), t.Context(), policy.Unavailable},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var last error
			for f, err := range c.view.Review(c.ctx, policy.Entity{Type: "report", ID: "r"}, slices.Values([]policy.ClientID{"c", "c"})) {
				if last != nil || f.Client != "" {
					t.Errorf("got %+v, want nothing but an error", f)
				}
				last = err
			}
			if policy.CodeOf(last) != c.want {
				t.Errorf("got error %v, want %s", last, c.want)
			}
		})
	}
}

func TestReviewStopsWhenNobodyListens(t *testing.T) {
	view := reviewing(t, "", engine.Config{})
	asked := 0
	clients := func(yield func(policy.ClientID) bool) {
		for yield("c") {
			asked++
		}
	}
	for range view.Review(t.Context(), policy.Entity{Type: "report", ID: "r"}, clients) {
		break
	}
	if asked != 0 {
		t.Errorf("asked about %d more clients", asked)
	}
}
