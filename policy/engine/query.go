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

// query is one question to the rules.
type query struct {
	entry   entrypoint
	request policy.Request
	explain bool
	trace   topdown.QueryTracer // nil for none
}

// What keeps the rules from being asked at all.
var (
	errNoData   = errors.New("there is no snapshot")
	errNoAnswer = errors.New("the rules lack the entrypoint")
)

// ask evaluates a query and returns what read makes of the answer, which is nil
// if it is undefined. A panic of either is an error.
func ask[T any](ctx context.Context, v View, q query, read func(ast.Value) (T, error)) (t T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("evaluate %s: panic: %v", q.entry, p)
		}
	}()
	if v.engine == nil {
		return t, errNoData
	}
	prepared, ok := v.engine.rules.queries[q.entry]
	if !ok {
		return t, errNoAnswer
	}
	input, err := inputOf(q.request, v.engine.cfg.Now(), q.explain)
	if err != nil {
		return t, err
	}
	answer, err := v.engine.lane(q).evaluate(
		ctx,
		prepared,
		rego.EvalTransaction(snapshot{v.data}),
		rego.EvalParsedInput(input),
		rego.EvalQueryTracer(q.trace),
	)
	if err != nil {
		return t, err
	}
	return read(answer)
}

// evaluate waits for its turn until ctx ends; the limit counts from then on. The
// limit cancels the evaluation through OPA's own cancel, since a context with a
// deadline would cost a goroutine for each.
func (l lane) evaluate(ctx context.Context, q rego.PreparedEvalQuery, options ...rego.EvalOption) (ast.Value, error) {
	if err := l.enter(ctx); err != nil {
		return nil, err
	}
	defer l.leave()
	cancel := topdown.NewCancel()
	defer time.AfterFunc(l.limit, cancel.Cancel).Stop()
	options = append(options, rego.EvalExternalCancel(cancel), rego.EvalGenerateJSON(asValue))
	results, err := q.Eval(ctx, options...)
	if err != nil || len(results) == 0 {
		return nil, err
	}
	answer, _ := results[0].Expressions[0].Value.(ast.Value)
	return answer, nil
}

// asValue keeps an answer as it is, where OPA would build Go maps of it.
func asValue(t *ast.Term, _ *rego.EvalContext) (any, error) { return t.Value, nil }

func tookTooLong(err error) bool {
	return topdown.IsCancel(err) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}

// refusal turns what kept the rules from answering into a no.
func refusal(err error) policy.Decision {
	switch {
	case errors.Is(err, errNoData):
		return policy.Deny(policy.CodeStale, "There is no current data to decide on.")
	case tookTooLong(err):
		return policy.Deny(policy.CodeTimeout, "The decision took too long.")
	}
	d := policy.Deny(policy.CodeFault, "The decision failed.")
	d.Err = err
	return d
}

// complaint turns it into an error for whoever asked for more than a decision.
func complaint(q query, err error) error {
	switch {
	case errors.Is(err, errNoData):
		return policy.Errorf(policy.Unavailable, "There is no current data to answer from.")
	case errors.Is(err, errNoAnswer):
		return policy.Errorf(policy.Invalid, "The rules in use can't tell: they have no entrypoint %s.", q.entry)
	case tookTooLong(err):
		return policy.Errorf(policy.Unavailable, "The answer took too long.")
	}
	return fmt.Errorf("evaluate %s: %w", q.entry, err)
}
