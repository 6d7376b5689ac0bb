package engine_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/policy/policytest"
)

// visibleBy lists by the reference what a client's scope shows, and what of it
// is dead.
func visibleBy(s scope) (lists engine.Lists, groups []policy.GroupID, projects []policy.ProjectID) {
	lists = engine.Lists{Employees: []policy.EmployeeID{}, Projects: []policy.ProjectID{}, Groups: []policy.GroupID{}}
	for _, r := range s.Resources() {
		if !s.judge(r).Allow {
			continue
		}
		switch r.Type {
		case policy.TypeEmployee:
			lists.Employees = append(lists.Employees, policy.EmployeeID(r.ID))
		case policy.TypeProject:
			lists.Projects = append(lists.Projects, policy.ProjectID(r.ID))
		case policy.TypeGroup:
			lists.Groups = append(lists.Groups, policy.GroupID(r.ID))
		}
	}
	slices.Sort(lists.Employees)
	slices.Sort(lists.Projects)
	slices.Sort(lists.Groups)
	groups, projects = []policy.GroupID{}, []policy.ProjectID{}
	for _, id := range slices.Sorted(slices.Values(s.Scope.Groups)) {
		if !alive(s.World, "groups", string(id)) {
			groups = append(groups, id)
		}
	}
	for _, id := range slices.Sorted(slices.Values(s.Scope.Projects)) {
		if !alive(s.World, "projects", string(id)) {
			projects = append(projects, id)
		}
	}
	return lists, groups, projects
}

// want returns what Visible has to say of a client who is there, as the
// reference sees it. The refusal is its code alone.
func want(w policytest.World, id policy.ClientID) engine.Visible {
	client, readable := read(w, string(id))
	if !readable {
		client = policy.Client{}
	}
	s := scope{w, client.Scope}
	v := engine.Visible{
		Mode:        policy.Mode(s.mode()),
		Screencasts: s.Screencasts,
		From:        s.From,
		Until:       s.Until,
	}
	v.Lists, v.DeadGroups, v.DeadProjects = visibleBy(s)
	report := policytest.View(id, policy.Entity{Type: policy.TypeReport, ID: "projects_and_tasks"})
	switch answer := reference(w, policytest.Noon(), report); {
	case answer.Allow:
		v.Entitled = true
	case answer.Reason == "no_access":
		v.Entitled, v.Refusal.Code = true, answer.Reason
	default:
		v.Refusal.Code = answer.Reason
	}
	if !s.seesAnything() {
		v.Message = policy.NoAccessMessage
	}
	return v
}

// wrong compares everything Visible says of a client with the reference, each
// entry of its lists with a single decision, and its reach with all work.
func wrong(tb testing.TB, w policytest.World, view engine.View, id policy.ClientID) string {
	got, err := view.Visible(tb.Context(), id)
	if !known(w, string(id)) {
		if policy.CodeOf(err) != policy.NotFound {
			return fmt.Sprintf("got error %v for a client who is not there", err)
		}
		return ""
	}
	if err != nil {
		return err.Error()
	}
	if empty, err := view.Empty(tb.Context(), id); err != nil || empty != (got.Message != "") {
		return fmt.Sprintf("Empty gives %t, %v where the message is %q", empty, err, got.Message)
	}
	reach := got.Reach
	got.Refusal, got.Reach = policy.Reason{Code: got.Refusal.Code}, engine.Reach{}
	if diff := cmp.Diff(want(w, id), got); diff != "" {
		return "(-reference +Visible)\n" + diff
	}
	client, _ := read(w, string(id))
	for _, r := range w.Resources() {
		q := policytest.View(id, r)
		if listed, ok := listed(got, r); ok && got.Entitled && decide(tb.Context(), view, q).Allow != listed {
			return fmt.Sprintf("listed: %t, and the decision on %s differs", listed, text(r))
		}
		if r.Type == policy.TypeTimeEntry && reaches(reach, r) != (scope{w, client.Scope}).judge(r).Allow {
			return fmt.Sprintf("the reach %+v is not right about %s", reach, text(r))
		}
	}
	return ""
}

// listed reports whether v lists a resource, and whether it is one that can be.
func listed(v engine.Visible, r policy.Entity) (is, can bool) {
	switch r.Type {
	case policy.TypeEmployee:
		return slices.Contains(v.Employees, policy.EmployeeID(r.ID)), true
	case policy.TypeProject:
		return slices.Contains(v.Projects, policy.ProjectID(r.ID)), true
	case policy.TypeGroup:
		return slices.Contains(v.Groups, policy.GroupID(r.ID)), true
	}
	return false, false
}

func reaches(reach engine.Reach, r policy.Entity) bool {
	employee, _ := r.Properties["employee"].(string)
	project, _ := r.Properties["project"].(string)
	return (reach.Employees == nil || slices.Contains(reach.Employees, policy.EmployeeID(employee))) &&
		(reach.Projects == nil || slices.Contains(reach.Projects, policy.ProjectID(project)))
}

func TestVisibleAgreesWithReference(t *testing.T) {
	worlds := count(t, 2_000, 20_000)
	const shards = 4
	for seed := range uint64(shards) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			e := engineAtNoon(t)
			r := rand.New(rand.NewPCG(seed, 5))
			for range worlds / shards {
				w := policytest.Random(r)
				for _, id := range clientIDs(w) {
					fails := func(w policytest.World) bool { return wrong(t, w, swap(t, e, w.Data(t)), id) != "" }
					if fails(w) {
						w = policytest.Shrink(w, fails)
						t.Fatalf("seed %d, client %s: %s\nin %s", seed, id, wrong(t, w, swap(t, e, w.Data(t)), id), text(w))
					}
				}
			}
		})
	}
}

// clientIDs returns the ids of all clients, and one of nobody.
func clientIDs(w policytest.World) []policy.ClientID {
	ids := append([]policy.ClientID{"ghost"}, w.Unreadable...)
	for _, c := range w.Clients {
		ids = append(ids, c.ID)
	}
	return ids
}

// TestDraftsAgreeWithReference gives each client the scope of another world's
// client, as a draft: everything gained, lost and widened has to be what the
// reference sees of the world in which the draft is stored.
func TestDraftsAgreeWithReference(t *testing.T) {
	worlds := count(t, 2_000, 20_000)
	e := engineAtNoon(t)
	r := rand.New(rand.NewPCG(1, 6))
	widened := 0
	for range worlds {
		w := policytest.Random(r)
		view := swap(t, e, w.Data(t))
		for i, c := range w.Clients {
			if !known(w, string(c.ID)) {
				continue
			}
			draft := c
			draft.Scope = policytest.Random(r).Clients[0].Scope
			after := w
			after.Clients = slices.Clone(w.Clients)
			after.Clients[i] = draft
			if wrong := wrong(t, after, view.With(draft), c.ID); wrong != "" {
				t.Fatalf("draft %s\nin %s: %s", text(draft), text(w), wrong)
			}
			if checkDifference(t, view, w, after, draft) {
				widened++
			}
		}
	}
	if widened < 100 {
		t.Errorf("only %d drafts widened", widened)
	}
}

func checkDifference(t *testing.T, view engine.View, w, after policytest.World, draft policy.Client) bool {
	t.Helper()
	got := engine.Compare(visible(t, view, draft.ID), visible(t, view.With(draft), draft.ID))
	before, _ := read(w, string(draft.ID))
	old, _, _ := visibleBy(scope{w, before.Scope})
	new, _, _ := visibleBy(scope{after, draft.Scope})
	want := engine.Difference{Gained: without(new, old), Lost: without(old, new)}
	want.Widens = widensBy(w, before.Scope, draft.Scope)
	want.Narrows = widensBy(w, draft.Scope, before.Scope)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%s\nedited to %s\nin %s (-reference +Compare):\n%s", text(before.Scope), text(draft.Scope), text(w), diff)
	}
	return got.Widens
}

// widensBy looks for something that the one scope shows at some time and the
// other does not.
func widensBy(w policytest.World, before, after policy.Scope) bool {
	for _, r := range w.Resources() {
		if !(scope{w, after}).judge(r).Allow {
			continue
		}
		if !(scope{w, before}).judge(r).Allow {
			return true
		}
		for _, step := range []time.Duration{-1000 * time.Hour, -time.Hour, -1, 0, 1, time.Hour, 1000 * time.Hour} {
			if now := policytest.Noon().Add(step); within(after, now) && !within(before, now) {
				return true
			}
		}
	}
	return false
}

func within(s policy.Scope, now time.Time) bool {
	return (s.From == nil || !now.Before(*s.From)) && (s.Until == nil || now.Before(*s.Until))
}

func without(l, other engine.Lists) engine.Lists {
	return engine.Lists{
		Employees: minus(l.Employees, other.Employees),
		Projects:  minus(l.Projects, other.Projects),
		Groups:    minus(l.Groups, other.Groups),
	}
}

func minus[T comparable](all, other []T) []T {
	return slices.DeleteFunc(slices.Clone(all), func(one T) bool { return slices.Contains(other, one) })
}

func visible(t *testing.T, view engine.View, id policy.ClientID) engine.Visible {
	t.Helper()
	v, err := view.Visible(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestVisibleTellsWhyAnInvitedClientSeesNothingYet(t *testing.T) {
	w := policytest.Company().
		Group("design", "ann", "bob").
		Project("site", "ann", "cid").
		Client("acme", policy.Scope{Groups: []policy.GroupID{"design", "gone"}, Projects: []policy.ProjectID{"site"}})
	w.Clients[0].Status = policy.Invited
	got := visible(t, newEngine(t, policytest.Noon, w.Data(t)), "acme")
	want := engine.Visible{
		Mode: policy.ModeBoth,
		Refusal: policy.Reason{
			Code:   "not_active",
			Admin:  "acme is invited; only an active client sees anything.",
			Client: "Your account is not active.",
		},
		Lists: engine.Lists{
			Employees: []policy.EmployeeID{"ann"},
			Projects:  []policy.ProjectID{"site"},
			Groups:    []policy.GroupID{"design"},
		},
		Reach: engine.Reach{
			Employees: []policy.EmployeeID{"ann", "bob"},
			Projects:  []policy.ProjectID{"site"},
		},
		DeadGroups:   []policy.GroupID{"gone"},
		DeadProjects: []policy.ProjectID{},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("visible (-want +got):\n%s", diff)
	}
}

func TestDraftOfANewClientIsNotStored(t *testing.T) {
	view := newEngine(t, policytest.Noon, policytest.Company().Group("design", "ann").Data(t))
	draft := view.With(policy.Client{
		ID: "new", Name: "New", Status: policy.Active, Scope: policy.Scope{Groups: []policy.GroupID{"design"}},
	})
	if got := visible(t, draft, "new").Employees; !slices.Equal(got, []policy.EmployeeID{"ann"}) {
		t.Errorf("the draft shows %v", got)
	}
	if _, err := view.Visible(t.Context(), "new"); policy.CodeOf(err) != policy.NotFound {
		t.Errorf("the view it was made from gives the error %v, want not_found", err)
	}
	if got := (engine.View{}).With(policy.Client{ID: "new"}); got != (engine.View{}) {
		t.Errorf("the view without a snapshot became %v", got)
	}
}

func TestEditsWidenAndNarrow(t *testing.T) {
	w := policytest.Company().Group("design", "ann").Project("site", "ann").Project("shop", "ann").Employee("bob")
	groups, sites := []policy.GroupID{"design"}, []policy.ProjectID{"site"}
	sooner, later := policytest.Noon().Add(-time.Hour), policytest.Noon().Add(time.Hour)
	cases := []struct {
		name          string
		before, after policy.Scope
		widens        bool
		narrows       bool
	}{
		{"same", policy.Scope{Groups: groups}, policy.Scope{Groups: groups}, false, false},
		{"a project more", policy.Scope{Projects: sites}, policy.Scope{Projects: []policy.ProjectID{"site", "shop"}}, true, false},
		{"a project less", policy.Scope{Projects: []policy.ProjectID{"site", "shop"}}, policy.Scope{Projects: sites}, false, true},
		{"former members too, and no group listed", policy.Scope{Groups: groups, Projects: sites}, policy.Scope{Projects: sites}, true, true},
		{"narrowed by projects", policy.Scope{Groups: groups}, policy.Scope{Groups: groups, Projects: sites}, false, true},
		{"screencasts", policy.Scope{Groups: groups}, policy.Scope{Groups: groups, Screencasts: true}, true, false},
		{"screencasts of nothing", policy.Scope{}, policy.Scope{Screencasts: true}, false, false},
		{"ends later", policy.Scope{Groups: groups, Until: &later}, policy.Scope{Groups: groups}, true, false},
		{"ends sooner", policy.Scope{Groups: groups}, policy.Scope{Groups: groups, Until: &later}, false, true},
		{"begins sooner", policy.Scope{Groups: groups, From: &later}, policy.Scope{Groups: groups, From: &sooner}, true, false},
		{"begins later", policy.Scope{Groups: groups}, policy.Scope{Groups: groups, From: &sooner}, false, true},
		{"dead reference", policy.Scope{Groups: groups}, policy.Scope{Groups: []policy.GroupID{"design", "gone"}}, false, false},
		{"the first group, which is listed", policy.Scope{Projects: sites}, policy.Scope{Groups: groups, Projects: sites}, true, true},
		{"the first group, which is dead", policy.Scope{Projects: sites}, policy.Scope{Groups: []policy.GroupID{"gone"}, Projects: sites}, false, true},
		{"no group any more, where the last was dead", policy.Scope{Groups: []policy.GroupID{"gone"}, Projects: sites}, policy.Scope{Projects: sites}, true, false},
		{"no more screencasts", policy.Scope{Groups: groups, Screencasts: true}, policy.Scope{Groups: groups}, false, true},
		{"moved", policy.Scope{Projects: sites}, policy.Scope{Projects: []policy.ProjectID{"shop"}}, true, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			view := newEngine(t, policytest.Noon, w.Data(t))
			see := func(s policy.Scope) engine.Visible {
				return visible(t, view.With(policy.Client{ID: "c", Name: "C", Status: policy.Active, Scope: s}), "c")
			}
			got := engine.Compare(see(c.before), see(c.after))
			if got.Widens != c.widens || got.Narrows != c.narrows {
				t.Errorf("widens: %t, narrows: %t; want %t and %t", got.Widens, got.Narrows, c.widens, c.narrows)
			}
		})
	}
}

func TestEmptyFailsCleanly(t *testing.T) {
	for name, c := range map[string]struct {
		rules, want string
		code        policy.Code
	}{
		"no entrypoint": {"", "The rules in use can't tell: they have no entrypoint data.sightline.review.empty.", policy.Invalid},
		"a boolean":     {"empty := true", "", ""},
		"undefined":     {`empty if input.subject.id == "nobody"`, "the answer is undefined, not a boolean", policy.Internal},
		"a number":      {"empty := 7", "the answer is number, not a boolean", policy.Internal},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := reviewing(t, c.rules, engine.Config{}).Empty(t.Context(), "c")
			if policy.CodeOf(err) != c.code || !strings.Contains(fmt.Sprint(err), c.want) {
				t.Errorf("got error %v, want %s with %q", err, c.code, c.want)
			}
		})
	}
}

func TestListingsFailCleanly(t *testing.T) {
	shape := `{"mode": "none", "entitled": true, "refusal": "", "empty": true, "screencasts": false, "facts": {},
		"employees": set(), "projects": set(), "groups": set(),
		"reach": {"employees": set(), "projects": set()}, "dead": {"groups": set(), "projects": set()}}`
	cases := []struct {
		name, rules, want string
		code              policy.Code
	}{
		{"no entrypoint", "", "The rules in use can't tell: they have no entrypoint data.sightline.review.visible.", policy.Invalid},
		{"right shape", "visible := " + shape, "", ""},
		{"undefined", "visible := " + shape + " if input.subject.id == \"nobody\"", "is undefined, not an object", policy.Internal},
		{"a number", "visible := 7", "is number, not an object", policy.Internal},
		{"empty", "visible := {}", "dead is undefined, not an object", policy.Internal},
		{"conflict", "visible := x if some x in [1, 2]", "eval_conflict_error", policy.Internal},
		{"array", "visible := object.union(" + shape + `, {"employees": ["a"]})`, "employees is array, not a set", policy.Internal},
		{"numbers", "visible := object.union(" + shape + `, {"employees": {1}})`, "employees is set, not a set of ids", policy.Internal},
		{"unknown reason", "visible := object.union(" + shape + `, {"refusal": "because"})`, "refusal is string, not the code", policy.Internal},
		{"boundless reach", `visible := object.union(object.remove(` + shape + `, ["reach"]), {"reach": {}})`, "projects is undefined", policy.Internal},
		{"no dead", "visible := object.remove(" + shape + `, ["dead"])`, "dead is undefined, not an object", policy.Internal},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			view := reviewing(t, c.rules, engine.Config{})
			_, err := view.Visible(t.Context(), "c")
			if policy.CodeOf(err) != c.code || !strings.Contains(fmt.Sprint(err), c.want) {
				t.Errorf("got error %v, want %s with %q", err, c.code, c.want)
			}
		})
	}
}

// reviewing returns a view of one client and no company, with the given rules
// in the package of what admins ask.
func reviewing(t *testing.T, rules string, cfg engine.Config) engine.View {
	t.Helper()
	b := bundle(always)
	b["review.rego"] = &fstest.MapFile{Data: []byte("package sightline.review\n" + rules)}
	e, err := engine.New(t.Context(), b, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return swap(t, e, policytest.Company().Client("c", policy.Scope{}).Data(t))
}

func TestEndlessListIsStopped(t *testing.T) {
	view := reviewing(t, "visible := 1 if {\n"+loops(10)+"}",
		engine.Config{Limit: time.Hour, ListLimit: 10 * time.Millisecond})
	_, err := view.Visible(t.Context(), "c")
	want := policy.Errorf(policy.Unavailable, "The answer took too long.")
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Errorf("error (-want +got):\n%s", diff)
	}
}

func TestNothingIsListedWithoutASnapshot(t *testing.T) {
	_, err := engine.View{}.Visible(t.Context(), "c")
	if e, ok := errors.AsType[*policy.Error](err); !ok || e.Code != policy.Unavailable {
		t.Errorf("got error %v, want unavailable", err)
	}
}
