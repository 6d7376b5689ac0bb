package httpd

import (
	"context"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/api"
)

// evaluate answers one evaluation, with its reason.
func (s *server) evaluate(ctx context.Context, view engine.View, r policy.Request) api.Decision {
	d := view.Explain(ctx, r)
	if d.Err != nil {
		s.report(ctx, d.Err)
	}
	return api.DecisionOf(d)
}

// evaluateAll answers a batch from one view. It returns an api.Decisions; or an
// api.Decision for a batch without items, which is a single evaluation.
func (s *server) evaluateAll(ctx context.Context, view engine.View, b batch) any {
	if b.single {
		return s.evaluate(ctx, view, b.request)
	}
	answers := api.Decisions{Evaluations: make([]api.Decision, 0, len(b.items))}
	for _, i := range b.items {
		d := s.evaluateItem(ctx, view, i, b.reasons)
		answers.Evaluations = append(answers.Evaluations, d)
		if ends(b.semantic, d.Decision) {
			break
		}
	}
	return answers
}

func (s *server) evaluateItem(ctx context.Context, view engine.View, i item, reasons bool) api.Decision {
	if i.fault != nil {
		return api.Decision{Context: &api.Context{Error: &api.ItemError{
			Status:  api.Status(i.fault.Code),
			Message: i.fault.Error(),
		}}}
	}
	if reasons {
		return s.evaluate(ctx, view, i.request)
	}
	d := view.Decide(ctx, i.request)
	if d.Err != nil {
		s.report(ctx, d.Err)
	}
	return api.Decision{Decision: d.Allow}
}

// ends reports whether a decision is the last one of a batch.
func ends(s api.Semantic, decision bool) bool {
	return s == api.DenyOnFirstDeny && !decision || s == api.PermitOnFirstPermit && decision
}
