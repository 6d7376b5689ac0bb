package engine

import (
	"context"

	"github.com/open-policy-agent/opa/v1/ast"

	"sightline.example/policy"
)

// Finding is a decision and what decided it.
type Finding struct {
	policy.Decision // with both sentences
	// Rule is the one that is named by the reason. Zero if the engine gave the
	// reason by itself.
	Rule Rule
	// What decided of the client: Mode and Status are empty for an unknown client,
	// and everything is with rules that have no entrypoint for findings.
	Mode   policy.Mode
	Status policy.Status
	// Groups and Projects are those of the selected ones that are about the
	// resource, by id: the ones through which a client sees it. In mode both they
	// tell for a no which of the two sides matched. Dead references never do.
	Groups   []*policy.Group
	Projects []*policy.Project
}

// Rule is where in the rules something stands.
type Rule struct {
	Path        string // as OPA writes it: data.sightline.work.in_group
	Title       string // from its METADATA, like the description
	Description string
}

// Examine answers like [View.Explain] and tells what decided.
func (v View) Examine(ctx context.Context, r policy.Request) Finding {
	q := query{entry: entryFinding, request: r, explain: true}
	if v.engine != nil && !v.engine.rules.have(entryFinding) {
		return v.named(v.Explain(ctx, r))
	}
	finding, err := ask(ctx, v, q, v.finding)
	if err != nil {
		return Finding{Decision: refusal(err)}
	}
	return finding
}

// named is a finding of nothing but the rule that decided.
func (v View) named(d policy.Decision) Finding {
	return Finding{Decision: d, Rule: v.engine.rules.sentences[d.Reason.Code].rule}
}

// finding reads the answer of the entrypoint. As in a decision, anything
// malformed is a no.
func (v View) finding(answer ast.Value) (Finding, error) {
	r := read(answer)
	decision := v.engine.rules.sentences.decision(r.object("decision").from, true)
	f := v.named(decision)
	f.Mode = policy.Mode(r.text("mode"))
	f.Status = policy.Status(r.text("status"))
	f.Groups = found(ids[policy.GroupID](r, "groups"), v.data.Group)
	f.Projects = found(ids[policy.ProjectID](r, "projects"), v.data.Project)
	if r.err != nil {
		return Finding{Decision: undefined()}, nil
	}
	return f, nil
}

// found looks up what the ids stand for and leaves out what does not exist.
func found[K, V any](ids []K, look func(K) (V, bool)) []V {
	all := []V{}
	for _, id := range ids {
		if one, ok := look(id); ok {
			all = append(all, one)
		}
	}
	return all
}
