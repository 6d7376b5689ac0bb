package admin

import (
	"context"
	"fmt"
	"strings"

	"sightline.example/policy"
	"sightline.example/policy/engine"
)

// Intent is what a caller wants to do.
type Intent struct {
	Action string
	Kind   policy.Kind
	ID     string
	Role   policy.Role // of the key or admin that is made or changed
}

// Authorise asks the rules whether the caller may do it. Every operation begins
// with it. It returns the view that answered. The error is a Forbidden one if
// they say no.
func (a *Admin) Authorise(ctx context.Context, caller policy.Caller, i Intent) (engine.View, error) {
	view, ok := a.engine.View()
	if !ok {
		return view, errNoView()
	}
	d := view.Authorize(ctx, i.request(caller))
	switch {
	case d.Allow:
		return view, nil
	case d.Err != nil:
		return view, fmt.Errorf("authorise: %w", d.Err)
	case d.Reason.Code == policy.CodeTimeout:
		return view, policy.Errorf(policy.Unavailable, "the decision whether you may do this took too long")
	}
	a.log.WarnContext(ctx, "refused", "type", caller.Type, "id", caller.ID, "role", caller.Role,
		"action", i.Action, "kind", i.Kind, "reason", d.Reason.Code)
	return view, policy.Errorf(policy.Forbidden, "%s", d.Reason.Admin)
}

// MayPromote returns nil if the caller may let others in as admins, or give them
// another role. A key with permissions may not: an admin has none, and could do more
// than the key.
func MayPromote(caller policy.Caller) error {
	if len(caller.Permissions) > 0 {
		return policy.Errorf(policy.Forbidden, "a key with permissions makes nobody an admin, and gives nobody another role")
	}
	return nil
}

func errNoView() error {
	return policy.Errorf(policy.Unavailable, "there is no current data to answer from")
}

func (i Intent) request(caller policy.Caller) policy.Request {
	who := map[string]any{"role": string(caller.Role)}
	if len(caller.Permissions) > 0 {
		who["permissions"] = caller.Permissions
	}
	r := policy.Request{
		Subject:  policy.Entity{Type: string(caller.Type), ID: caller.ID, Properties: who},
		Action:   policy.Action{Name: i.Action},
		Resource: policy.Entity{Type: string(i.Kind), ID: i.ID},
	}
	if i.Role != "" {
		r.Resource.Properties = map[string]any{"role": string(i.Role)}
	}
	return r
}

// Permissions returns those permissions that the rules give a caller.
func (a *Admin) Permissions(ctx context.Context, caller policy.Caller) ([]policy.Permission, error) {
	view, ok := a.engine.View()
	if !ok {
		return nil, policy.Errorf(policy.Unavailable, "there is no current data to answer from")
	}
	granted := []policy.Permission{}
	for _, p := range policy.Permissions() {
		d := view.Authorize(ctx, intentOf(p).request(caller))
		if d.Err != nil {
			return nil, fmt.Errorf("permissions: %w", d.Err)
		}
		if d.Allow {
			granted = append(granted, p)
		}
	}
	return granted, nil
}

// intentOf returns what a permission is about.
func intentOf(p policy.Permission) Intent {
	area, access, _ := strings.Cut(string(p), ":")
	i := Intent{Action: actionRead, Kind: policy.Kind(area)}
	if access == "write" {
		i.Action = actionReplace
	}
	if area == "team" {
		i.Kind = policy.KindAdmins
	}
	return i
}
