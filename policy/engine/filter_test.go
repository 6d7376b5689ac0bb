package engine

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	opacompile "github.com/open-policy-agent/opa/v1/rego/compile"

	"sightline.example/policy"
	bundle "sightline.example/rego"
)

// TestRulesCompileToFilters shows that the conditions a decision evaluates for
// one record can be turned into one condition for all rows, in every mode.
func TestRulesCompileToFilters(t *testing.T) {
	data := (&policy.Data{}).Apply(
		1,
		policy.Change{Kind: policy.KindGroups, ID: "design", Value: &policy.Group{ID: "design", Name: "Design"}},
		policy.Change{Kind: policy.KindGroups, ID: "empty", Value: &policy.Group{ID: "empty", Name: "Empty"}},
		policy.Change{Kind: policy.KindProjects, ID: "shop", Value: &policy.Project{ID: "shop", Name: "Shop"}},
		policy.Change{Kind: policy.KindProjects, ID: "site", Value: &policy.Project{ID: "site", Name: "Site"}},
		policy.Change{Kind: policy.KindEmployees, ID: "ada", Value: &policy.Employee{
			ID: "ada", Name: "Ada", Groups: []policy.GroupID{"design"},
		}},
	)
	groups := func(ids ...policy.GroupID) []policy.GroupID { return ids }
	projects := func(ids ...policy.ProjectID) []policy.ProjectID { return ids }
	cases := []struct {
		name  string
		scope policy.Scope
		want  any // nil: nothing
	}{
		{"groups", policy.Scope{Groups: groups("design")}, `WHERE record.employee = E'ada'`},
		{"projects", policy.Scope{Projects: projects("shop", "site")}, `WHERE record.project IN (E'shop', E'site')`},
		{
			"both",
			policy.Scope{Groups: groups("design"), Projects: projects("shop", "gone")},
			`WHERE (record.project IN (E'shop') AND record.employee = E'ada')`,
		},
		{"none", policy.Scope{}, nil},
		{"empty group", policy.Scope{Groups: groups("empty")}, nil},
		{"dead group", policy.Scope{Groups: groups("gone")}, nil},
		{"dead group and a project", policy.Scope{Groups: groups("gone"), Projects: projects("shop")}, nil},
		{"dead project", policy.Scope{Projects: projects("gone")}, `WHERE 0 = 1`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			client := &policy.Client{ID: "c", Name: "C", Status: policy.Active, Scope: c.scope}
			got := filterOf(t, data.Apply(2, policy.Change{Kind: policy.KindClients, ID: "c", Value: client}))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("filter (-want +got):\n%s", diff)
			}
		})
	}
}

func filterOf(t *testing.T, data *policy.Data) any {
	t.Helper()
	compiler, err := Compile(bundle.Files)
	if err != nil {
		t.Fatal(err)
	}
	input, err := inputOf(policy.Request{
		Subject:  policy.Entity{Type: policy.TypeClient, ID: "c"},
		Action:   policy.Action{Name: policy.ActionView},
		Resource: policy.Entity{Type: policy.TypeTimeEntry},
	}, time.Unix(0, 0), false)
	if err != nil {
		t.Fatal(err)
	}
	prepared, err := opacompile.New(
		opacompile.Target("sql", "postgresql"),
		opacompile.ParsedUnknowns(ast.MustParseTerm("input.record")),
		opacompile.ParsedQuery(ast.MustParseBody("data.sightline.resources.time_entry.include == true")),
		opacompile.Rego(rego.Compiler(compiler), rego.Store(document{})),
	).Prepare(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	filters, err := prepared.Compile(t.Context(), rego.EvalTransaction(snapshot{data}), rego.EvalParsedInput(input))
	if err != nil {
		t.Fatal(err)
	}
	return filters.One().Query
}
