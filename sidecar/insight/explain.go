package insight

import (
	"context"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/api"
)

// Explain returns the decision whether a client may view a resource, and what
// decided it. That of an unknown client is a no. It fails with policy.NotFound
// for the draft of a scope of one.
func (n *Insight) Explain(ctx context.Context, caller policy.Caller, asked api.NewExplanation) (api.Explanation, error) {
	view, err := n.reads(ctx, caller)
	if err != nil {
		return api.Explanation{}, err
	}
	if err := checkAsked(asked); err != nil {
		return api.Explanation{}, err
	}
	if asked.Scope != nil {
		if view, err = drafted(view, asked.Client, *asked.Scope); err != nil {
			return api.Explanation{}, err
		}
	}
	request := viewing(asked.Client, asked.Resource)
	f := view.Examine(ctx, request)
	if f.Err != nil {
		return api.Explanation{}, f.Err
	}
	e := api.Explanation{
		Decision: api.DecisionOf(f.Decision),
		Rule:     api.Rule{Path: f.Rule.Path, Title: f.Rule.Title, Description: f.Rule.Description},
		Mode:     f.Mode,
		Status:   f.Status,
		Groups:   namedGroups(f.Groups),
		Projects: namedProjects(f.Projects),
	}
	if asked.Trace {
		e.Trace, err = view.Trace(ctx, request)
	}
	return e, err
}

func checkAsked(asked api.NewExplanation) error {
	for _, member := range []struct{ field, text string }{
		{"client", string(asked.Client)}, {"resource.type", asked.Resource.Type}, {"resource.id", asked.Resource.ID},
	} {
		if member.text == "" {
			return policy.FieldErrorf(member.field, "is required")
		}
	}
	return nil
}

// drafted returns the view in which a client has another scope.
func drafted(view engine.View, id policy.ClientID, scope policy.Scope) (engine.View, error) {
	client, err := clientIn(view, id)
	if err != nil {
		return view, err
	}
	draft := *client
	draft.Scope = scope
	return view.With(draft), draft.Check()
}

func viewing(client policy.ClientID, resource policy.Entity) policy.Request {
	return policy.Request{
		Subject:  policy.Entity{Type: policy.TypeClient, ID: string(client)},
		Action:   policy.Action{Name: policy.ActionView},
		Resource: resource,
	}
}
