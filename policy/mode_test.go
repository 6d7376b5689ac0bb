package policy

import "testing"

func TestMode(t *testing.T) {
	groups, projects := []GroupID{"design"}, []ProjectID{"site"}
	for _, test := range []struct {
		scope Scope
		want  Mode
	}{
		{Scope{}, "none"},
		{Scope{Screencasts: true}, "none"},
		{Scope{Groups: []GroupID{}, Projects: []ProjectID{}}, "none"},
		{Scope{Groups: groups}, "groups"},
		{Scope{Groups: groups, Projects: []ProjectID{}}, "groups"},
		{Scope{Projects: projects}, "projects"},
		{Scope{Groups: []GroupID{}, Projects: projects}, "projects"},
		{Scope{Groups: groups, Projects: projects}, "both"},
	} {
		if got := test.scope.Mode(); got != test.want {
			t.Errorf("the mode of %+v is %s, want %s", test.scope, got, test.want)
		}
	}
}
