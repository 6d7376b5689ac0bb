package policy

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCodeOf(t *testing.T) {
	gone := Errorf(NotFound, "there is no client %q", "acme")
	for name, test := range map[string]struct {
		err  error
		want Code
	}{
		"nothing":       {nil, ""},
		"an Error":      {gone, "not_found"},
		"wrapped":       {fmt.Errorf("read: %w", fmt.Errorf("again: %w", gone)), "not_found"},
		"joined":        {errors.Join(errors.New("other"), gone), "not_found"},
		"the first":     {fmt.Errorf("%w, %w", FieldErrorf("id", "is bad"), gone), "invalid"},
		"anything else": {errors.New("disk is full"), "internal"},
		"only its text": {errors.New(gone.Error()), "internal"},
	} {
		if got := CodeOf(test.err); got != test.want {
			t.Errorf("%s: the code is %q, want %q", name, got, test.want)
		}
	}
}

func TestErrorText(t *testing.T) {
	if got := Errorf(NotFound, "there is no client %q", "acme").Error(); got != `there is no client "acme"` {
		t.Errorf("without a field: %s", got)
	}
	err := FieldErrorf("scope.groups[2]", "repeats %q", "design")
	if got := err.Error(); got != `scope.groups[2]: repeats "design"` {
		t.Errorf("with a field: %s", got)
	}
	want := &Error{Code: Invalid, Field: "scope.groups[2]", Message: `repeats "design"`}
	if diff := cmp.Diff(want, err); diff != "" {
		t.Errorf("the error (-want +got):\n%s", diff)
	}
}

func TestDeny(t *testing.T) {
	want := Decision{Reason: Reason{Code: "stale", Admin: "Not now.", Client: "Not now."}}
	if diff := cmp.Diff(want, Deny(CodeStale, "Not now.")); diff != "" {
		t.Errorf("the decision (-want +got):\n%s", diff)
	}
}
