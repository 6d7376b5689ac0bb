package httpd

import (
	"encoding/json"
	"reflect"
	"testing"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

func seed(f *testing.F) {
	for _, body := range []string{
		`{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"type":"record","id":"record-1"}}`,
		`{"subject":{"type":"a","id":"b","properties":{"n":[1.50,-0,1e-300,null,true,{"":"\u00fc"}]}},"action":{"name":"c","properties":{}},"resource":{"type":"","id":""},"context":{"x":{}}}`,
		`{"subject":{"type":"a"},"evaluations":[{"subject":{"id":"b"},"action":{"name":"c"},"resource":{"type":"d","id":"e"}},{},7,null],"options":{"evaluations_semantic":"permit_on_first_permit","reasons":true}}`,
		`{"evaluations":[],"options":null}`,
		`{"a":1,"a":2}`, `[1e999]`, `{"a":`, "\xff", ``, nested(40),
	} {
		f.Add([]byte(body))
	}
}

// What the decoder accepts means the same when it is encoded and decoded again.
func FuzzEvaluation(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := decodeEvaluation(body)
		if err != nil {
			named(t, err)
			return
		}
		text, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		again, err := decodeEvaluation(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		same(t, withoutEmpty(again), withoutEmpty(got))
	})
}

// The same for a batch: each item that can be asked, spelt out in full.
func FuzzEvaluations(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := decodeEvaluations(body)
		if err != nil {
			named(t, err)
			return
		}
		var asked []policy.Request
		full := api.Evaluations{Options: api.Options{Semantic: got.semantic, Reasons: got.reasons}}
		for _, i := range got.items {
			if i.fault != nil {
				named(t, i.fault)
				continue
			}
			r := withoutEmpty(i.request)
			asked = append(asked, r)
			full.Evaluations = append(full.Evaluations, api.Item{Subject: &r.Subject, Action: &r.Action, Resource: &r.Resource, Context: r.Context})
		}
		if len(asked) == 0 {
			return
		}
		text, err := json.Marshal(full)
		if err != nil {
			t.Fatal(err)
		}
		again, err := decodeEvaluations(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		want := flat{Requests: asked, Faults: make([]string, len(asked)), Semantic: got.semantic, Reasons: got.reasons}
		for i := range again.items {
			again.items[i].request = withoutEmpty(again.items[i].request)
		}
		same(t, flatten(again), want)
	})
}

// named fails unless err is one for the caller, and says something.
func named(t *testing.T, err error) {
	t.Helper()
	if policy.CodeOf(err) != policy.Invalid || err.Error() == "" {
		t.Errorf("code %q: %v", policy.CodeOf(err), err)
	}
}

// same compares without package cmp, whose time doubles with each level of
// nesting.
func same(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %#v, want %#v", got, want)
	}
}

// withoutEmpty returns r with empty objects as absent ones: to rules they are
// the same, and encoding leaves them out.
func withoutEmpty(r policy.Request) policy.Request {
	for _, o := range []*map[string]any{&r.Subject.Properties, &r.Action.Properties, &r.Resource.Properties, &r.Context} {
		if len(*o) == 0 {
			*o = nil
		}
	}
	return r
}
