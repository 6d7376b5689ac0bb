package httpd

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// flat is a batch without pointers, for comparisons.
type flat struct {
	Single   bool
	Request  policy.Request
	Requests []policy.Request
	Faults   []string
	Semantic api.Semantic
	Reasons  bool
}

func flatten(b batch) flat {
	f := flat{Single: b.single, Request: b.request, Semantic: b.semantic, Reasons: b.reasons}
	for _, i := range b.items {
		f.Requests = append(f.Requests, i.request)
		fault := ""
		if i.fault != nil {
			fault = i.fault.Error()
		}
		f.Faults = append(f.Faults, fault)
	}
	return f
}

func TestDefaultsReplaceWholeEntities(t *testing.T) {
	got, err := decodeEvaluations([]byte(`{
		"subject": {"type": "client", "id": "acme", "properties": {"from": "default"}},
		"action": {"name": "view", "properties": {"from": "default"}},
		"resource": {"type": "project", "id": "p0", "properties": {"from": "default"}},
		"context": {"from": "default", "time": "1"},
		"evaluations": [
			{},
			{"subject": null, "action": null, "resource": null, "context": null},
			{"resource": {"type": "group", "id": "g1"}, "context": {"time": "2"}},
			{"resource": {"type": "project", "id": "p1"}, "subject": {"type": "user", "id": "ann"}, "action": {"name": "edit"}},
			{"context": {}}
		],
		"options": {"evaluations_semantic": "deny_on_first_deny", "reasons": true, "other": 1}
	}`))
	if err != nil {
		t.Fatal(err)
	}
	from := map[string]any{"from": "default"}
	subject := policy.Entity{Type: "client", ID: "acme", Properties: from}
	action := policy.Action{Name: "view", Properties: from}
	resource := policy.Entity{Type: "project", ID: "p0", Properties: from}
	context := map[string]any{"from": "default", "time": "1"}
	all := policy.Request{Subject: subject, Action: action, Resource: resource, Context: context}
	want := flat{
		Requests: []policy.Request{
			all,
			all,
			{Subject: subject, Action: action, Resource: policy.Entity{Type: "group", ID: "g1"}, Context: map[string]any{"time": "2"}},
			{
				Subject:  policy.Entity{Type: "user", ID: "ann"},
				Action:   policy.Action{Name: "edit"},
				Resource: policy.Entity{Type: "project", ID: "p1"},
				Context:  context,
			},
			{Subject: subject, Action: action, Resource: resource, Context: map[string]any{}},
		},
		Faults:   []string{"", "", "", "", ""},
		Semantic: api.DenyOnFirstDeny,
		Reasons:  true,
	}
	if diff := cmp.Diff(want, flatten(got)); diff != "" {
		t.Error(diff)
	}
}

// Faults within an item are that item's alone: the batch itself is valid.
func TestItemsHaveTheirOwnFaults(t *testing.T) {
	got, err := decodeEvaluations([]byte(`{
		"subject": {"type": "client", "id": "acme"},
		"evaluations": [
			{},
			{"action": {"name": "view"}, "resource": {"id": "p"}},
			{"action": {"name": "view"}, "resource": {"type": "project", "id": 7}},
			{"action": {"name": 7}, "resource": {"type": "project", "id": "p"}},
			{"action": "view"},
			{"action": {"name": "view"}, "resource": {"type": "project", "id": "p"}, "context": []},
			{"action": {"name": "view"}, "resource": {"type": "project", "id": "p", "properties": []}},
			{"action": {"name": "view"}, "resource": {"type": "project", "id": "p"}, "subject": "acme"},
			"view",
			null,
			{"action": {"name": "view"}, "resource": {"type": "project", "id": "p"}}
		]
	}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"evaluations[0].action: is missing",
		"evaluations[1].resource.type: is missing",
		"evaluations[2].resource.id: must be a string",
		"evaluations[3].action.name: must be a string",
		"evaluations[4].action: must be an object",
		"evaluations[5].context: must be an object",
		"evaluations[6].resource.properties: must be an object",
		"evaluations[7].subject: must be an object",
		"evaluations[8]: must be an object",
		"evaluations[9]: must be an object",
		"",
	}
	if diff := cmp.Diff(want, flatten(got).Faults); diff != "" {
		t.Error(diff)
	}
}

func TestWrongPayloadsAreRefusedAsAWhole(t *testing.T) {
	item := `"evaluations":[{"subject":{"type":"a","id":"b"},"action":{"name":"c"},"resource":{"type":"d","id":"e"}}]`
	for body, want := range map[string]string{
		`[]`:                                    "the body must be an object",
		`{"evaluations":{}}`:                    "evaluations: must be an array",
		`{"evaluations":"x"}`:                   "evaluations: must be an array",
		`{}`:                                    "subject: is missing",
		`{"evaluations":[]}`:                    "subject: is missing",
		`{"evaluations":null}`:                  "subject: is missing",
		`{"subject":"acme",` + item + `}`:       "subject: must be an object",
		`{"action":{"name":1},` + item + `}`:    "action.name: must be a string",
		`{"resource":{"type":[]},` + item + `}`: "resource.type: must be a string",
		`{"resource":{"properties":1},` + item + `}`:              "resource.properties: must be an object",
		`{"context":1,` + item + `}`:                              "context: must be an object",
		`{"options":[],` + item + `}`:                             "options: must be an object",
		`{"options":{"evaluations_semantic":"x"},` + item + `}`:   "options.evaluations_semantic: must be execute_all, deny_on_first_deny or permit_on_first_permit",
		`{"options":{"evaluations_semantic":{}},` + item + `}`:    "options.evaluations_semantic: must be execute_all, deny_on_first_deny or permit_on_first_permit",
		`{"options":{"evaluations_semantic":""},` + item + `}`:    "options.evaluations_semantic: must be execute_all, deny_on_first_deny or permit_on_first_permit",
		`{"options":{"reasons":"yes"},` + item + `}`:              "options.reasons: must be true or false",
		`{"evaluations":[{},{"action":{"name":"a","name":"b"}}]}`: "evaluations[1].action.name: occurs twice",
		`{"evaluations":[{},{},{"action":{"name":1e999}}]}`:       "evaluations[2].action.name: has a number out of the range of a double",
		`{"evaluations":[` + strings.Repeat("{},", 1000) + `{}]}`: "evaluations: has 1001 items; the limit is 1000",
	} {
		_, err := decodeEvaluations([]byte(body))
		if code := policy.CodeOf(err); code != policy.Invalid {
			t.Errorf("%.80s: code %q", body, code)
			continue
		}
		if diff := cmp.Diff(want, err.Error()); diff != "" {
			t.Errorf("%.80s: %s", body, diff)
		}
	}
}

func TestAThousandItemsAreRead(t *testing.T) {
	got, err := decodeEvaluations([]byte(`{"evaluations":[` + strings.Repeat("{},", 999) + `{}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if len(got.items) != 1000 {
		t.Errorf("%d items, want 1000", len(got.items))
	}
}

func TestNoItemsMakeASingleEvaluation(t *testing.T) {
	const entities = `"subject":{"type":"a","id":"b"},"action":{"name":"c"},"resource":{"type":"d","id":"e"}`
	want := flat{
		Single: true,
		Request: policy.Request{
			Subject:  policy.Entity{Type: "a", ID: "b"},
			Action:   policy.Action{Name: "c"},
			Resource: policy.Entity{Type: "d", ID: "e"},
		},
		Semantic: api.ExecuteAll,
	}
	for _, body := range []string{
		`{` + entities + `}`,
		`{` + entities + `,"evaluations":[],"options":{}}`,
		`{` + entities + `,"evaluations":null,"options":null}`,
		`{` + entities + `,"options":{"evaluations_semantic":null,"reasons":null}}`,
	} {
		got, err := decodeEvaluations([]byte(body))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, flatten(got)); diff != "" {
			t.Errorf("%s: %s", body, diff)
		}
	}
}
