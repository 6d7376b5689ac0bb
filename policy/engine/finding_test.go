package engine_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/policy/policytest"
)

// facts is what Examine tells besides the decision.
type facts struct {
	Mode             policy.Mode
	Status           policy.Status
	Groups, Projects []string
}

// factsBy returns the facts as the reference sees them.
func factsBy(w policytest.World, q policy.Request) facts {
	if q.Subject.Type != "client" || !known(w, q.Subject.ID) {
		return facts{}
	}
	client, readable := read(w, q.Subject.ID)
	if !readable {
		return facts{Mode: "none", Status: "unreadable"}
	}
	s := scope{w, client.Scope}
	f := facts{Mode: policy.Mode(s.mode()), Status: client.Status}
	for _, g := range w.Groups {
		if s.selectedGroup(string(g.ID)) && s.decides(policy.Scope{Groups: []policy.GroupID{g.ID}}, q.Resource) {
			f.Groups = append(f.Groups, string(g.ID))
		}
	}
	for _, p := range w.Projects {
		if s.selected(string(p.ID)) && s.decides(policy.Scope{Projects: []policy.ProjectID{p.ID}}, q.Resource) {
			f.Projects = append(f.Projects, string(p.ID))
		}
	}
	return f
}

// decides reports whether a scope of one selected thing would show the
// resource: then that thing is about it. What a project belongs to does not
// matter where projects are selected.
func (s scope) decides(alone policy.Scope, r policy.Entity) bool {
	can := []string{policy.TypeTimeEntry, policy.TypeScreencast, policy.TypeEmployee, policy.TypeProject, policy.TypeGroup}
	if !slices.Contains(can, r.Type) || r.Type == policy.TypeProject && len(alone.Groups) > 0 && s.mode() != "groups" {
		return false
	}
	return scope{s.World, alone}.grant(r) != ""
}

func factsOf(f engine.Finding) facts {
	told := facts{Mode: f.Mode, Status: f.Status}
	for _, g := range f.Groups {
		told.Groups = append(told.Groups, string(g.ID))
	}
	for _, p := range f.Projects {
		told.Projects = append(told.Projects, string(p.ID))
	}
	return told
}

func TestFindingsAgreeWithReference(t *testing.T) {
	worlds := count(t, 1_000, 10_000)
	e := engineAtNoon(t)
	r := rand.New(rand.NewPCG(1, 7))
	sorted := cmpopts.SortSlices(func(a, b string) bool { return a < b })
	for range worlds {
		w := policytest.Random(r)
		view := swap(t, e, w.Data(t))
		for _, q := range w.RandomRequests(r, 20) {
			got := view.Examine(t.Context(), q)
			if diff := cmp.Diff(view.Explain(t.Context(), q), got.Decision); diff != "" {
				t.Fatalf("%s in %s (-Explain +Examine):\n%s", text(q), text(w), diff)
			}
			if diff := cmp.Diff(factsBy(w, q), factsOf(got), sorted); diff != "" {
				t.Fatalf("%s in %s (-reference +Examine):\n%s", text(q), text(w), diff)
			}
		}
	}
}

func TestFindingNamesRuleGroupAndProject(t *testing.T) {
	w := policytest.Company().Group("design", "ann").Group("build", "ann").Group("sales").Project("site").
		Client("acme", policy.Scope{
			Groups:   []policy.GroupID{"sales", "design", "build", "gone"},
			Projects: []policy.ProjectID{"site"},
		})
	got := newEngine(t, policytest.Noon, w.Data(t)).Examine(t.Context(), policytest.View("acme", policy.Entity{
		Type: policy.TypeTimeEntry, ID: "t", Properties: map[string]any{"employee": "ann", "project": "site"},
	}))
	want := engine.Finding{
		Decision: policy.Decision{Allow: true, Reason: policy.Reason{
			Code:   "in_group_on_project",
			Admin:  "ann is in build and it is part of site; both are selected for acme.",
			Client: "It is part of a project and of a group you can see.",
		}},
		Rule: engine.Rule{
			Path:        "data.sightline.work.in_group_on_project",
			Title:       "In group, on project",
			Description: "Both are selected. Only what the groups' employees do on the projects is visible.",
		},
		Mode:     policy.ModeBoth,
		Status:   policy.Active,
		Groups:   []*policy.Group{{ID: "build", Name: "build"}, {ID: "design", Name: "design"}},
		Projects: []*policy.Project{{ID: "site", Name: "site"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("finding (-want +got):\n%s", diff)
	}
}

func TestFindingsOfOtherRules(t *testing.T) {
	cases := []struct {
		name, rules string
		want        engine.Finding
	}{
		{"no entrypoint", "", engine.Finding{Decision: policy.Decision{
			Allow: true, Reason: policy.Reason{Code: "yes", Admin: "Yes to .", Client: "Yes."},
		}, Rule: engine.Rule{Path: "data.reasons.yes"}}},
		{"undefined", `finding := {} if input.subject.id == "nobody"`, engine.Finding{Decision: undefined}},
		{"a yes alone", `finding := {"decision": {"allow": true, "reason": "yes"}}`, engine.Finding{Decision: undefined}},
		{"mode is no text", shaped(`"mode": 1`), engine.Finding{Decision: undefined}},
		{"groups are numbers", shaped(`"groups": {1}`), engine.Finding{Decision: undefined}},
		{"decision is no object", shaped(`"decision": true`), engine.Finding{Decision: undefined}},
		{"conflict", "finding := x if some x in [1, 2]", engine.Finding{Decision: failed}},
		{"group does not exist", shaped(`"groups": {"gone"}`), engine.Finding{
			Decision: policy.Decision{Reason: policy.Reason{Code: "no", Admin: "No.", Client: "No to you."}},
			Rule:     engine.Rule{Path: "data.reasons.no"},
			Groups:   []*policy.Group{},
			Projects: []*policy.Project{},
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := reviewing(t, c.rules, engine.Config{}).Examine(t.Context(), question)
			if diff := cmp.Diff(c.want, got, cmpopts.IgnoreFields(policy.Decision{}, "Err")); diff != "" {
				t.Errorf("finding (-want +got):\n%s", diff)
			}
		})
	}
}

// shaped returns a rule whose finding is as it should be but for one member.
func shaped(member string) string {
	return fmt.Sprintf(`finding := object.union({"decision": {"allow": false, "reason": "no"},
		"mode": "", "status": "", "groups": set(), "projects": set()}, {%s})`, member)
}

func TestNothingIsFoundWithoutASnapshot(t *testing.T) {
	got := engine.View{}.Examine(t.Context(), question)
	if diff := cmp.Diff(engine.Finding{Decision: stale}, got); diff != "" {
		t.Errorf("finding (-want +got):\n%s", diff)
	}
}
