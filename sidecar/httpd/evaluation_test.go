package httpd

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
)

func TestEvaluationsAreDecodedExactly(t *testing.T) {
	got, err := decodeEvaluation([]byte(`{
		"subject": {"type": "client", "id": "acme", "properties": {"n": 1.50, "list": [null, true, {"x": "y"}]}, "name": "ignored"},
		"action": {"name": "view", "properties": {"soft": false}},
		"resource": {"type": "time_entry", "id": "t1", "properties": {"employee": "e1", "project": null}},
		"context": {"time": "now"},
		"evaluations": 7,
		"Subject": "ignored"
	}`))
	if err != nil {
		t.Fatal(err)
	}
	want := policy.Request{
		Subject: policy.Entity{Type: "client", ID: "acme", Properties: map[string]any{
			"n": json.Number("1.50"), "list": []any{nil, true, map[string]any{"x": "y"}},
		}},
		Action: policy.Action{Name: "view", Properties: map[string]any{"soft": false}},
		Resource: policy.Entity{Type: "time_entry", ID: "t1", Properties: map[string]any{
			"employee": "e1", "project": nil,
		}},
		Context: map[string]any{"time": "now"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestOptionalNullIsAbsent(t *testing.T) {
	got, err := decodeEvaluation([]byte(`{
		"subject": {"type": "a", "id": "b", "properties": null},
		"action": {"name": "c", "properties": null},
		"resource": {"type": "d", "id": "e", "properties": null},
		"context": null
	}`))
	if err != nil {
		t.Fatal(err)
	}
	want := policy.Request{
		Subject:  policy.Entity{Type: "a", ID: "b"},
		Action:   policy.Action{Name: "c"},
		Resource: policy.Entity{Type: "d", ID: "e"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWrongMembersAreNamed(t *testing.T) {
	const s, a, r = `"subject":{"type":"a","id":"b"},`, `"action":{"name":"c"},`, `"resource":{"type":"d","id":"e"}`
	for body, want := range map[string]string{
		`7`:                              "the body must be an object",
		`null`:                           "the body must be an object",
		`"x"`:                            "the body must be an object",
		`{}`:                             "subject: is missing",
		`{"subject":null,` + a + r + `}`: "subject: is missing",
		`{"subject":[],` + a + r + `}`:   "subject: must be an object",
		`{"subject":{"type":null,"id":"b"},` + a + r + `}`:                        "subject.type: is missing",
		`{"subject":{"type":1,"id":"b"},` + a + r + `}`:                           "subject.type: must be a string",
		`{"subject":{"type":"a","id":{}},` + a + r + `}`:                          "subject.id: must be a string",
		`{"subject":{"type":"a","id":"b","properties":[]},` + a + r + `}`:         "subject.properties: must be an object",
		`{` + s + `"action":"c",` + r + `}`:                                       "action: must be an object",
		`{` + s + `"action":{"name":null},` + r + `}`:                             "action.name: is missing",
		`{` + s + `"action":{"name":"c","properties":1},` + r + `}`:               "action.properties: must be an object",
		`{` + s + a + `"resource":true}`:                                          "resource: must be an object",
		`{` + s + a + `"resource":{"type":"d","id":false}}`:                       "resource.id: must be a string",
		`{` + s + a + `"resource":{"type":"d","id":"e","properties":"x"}}`:        "resource.properties: must be an object",
		`{` + s + a + r + `,"context":"x"}`:                                       "context: must be an object",
		`{` + s + a + `"resource":{"type":"d","id":"e","id":"f"}}`:                "resource.id: occurs twice",
		`{` + s + a + r + `,"ignored":{"n":` + nested(32) + `}}`:                  "ignored.n[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]: is nested more than 32 deep",
		`{` + s + a + r + `,"ignored":{"n":[123456789012345678901234567890123]}}`: "ignored.n[0]: has a number of more than 32 characters",
	} {
		_, err := decodeEvaluation([]byte(body))
		if code := policy.CodeOf(err); code != policy.Invalid {
			t.Errorf("%s: code %q", body, code)
			continue
		}
		if diff := cmp.Diff(want, err.Error()); diff != "" {
			t.Errorf("%s: %s", body, diff)
		}
	}
}
