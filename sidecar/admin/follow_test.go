package admin_test

import (
	"testing"

	"sightline.example/policy"
)

// Whoever is told of every change must be one who may read all of it.
func TestFollowingTakesTheRightToReadAll(t *testing.T) {
	h := start(t)
	for name, c := range map[string]struct {
		role        policy.Role
		permissions []policy.Permission
		want        policy.Code
	}{
		"owner":              {policy.RoleOwner, nil, ""},
		"admin":              {policy.RoleAdmin, nil, ""},
		"auditor":            {policy.RoleAuditor, nil, ""},
		"app":                {policy.RoleApp, nil, policy.Forbidden},
		"bootstrap":          {policy.RoleBootstrap, nil, policy.Forbidden},
		"both":               {policy.RoleAuditor, []policy.Permission{"clients:read", "directory:read"}, ""},
		"clients alone":      {policy.RoleOwner, []policy.Permission{"clients:read"}, policy.Forbidden},
		"directory alone":    {policy.RoleOwner, []policy.Permission{"directory:read"}, policy.Forbidden},
		"neither, but audit": {policy.RoleOwner, []policy.Permission{"audit:read"}, policy.Forbidden},
	} {
		t.Run(name, func(t *testing.T) {
			who := caller(c.role)
			who.Permissions = c.permissions
			if got := policy.CodeOf(h.Follow(t.Context(), who)); got != c.want {
				t.Errorf("code %q, want %q", got, c.want)
			}
		})
	}
}
