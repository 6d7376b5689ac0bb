package httpd

import (
	"errors"
	"testing"

	"sightline.example/policy"
)

func TestErrorsMoveIntoTheirParent(t *testing.T) {
	for field, want := range map[string]string{"": "a: x", "b": "a.b: x", "[2]": "a[2]: x", "b[2].c": "a.b[2].c: x"} {
		e := policy.FieldErrorf(field, "x")
		if got := within("a", e).Error(); got != want {
			t.Errorf("%q: %q, want %q", field, got, want)
		}
		if e.Field != field {
			t.Errorf("%q: the error itself moved to %q", field, e.Field)
		}
	}
	other := errors.New("x")
	if got := within("a", other); got != other {
		t.Errorf("another error became %v", got)
	}
}
