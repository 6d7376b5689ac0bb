package lang_test

import (
	"strings"
	"testing"

	"sightline.example/desktop/lang"
	"sightline.example/policy"
)

// codes are all that an error can have.
var codes = []policy.Code{
	policy.Invalid, policy.TooLarge, policy.Unauthenticated, policy.CodeRequired, policy.Forbidden, policy.NotFound,
	policy.Exists, policy.Conflict, policy.Stale, policy.Unconditional, policy.KeyReused, policy.DeadReference,
	policy.TooMany, policy.EpochChanged, policy.LinkFault, policy.StoreFull, policy.Unavailable, policy.Internal,
}

func TestEveryRefusalHasWords(t *testing.T) {
	for _, code := range codes {
		got := lang.Error(policy.Errorf(code, "Content-Type must be text/html; 502 Bad Gateway; dial tcp"))
		if got == "" || foreign.MatchString(got) || strings.Contains(got, "Content") {
			t.Errorf("%s is told as %q", code, got)
		}
		if own := lang.Error(&policy.Error{Code: code}); own != got {
			t.Errorf("%s without a message is told as %q", code, own)
		}
	}
}

func TestWhatOnlyTheSidecarHasWordsForIsQuoted(t *testing.T) {
	got := lang.Error(policy.FieldErrorf("scope.until", "is on a Sunday"))
	if want := "Until: The sidecar says: “Is on a Sunday”"; got != want {
		t.Errorf("it is told as %q, want %q", got, want)
	}
}
