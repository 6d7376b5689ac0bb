package engine_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/policy/policytest"
)

func TestTraceTellsRulesPlacesAndValues(t *testing.T) {
	w := policytest.Company().Group("design", "ann").
		Client("acme", policy.Scope{Groups: []policy.GroupID{"design"}})
	got, err := newEngine(t, policytest.Noon, w.Data(t)).Trace(t.Context(), policytest.View("acme", policy.Entity{
		Type: policy.TypeTimeEntry, ID: "t", Properties: map[string]any{"employee": "ann"},
	}))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Enter data.sightline.work.in_group", "scope/scope.rego:", `group: "design"`, "Fail "} {
		if !strings.Contains(got, want) {
			t.Errorf("the trace has no %q", want)
		}
	}
	if strings.Contains(got, "Unify") || strings.Contains(got, "ends here") {
		t.Error("the trace has unifications, or is cut")
	}
}

func TestLongTraceIsCut(t *testing.T) {
	rules := "decision := {\"allow\": true, \"reason\": \"yes\"} if {\n" + loops(4) + "}"
	view, _ := start(t, rules, engine.Config{ListLimit: time.Hour}).View()
	got, err := view.Trace(t.Context(), question)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) > engine.MaxTrace || !strings.HasSuffix(got, "\nThe trace is longer than 1 MiB and ends here.\n") {
		t.Errorf("the trace has %d bytes and ends with %q", len(got), got[max(0, len(got)-100):])
	}
	if len(got) < engine.MaxTrace/2 {
		t.Errorf("the trace is cut at %d bytes already", len(got))
	}
}

// A decision that looks through thousands of selected groups is traced within
// the limit, since no step writes all of them.
func TestTraceOfALargeScope(t *testing.T) {
	w, scope := policytest.Company().Group("design", "ann"), policy.Scope{}
	for i := range policy.MaxScope {
		scope.Groups = append(scope.Groups, policy.GroupID(fmt.Sprint("gone-", i)))
	}
	w.Client("acme", scope)
	view := newEngine(t, policytest.Noon, w.Data(t))
	got, err := view.Trace(t.Context(), policytest.View("acme", policy.Entity{Type: policy.TypeEmployee, ID: "ann"}))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(got, " bytes of array)") && !strings.Contains(got, " bytes of object)") {
		t.Error("the trace has no long value")
	}
}

// loops returns conditions that no combination of n digits meets.
func loops(n int) string {
	var body strings.Builder
	sum := "0"
	for _, name := range strings.Split("abcdefghijkl"[:n], "") {
		body.WriteString("some " + name + " in [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\n")
		sum += " + " + name
	}
	return body.String() + sum + " == -1\n"
}

func TestTraceIsStoppedByTheLimit(t *testing.T) {
	rules := "decision := {\"allow\": true, \"reason\": \"yes\"} if {\n" + loops(10) + "}"
	view, _ := start(t, rules, engine.Config{ListLimit: 10 * time.Millisecond}).View()
	if got, err := view.Trace(t.Context(), question); policy.CodeOf(err) != policy.Unavailable || got != "" {
		t.Errorf("got %d bytes and the error %v, want unavailable", len(got), err)
	}
}

func TestNothingIsTracedWithoutASnapshot(t *testing.T) {
	if _, err := (engine.View{}).Trace(t.Context(), question); policy.CodeOf(err) != policy.Unavailable {
		t.Errorf("got error %v, want unavailable", err)
	}
}
