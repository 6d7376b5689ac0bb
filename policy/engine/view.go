package engine

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/topdown"

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

// Decide answers a request. The reason has its code and the client's sentence;
// the admin's sentence is empty, since the names in it cost lookups.
func (v View) Decide(ctx context.Context, r policy.Request) policy.Decision {
	return v.decide(ctx, entryDecision, r, false)
}

// Explain answers like [View.Decide], with both sentences.
func (v View) Explain(ctx context.Context, r policy.Request) policy.Decision {
	return v.decide(ctx, entryDecision, r, true)
}

// Authorize says whether a key may make a change or read what admins read. The
// subject is of type key, with its role as a property.
func (v View) Authorize(ctx context.Context, r policy.Request) policy.Decision {
	return v.decide(ctx, entryAdmin, r, true)
}

func (v View) decide(ctx context.Context, entry entrypoint, r policy.Request, explain bool) (d policy.Decision) {
	defer func() {
		if p := recover(); p != nil {
			d = fault(fmt.Errorf("evaluate %s: panic: %v", entry, p))
		}
	}()
	if v.engine == nil {
		return policy.Deny(policy.CodeStale, "There is no current data to decide on.")
	}
	input, err := inputOf(r, v.engine.cfg.Now(), explain)
	if err != nil {
		return fault(err)
	}
	answer, err := v.evaluate(ctx, entry, input)
	switch {
	case topdown.IsCancel(err) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled):
		return policy.Deny(policy.CodeTimeout, "The decision took too long.")
	case err != nil:
		return fault(err)
	}
	return v.engine.rules.sentences.decision(answer, explain)
}

// evaluate returns the value of an entrypoint, nil if it is undefined. It waits
// for its turn until ctx ends; the limit counts from then on. The limit cancels the evaluation through OPA's own cancel, since a context
// with a deadline would cost a goroutine for each.
func (v View) evaluate(ctx context.Context, entry entrypoint, input ast.Value) (ast.Value, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case v.engine.slots <- struct{}{}:
		defer func() { <-v.engine.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	cancel := topdown.NewCancel()
	defer time.AfterFunc(v.engine.cfg.Limit, cancel.Cancel).Stop()
	results, err := v.engine.rules.queries[entry].Eval(
		ctx,
		rego.EvalTransaction(snapshot{v.data}),
		rego.EvalParsedInput(input),
		rego.EvalExternalCancel(cancel),
		rego.EvalGenerateJSON(asValue),
	)
	if err != nil || len(results) == 0 {
		return nil, err
	}
	answer, _ := results[0].Expressions[0].Value.(ast.Value)
	return answer, nil
}

// asValue keeps an answer as it is, where OPA would build Go maps of it.
func asValue(t *ast.Term, _ *rego.EvalContext) (any, error) { return t.Value, nil }

func fault(err error) policy.Decision {
	d := policy.Deny(policy.CodeFault, "The decision failed.")
	d.Err = err
	return d
}
