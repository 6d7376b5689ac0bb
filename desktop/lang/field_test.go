package lang

import (
	"fmt"
	"testing"

	"sightline.example/policy"
)

func TestARefusalNamesItsField(t *testing.T) {
	for path, want := range map[string]string{
		"scope.until":                "Until: Must not be empty.",
		"invitations[3].scope.until": "Until: Must not be empty.",
		"scope.groups[2]":            "Groups: Must not be empty.",
		"clients[2].email":           "E-mail: Must not be empty.",
		"id":                         "Identifier: Must not be empty.",
		"":                           "Must not be empty.",
		"something.unknown":          "Must not be empty.",
	} {
		err := fmt.Errorf("save: %w", policy.FieldErrorf(path, "must not be empty"))
		if got := Error(err); got != want {
			t.Errorf("%q is told as %q, want %q", path, got, want)
		}
	}
}

func TestARefusalStandsBesideItsFieldOnly(t *testing.T) {
	dead := &policy.Error{Code: policy.DeadReference, Field: "scope", Message: "x"}
	for _, test := range []struct {
		err    error
		member string
		here   bool
	}{
		{policy.FieldErrorf("scope.groups[2]", "x"), "scope.groups", true},
		{policy.FieldErrorf("scope.groups[2]", "x"), "scope.projects", false},
		{policy.FieldErrorf("scope", "x"), "scope.projects", false},
		{policy.FieldErrorf("", "x"), "scope.projects", false},
		{dead, "scope", true},
		{dead, "name", false},
		{&policy.Error{Code: policy.Exists, IDs: []string{"a"}, Message: "x"}, "id", true},
		{&policy.Error{Code: policy.NotFound, Field: "name"}, "name", false},
		{nil, "name", false},
	} {
		if got := Beside(test.err, test.member) != ""; got != test.here {
			t.Errorf("%v stands beside %s: %t", test.err, test.member, got)
		}
	}
}
