package api_test

import (
	"testing"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

func TestETagIsTheRevisionInQuotes(t *testing.T) {
	if got := api.ETag(17); got != `"17"` {
		t.Errorf("ETag(17) = %s", got)
	}
	if got, err := api.ParseETag(`"17"`); got != 17 || err != nil {
		t.Errorf("ParseETag = %d, %v; want 17", got, err)
	}
}

func TestWhatIsNoETagIsRefused(t *testing.T) {
	for _, tag := range []string{"", `""`, "17", `"17`, `17"`, `""17""`, `W/"17"`, `"0"`, `"-1"`, `"017"`, `"+17"`, "*", `"17", "18"`, `"99999999999999999999"`} {
		if got, err := api.ParseETag(tag); policy.CodeOf(err) != policy.Invalid {
			t.Errorf("ParseETag(%s) = %d, %v; want an invalid error", tag, got, err)
		}
	}
}
