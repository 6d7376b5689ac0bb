package engine

import (
	"context"

	"github.com/open-policy-agent/opa/v1/ast"

	"sightline.example/policy"
)

// View is an engine at one snapshot: all its answers are from the same
// revision. The zero View has no snapshot and denies everything.
type View struct {
	engine *Engine
	data   *policy.Data
}

// Data returns the snapshot; nil for the zero View.
func (v View) Data() *policy.Data { return v.data }

// With returns a view of the same snapshot, at the same revision, in which c is
// stored as given, in place of the client with its id if there is one. Nothing
// is stored, and v stays as it is. It is for drafts: whatever can be asked of a
// View can be asked about a client who is not there yet.
func (v View) With(c policy.Client) View {
	if v.data == nil {
		return v
	}
	change := policy.Change{Kind: policy.KindClients, ID: string(c.ID), Value: &c}
	return View{v.engine, v.data.Apply(v.data.Revision(), change)}
}

// Decide answers a request. The reason has its code and the client's sentence;
// the admin's sentence is empty, since the names in it cost lookups.
func (v View) Decide(ctx context.Context, r policy.Request) policy.Decision {
	return v.decide(ctx, query{entry: entryDecision, request: r})
}

// Explain answers like [View.Decide], with both sentences. [View.Examine] also
// tells which facts decided.
func (v View) Explain(ctx context.Context, r policy.Request) policy.Decision {
	return v.decide(ctx, query{entry: entryDecision, request: r, explain: true})
}

// Authorize says whether a key may make a change or read what admins read. The
// subject is of type key, with its role as a property.
func (v View) Authorize(ctx context.Context, r policy.Request) policy.Decision {
	return v.decide(ctx, query{entry: entryAdmin, request: r, explain: true})
}

func (v View) decide(ctx context.Context, q query) policy.Decision {
	d, err := ask(ctx, v, q, func(answer ast.Value) (policy.Decision, error) {
		return v.engine.rules.sentences.decision(answer, q.explain), nil
	})
	if err != nil {
		return refusal(err)
	}
	return d
}
