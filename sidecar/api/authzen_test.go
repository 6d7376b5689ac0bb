package api_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

func TestDecisionOnTheWire(t *testing.T) {
	for name, c := range map[string]struct {
		decision policy.Decision
		want     string
	}{
		"with its reason": {
			policy.Decision{Allow: true, Reason: policy.Reason{Code: "in_group", Admin: "Ann is in Design.", Client: "You may see it."}},
			`{"decision":true,"context":{"reason":"in_group","reason_admin":{"en":"Ann is in Design."},"reason_user":{"en":"You may see it."}}}`,
		},
		"without sentences": {
			policy.Decision{Reason: policy.Reason{Code: "not_in_scope"}},
			`{"decision":false,"context":{"reason":"not_in_scope"}}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := json.Marshal(api.DecisionOf(c.decision))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, string(text)); diff != "" {
				t.Error(diff)
			}
			var back api.Decision
			if err := json.Unmarshal(text, &back); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.decision, back.Policy()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestBareDecisionHasNoReason(t *testing.T) {
	text, err := json.Marshal(api.Decision{Decision: true})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(`{"decision":true}`, string(text)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(policy.Decision{Allow: true}, api.Decision{Decision: true}.Policy()); diff != "" {
		t.Error(diff)
	}
}
