package insight

import (
	"context"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// Explain returns the decision whether a client may view a resource, and what
// decided it.
func (n *Insight) Explain(ctx context.Context, caller policy.Caller, asked api.NewExplanation) (api.Explanation, error) {
	view, err := n.reads(ctx, caller)
	if err != nil {
		return api.Explanation{}, err
	}
	if asked.Scope != nil {
		client, err := clientIn(view, asked.Client)
		if err != nil {
			return api.Explanation{}, err
		}
		drafted := *client
		drafted.Scope = *asked.Scope
		if err := drafted.Check(); err != nil {
			return api.Explanation{}, err
		}
		view = view.With(drafted)
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

func viewing(client policy.ClientID, resource policy.Entity) policy.Request {
	return policy.Request{
		Subject:  policy.Entity{Type: policy.TypeClient, ID: string(client)},
		Action:   policy.Action{Name: policy.ActionView},
		Resource: resource,
	}
}
