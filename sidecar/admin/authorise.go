package admin

import (
	"context"
	"fmt"

	"sightline.example/policy"
	"sightline.example/policy/engine"
)

// typeKey is the type of the subjects and of nothing else.
const typeKey = "key"

// intent is what a caller wants to do.
type intent struct {
	action string
	kind   policy.Kind
	id     string
	role   policy.Role // of the key to be made
}

// authorise asks the rules whether the caller may do it. Every operation begins
// with it. It returns the view that answered.
func (a *Admin) authorise(ctx context.Context, caller policy.Key, i intent) (engine.View, error) {
	view, ok := a.engine.View()
	if !ok {
		return view, policy.Errorf(policy.Unavailable, "there is no current data to answer from")
	}
	d := view.Authorize(ctx, i.request(caller))
	switch {
	case d.Allow:
		return view, nil
	case d.Err != nil:
		return view, fmt.Errorf("authorise: %w", d.Err)
	case d.Reason.Code == policy.CodeTimeout:
		return view, policy.Errorf(policy.Unavailable, "the decision whether the key may do this took too long")
	}
	a.log.WarnContext(ctx, "refused", "key", caller.ID, "role", caller.Role,
		"action", i.action, "kind", i.kind, "reason", d.Reason.Code)
	return view, policy.Errorf(policy.Forbidden, "%s", d.Reason.Admin)
}

func (i intent) request(caller policy.Key) policy.Request {
	r := policy.Request{
		Subject: policy.Entity{
			Type:       typeKey,
			ID:         string(caller.ID),
			Properties: map[string]any{"role": string(caller.Role)},
		},
		Action:   policy.Action{Name: i.action},
		Resource: policy.Entity{Type: string(i.kind), ID: i.id},
	}
	if i.role != "" {
		r.Resource.Properties = map[string]any{"role": string(i.role)}
	}
	return r
}
