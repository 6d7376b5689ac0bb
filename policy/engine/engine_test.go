package engine_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sightline.example/policy"
	"sightline.example/policy/engine"
)

const inputSchema = `{"type": "object", "properties": {
	"subject": {}, "action": {}, "resource": {}, "record": {}, "now": {}, "explain": {}
}}`

const adminRules = `package sightline.admin
decision := {"allow": false, "reason": "no"}
`

// reasons gives the codes yes and no their METADATA.
const reasons = `package reasons
# METADATA
# custom:
#   admin: "Yes to {who}."
#   client: Yes.
yes := true
# METADATA
# custom: {admin: No., client: No to you.}
no := true
`

// bundle returns a bundle whose package sightline has the given rules.
func bundle(rules string) fstest.MapFS {
	return fstest.MapFS{
		"schema/input.jsonschema": {Data: []byte(inputSchema)},
		"sightline.rego":          {Data: []byte("package sightline\n" + rules)},
		"admin.rego":              {Data: []byte(adminRules)},
		"reasons.rego":            {Data: []byte(reasons)},
	}
}

func start(t *testing.T, rules string, cfg engine.Config) *engine.Engine {
	t.Helper()
	e, err := engine.New(t.Context(), bundle(rules), cfg)
	if err != nil {
		t.Fatal(err)
	}
	e.Swap(&policy.Data{})
	return e
}

func TestAnswers(t *testing.T) {
	cases := []struct {
		name, rules string
		want        policy.Decision
	}{
		{
			"yes with facts",
			`decision := {"allow": true, "reason": "yes", "facts": {"who": "{who}"}}`,
			policy.Decision{Allow: true, Reason: policy.Reason{Code: "yes", Admin: "Yes to {who}.", Client: "Yes."}},
		},
		{
			"yes without the fact",
			`decision := {"allow": true, "reason": "yes", "facts": {"who": 7}}`,
			policy.Decision{Allow: true, Reason: policy.Reason{Code: "yes", Admin: "Yes to .", Client: "Yes."}},
		},
		{
			"no",
			`decision := {"allow": false, "reason": "no"}`,
			policy.Decision{Reason: policy.Reason{Code: "no", Admin: "No.", Client: "No to you."}},
		},
		{"undefined", `decision := {"allow": true, "reason": "yes"} if input.subject.id == "nobody"`, undefined},
		{"bare yes", `decision := true`, undefined},
		{"allow as text", `decision := {"allow": "true", "reason": "yes"}`, undefined},
		{"allow missing", `decision := {"reason": "yes"}`, undefined},
		{"unknown reason", `decision := {"allow": true, "reason": "because"}`, undefined},
		{"reason missing", `decision := {"allow": true}`, undefined},
		{"a set", `decision contains {"allow": true, "reason": "yes"}`, undefined},
		{"conflict", `decision := {"allow": true, "reason": r} if some r in ["yes", "no"]`, failed},
		{"failing builtin", `decision := {"allow": true, "reason": "yes"} if 1 / 0 == 1`, failed},
		{"failing builtin, negated", `decision := {"allow": true, "reason": "yes"} if not 1 / 0 == 1`, failed},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			view, ok := start(t, c.rules, engine.Config{}).View()
			if !ok {
				t.Fatal("no view")
			}
			got := view.Explain(t.Context(), question)
			if diff := cmp.Diff(c.want, got, cmpopts.IgnoreFields(policy.Decision{}, "Err")); diff != "" {
				t.Errorf("decision (-want +got):\n%s", diff)
			}
		})
	}
}

var (
	question = policy.Request{
		Subject:  policy.Entity{Type: "client", ID: "c"},
		Action:   policy.Action{Name: "view"},
		Resource: policy.Entity{Type: "report", ID: "r"},
	}
	undefined = policy.Deny(policy.CodeUndefined, "The rules gave no valid answer.")
	failed    = policy.Deny(policy.CodeFault, "The decision failed.")
	timeout   = policy.Deny(policy.CodeTimeout, "The decision took too long.")
	stale     = policy.Deny(policy.CodeStale, "There is no current data to decide on.")
)

const always = `decision := {"allow": true, "reason": "yes"}`

func TestNoSnapshotIsANo(t *testing.T) {
	e := start(t, always, engine.Config{})
	e.Swap(nil)
	expectClosed(t, e)
}

func TestStaleSnapshotIsANo(t *testing.T) {
	expectClosed(t, start(t, always, engine.Config{Fresh: func() bool { return false }}))
}

func expectClosed(t *testing.T, e *engine.Engine) {
	t.Helper()
	view, ok := e.View()
	if ok {
		t.Error("got a view, want none")
	}
	if diff := cmp.Diff(stale, view.Decide(t.Context(), question)); diff != "" {
		t.Errorf("decision (-want +got):\n%s", diff)
	}
}

// TestEndlessRuleIsStopped would run for years without the limit.
func TestEndlessRuleIsStopped(t *testing.T) {
	digit := "some %s in [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\n"
	rules := "decision := {\"allow\": true, \"reason\": \"yes\"} if {\n"
	for _, name := range strings.Fields("a b c d e f g h i j k l") {
		rules += fmt.Sprintf(digit, name)
	}
	rules += "a + b + c + d + e + f + g + h + i + j + k + l == -1\n}"
	view, _ := start(t, rules, engine.Config{Limit: 10 * time.Millisecond}).View()
	if diff := cmp.Diff(timeout, view.Decide(t.Context(), question)); diff != "" {
		t.Errorf("decision (-want +got):\n%s", diff)
	}
}

func TestCancelledRequestIsANo(t *testing.T) {
	view, _ := start(t, always, engine.Config{}).View()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if diff := cmp.Diff(timeout, view.Decide(ctx, question)); diff != "" {
		t.Errorf("decision (-want +got):\n%s", diff)
	}
}

// TestUnencodableRequestIsANo sends a value that has no JSON form.
func TestUnencodableRequestIsANo(t *testing.T) {
	view, _ := start(t, always, engine.Config{}).View()
	r := question
	r.Context = map[string]any{"f": func() {}}
	got := view.Decide(t.Context(), r)
	if got.Err == nil {
		t.Error("the decision carries no error for the log")
	}
	if diff := cmp.Diff(failed, got, cmpopts.IgnoreFields(policy.Decision{}, "Err")); diff != "" {
		t.Errorf("decision (-want +got):\n%s", diff)
	}
}

func TestDecideLeavesTheAdminsSentenceOut(t *testing.T) {
	view, _ := start(t, always, engine.Config{}).View()
	want := policy.Decision{Allow: true, Reason: policy.Reason{Code: "yes", Client: "Yes."}}
	if diff := cmp.Diff(want, view.Decide(t.Context(), question)); diff != "" {
		t.Errorf("decision (-want +got):\n%s", diff)
	}
}

// TestViewStaysAtItsSnapshot swaps between two answers of one view.
func TestViewStaysAtItsSnapshot(t *testing.T) {
	e := start(t, `decision := {"allow": true, "reason": "yes"} if data.groups.g.name`, engine.Config{})
	e.Swap((&policy.Data{}).Apply(1, policy.Change{
		Kind: policy.KindGroups, ID: "g", Value: &policy.Group{ID: "g", Name: "G"},
	}))
	before, _ := e.View()
	e.Swap(&policy.Data{})
	after, _ := e.View()
	if !before.Decide(t.Context(), question).Allow {
		t.Error("the older view lost the group")
	}
	if after.Decide(t.Context(), question).Allow {
		t.Error("the newer view still has the group")
	}
}

func TestBadBundles(t *testing.T) {
	cases := []struct {
		name, rules, want string
	}{
		{"syntax", `decision := {`, "rego_parse_error"},
		{"unknown input", `decision := {"allow": true, "reason": "yes"} if input.subjct`, "input.subjct"},
		{"unused variable", `decision := {"allow": true, "reason": "yes"} if x := 1`, "assigned var x unused"},
		{"no entrypoint", `allow := true`, "the entrypoint data.sightline.decision is missing"},
		{"network", `decision := http.send({"method": "get", "url": "http://localhost"})`, "undefined function http.send"},
		{"network by mocking", `decision := n if n := count([]) with count as http.send`, "var http is unsafe"},
		{"clock", `decision := time.now_ns()`, "undefined function time.now_ns"},
		{"randomness", `decision := rand.intn("x", 2)`, "undefined function rand.intn"},
		{"host", `decision := opa.runtime()`, "undefined function opa.runtime"},
		{"unstoppable", `decision := bits.lsh(1, 2)`, "undefined function bits.lsh"},
		{"one sentence", "decision := {}\n# METADATA\n# custom: {client: No.}\nx := 1", "both admin and client"},
		{"placeholder", "decision := {}\n# METADATA\n# custom: {admin: No., client: \"{a}\"}\nx := 1", "must not have placeholders"},
		{"reason twice", "decision := {}\n# METADATA\n# custom: {admin: No., client: No.}\nno := 1", `"no" has METADATA elsewhere`},
		{"too long", "decision := {}\n#" + strings.Repeat(" ", 1<<20), "over 1048576 bytes"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := engine.New(t.Context(), bundle(c.rules), engine.Config{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got error %v, want one with %q", err, c.want)
			}
		})
	}
}

func TestSchemaOfInputIsRequired(t *testing.T) {
	b := bundle(always)
	delete(b, "schema/input.jsonschema")
	_, err := engine.New(t.Context(), b, engine.Config{})
	if err == nil || !strings.Contains(err.Error(), "schema/input.jsonschema is missing") {
		t.Errorf("got error %v", err)
	}
}
