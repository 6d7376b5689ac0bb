package httpd

import (
	"context"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/api"
)

// evaluate answers one evaluation, with its reason.
func (s *server) evaluate(ctx context.Context, view engine.View, r policy.Request) api.Decision {
	return api.DecisionOf(s.noted(ctx, view.Explain(ctx, r)))
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
	switch {
	case i.fault != nil:
		return refused(i.fault)
	case reasons:
		return s.evaluate(ctx, view, i.request)
	}
	return api.Decision{Decision: s.noted(ctx, view.Decide(ctx, i.request)).Allow}
}

// refused answers an item that asks nothing.
func refused(fault *policy.Error) api.Decision {
	return api.Decision{Context: &api.Context{Error: &api.ItemError{
		Status:  api.Status(fault.Code),
		Message: fault.Error(),
	}}}
}

// noted logs what went wrong inside a decision, if anything did.
func (s *server) noted(ctx context.Context, d policy.Decision) policy.Decision {
	if d.Err != nil {
		s.report(ctx, d.Err)
	}
	return d
}

// ends reports whether a decision is the last one of a batch.
func ends(s api.Semantic, decision bool) bool {
	return s == api.DenyOnFirstDeny && !decision || s == api.PermitOnFirstPermit && decision
}
