package api_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

func TestEachCodeHasOneStatusAndComesBack(t *testing.T) {
	for code, status := range map[policy.Code]int{
		policy.Invalid:         400,
		policy.TooLarge:        413,
		policy.Unauthenticated: 401,
		policy.CodeRequired:    401,
		policy.Forbidden:       403,
		policy.NotFound:        404,
		policy.Exists:          409,
		policy.Conflict:        409,
		policy.EpochChanged:    409,
		policy.Stale:           412,
		policy.Unconditional:   428,
		policy.KeyReused:       422,
		policy.DeadReference:   422,
		policy.LinkFault:       410,
		policy.TooMany:         429,
		policy.StoreFull:       507,
		policy.Unavailable:     503,
		policy.Internal:        500,
	} {
		if got := api.Status(code); got != status {
			t.Errorf("Status(%s) = %d, want %d", code, got, status)
		}
		if got := api.CodeOf(status, string(code)); got != code {
			t.Errorf("CodeOf(%d, %q) = %s, want %s", status, code, got, code)
		}
	}
}

func TestUnknownCodeIsInternal(t *testing.T) {
	if got := api.Status("made_up"); got != 500 {
		t.Errorf("Status = %d, want 500", got)
	}
}

func TestStatusDecidesWithoutAFittingCode(t *testing.T) {
	for _, c := range []struct {
		status int
		header string
		want   policy.Code
	}{
		{400, "", policy.Invalid},
		{400, "made_up", policy.Invalid},
		{401, "", policy.Unauthenticated},
		{403, "", policy.Forbidden},
		{404, "invalid", policy.NotFound},
		{405, "", policy.Invalid},
		{409, "", policy.Conflict},
		{412, "", policy.Stale},
		{413, "", policy.TooLarge},
		{415, "invalid", policy.Invalid},
		{422, "", policy.Invalid},
		{428, "", policy.Unconditional},
		{410, "", policy.LinkFault},
		{429, "", policy.TooMany},
		{500, "", policy.Internal},
		{502, "", policy.Unavailable},
		{503, "internal", policy.Unavailable},
		{504, "", policy.Unavailable},
		{507, "", policy.StoreFull},
		{302, "", policy.Internal},
	} {
		if got := api.CodeOf(c.status, c.header); got != c.want {
			t.Errorf("CodeOf(%d, %q) = %s, want %s", c.status, c.header, got, c.want)
		}
	}
}

func TestProblemCarriesTheWholeError(t *testing.T) {
	e := &policy.Error{Code: policy.DeadReference, Field: "scope.groups", Message: "names groups that do not exist", IDs: []string{"g1", "g2"}}
	text, err := json.Marshal(api.ProblemOf(e))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"status":422,"title":"Unprocessable Entity","detail":"names groups that do not exist","code":"dead_reference","field":"scope.groups","ids":["g1","g2"]}`
	if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Error(diff)
	}
	var back api.Problem
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(e, back.Err()); diff != "" {
		t.Error(diff)
	}
}

func TestProblemTellsHowLongToWait(t *testing.T) {
	e := &policy.Error{Code: policy.TooMany, Message: "too many failed tries", RetryAfter: 15 * time.Minute}
	text, err := json.Marshal(api.ProblemOf(e))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"status":429,"title":"Too Many Requests","detail":"too many failed tries","code":"too_many","retry_after":900}`
	if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Error(diff)
	}
	var back api.Problem
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(e, back.Err()); diff != "" {
		t.Error(diff)
	}
}
