package httpd_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

func user(id string, properties map[string]any) policy.Entity {
	return policy.Entity{Type: "user", ID: id, Properties: properties}
}

func record(id string, properties map[string]any) policy.Entity {
	return policy.Entity{Type: "record", ID: id, Properties: properties}
}

// The rules of the certification scenario, section 1.4.
func TestCertificationDecisions(t *testing.T) {
	s := start(t)
	archived := map[string]any{"status": "archived"}
	for name, c := range map[string]struct {
		request policy.Request
		want    policy.Decision
	}{
		"1 alice reads": {
			policy.Request{Subject: user("alice", nil), Action: policy.Action{Name: "read"}, Resource: record("record-1", nil)},
			yes("reads", "Every user reads every record.", "You may read this record."),
		},
		"2 alice writes": {
			policy.Request{Subject: user("alice", nil), Action: policy.Action{Name: "write"}, Resource: record("record-1", nil)},
			yes("writes_active", "Alice writes active records.", "You may write this record."),
		},
		"3 bob reads": {
			policy.Request{Subject: user("bob", nil), Action: policy.Action{Name: "read"}, Resource: record("record-1", nil)},
			yes("reads", "Every user reads every record.", "You may read this record."),
		},
		"4 bob does not write": {
			policy.Request{Subject: user("bob", nil), Action: policy.Action{Name: "write"}, Resource: record("record-1", nil)},
			no("not_granted", "No rule grants it.", "You may not do this."),
		},
		"5 alice does not write what is archived": {
			policy.Request{Subject: user("alice", nil), Action: policy.Action{Name: "write"}, Resource: record("record-2", archived)},
			no("archived", "The record is archived, and the user is no admin.", "This record is archived."),
		},
		"6 an admin writes what is archived": {
			policy.Request{
				Subject:  user("bob", map[string]any{"role": "admin"}),
				Action:   policy.Action{Name: "write"},
				Resource: record("record-2", archived),
			},
			yes("writes_archived", "Admins write archived records.", "You may write this record."),
		},
		"7 alice deletes softly": {
			policy.Request{
				Subject:  user("alice", nil),
				Action:   policy.Action{Name: "delete", Properties: map[string]any{"soft": true}},
				Resource: record("record-1", nil),
			},
			yes("deletes_softly", "Alice deletes records softly.", "You may delete this record."),
		},
		"8 alice does not delete hard": {
			policy.Request{
				Subject:  user("alice", nil),
				Action:   policy.Action{Name: "delete", Properties: map[string]any{"soft": false}},
				Resource: record("record-1", nil),
			},
			no("not_soft", "Records are only deleted softly.", "You may not delete this record."),
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := s.client().Evaluate(t.Context(), c.request)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got.Decision); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func yes(code, admin, client string) policy.Decision {
	return policy.Decision{Allow: true, Reason: policy.Reason{Code: code, Admin: admin, Client: client}}
}

func no(code, admin, client string) policy.Decision {
	return policy.Decision{Reason: policy.Reason{Code: code, Admin: admin, Client: client}}
}

// Sections 2.2 and 3.2 to 3.4 of the scenario, by their literal bodies.
func TestCertificationBodies(t *testing.T) {
	s := start(t)
	const single, batch = "/access/v1/evaluation", "/access/v1/evaluations"
	const readsAnswer = `{"decision":true,"context":{"reason":"reads","reason_admin":{"en":"Every user reads every record."},"reason_user":{"en":"You may read this record."}}}`
	for name, c := range map[string]struct{ path, body, want string }{
		"2.2.3 context": {
			single,
			`{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"type":"record","id":"record-1"},
			  "context":{"time":"2025-06-27T18:03-07:00","ip":"192.168.1.1"}}`,
			readsAnswer,
		},
		"2.2.8 additional properties": {
			single,
			`{"subject":{"type":"user","id":"alice","properties":{"department":"Sales","role":"manager"}},
			  "action":{"name":"read","properties":{"method":"GET"}},
			  "resource":{"type":"record","id":"record-1","properties":{"status":"active","owner":"bob"}}}`,
			readsAnswer,
		},
		"2.2.9 unknown members": {
			single,
			`{"subject":{"type":"user","id":"alice","x":1},"action":{"name":"read","x":[]},"resource":{"type":"record","id":"record-1","x":{}},
			  "foo":"bar","futureField":{"nested":true}}`,
			readsAnswer,
		},
		"3.2.1 evaluations": {
			batch,
			`{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},
			  "evaluations":[{"resource":{"type":"record","id":"record-1"}},{"resource":{"type":"record","id":"record-2"}}]}`,
			`{"evaluations":[{"decision":true},{"decision":true}]}`,
		},
		"3.2.2 order": {
			batch,
			`{"subject":{"type":"user","id":"bob"},"resource":{"type":"record","id":"record-1"},
			  "evaluations":[{"action":{"name":"read"}},{"action":{"name":"write"}}]}`,
			`{"evaluations":[{"decision":true},{"decision":false}]}`,
		},
		"3.2.3 properties": {
			batch,
			`{"subject":{"type":"user","id":"alice"},"action":{"name":"write"},"evaluations":[
			  {"resource":{"type":"record","id":"record-1","properties":{"status":"active"}}},
			  {"resource":{"type":"record","id":"record-2","properties":{"status":"archived"}}}]}`,
			`{"evaluations":[{"decision":true},{"decision":false}]}`,
		},
		"3.2.4 subject properties": {
			batch,
			`{"action":{"name":"write"},"resource":{"type":"record","id":"record-2","properties":{"status":"archived"}},"evaluations":[
			  {"subject":{"type":"user","id":"alice"}},
			  {"subject":{"type":"user","id":"bob","properties":{"role":"admin"}}}]}`,
			`{"evaluations":[{"decision":false},{"decision":true}]}`,
		},
		"3.2.5 no defaults": {
			batch,
			`{"evaluations":[
			  {"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"type":"record","id":"record-1"}},
			  {"subject":{"type":"user","id":"bob"},"action":{"name":"write"},"resource":{"type":"record","id":"record-1"}}]}`,
			`{"evaluations":[{"decision":true},{"decision":false}]}`,
		},
		"3.2.6 context": {
			batch,
			`{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"context":{"time":"2025-06-27T18:03-07:00"},"evaluations":[
			  {"resource":{"type":"record","id":"record-1"}},
			  {"resource":{"type":"record","id":"record-2"},"context":{"time":"2025-06-27T19:00-07:00","source":"batch-override"}}]}`,
			`{"evaluations":[{"decision":true},{"decision":true}]}`,
		},
		"3.2.7 defaults": {
			batch,
			`{"subject":{"type":"user","id":"alice"},"action":{"name":"write"},"resource":{"type":"record","id":"record-1","properties":{"status":"active"}},"evaluations":[
			  {},
			  {"resource":{"type":"record","id":"record-2","properties":{"status":"archived"}}}]}`,
			`{"evaluations":[{"decision":true},{"decision":false}]}`,
		},
		"3.2.7 no merging with the default": {
			batch,
			`{"subject":{"type":"user","id":"alice"},"action":{"name":"write"},"resource":{"type":"record","id":"record-1"},"evaluations":[
			  {"resource":{"id":"record-1"}}]}`,
			`{"evaluations":[{"decision":false,"context":{"error":{"status":400,"message":"evaluations[0].resource.type: is missing"}}}]}`,
		},
		"3.4.1 item without its resource": {
			batch,
			`{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"evaluations":[{"resource":{"type":"record","id":"record-1"}},{}]}`,
			`{"evaluations":[{"decision":true},{"decision":false,"context":{"error":{"status":400,"message":"evaluations[1].resource: is missing"}}}]}`,
		},
		"3.4.1 only item without its resource": {
			batch,
			`{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"evaluations":[{}]}`,
			`{"evaluations":[{"decision":false,"context":{"error":{"status":400,"message":"evaluations[0].resource: is missing"}}}]}`,
		},
		"3.4.2 no evaluations": {batch, aliceReads, readsAnswer},
		"3.4.3 empty evaluations": {
			batch,
			`{"evaluations":[],"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"type":"record","id":"record-1"}}`,
			readsAnswer,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := s.send(t, request{path: c.path, body: c.body})
			if got.status != 200 || got.header.Get("Content-Type") != "application/json" {
				t.Errorf("status %d, %s", got.status, got.header.Get("Content-Type"))
			}
			if diff := cmp.Diff(c.want, got.body); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSemanticsCutTheAnswersShort(t *testing.T) {
	s := start(t)
	item := func(subject, action string) api.Item {
		e := user(subject, nil)
		return api.Item{Subject: &e, Action: &policy.Action{Name: action}}
	}
	yesItem, noItem := item("alice", "write"), item("bob", "write")
	broken := api.Item{}
	for name, c := range map[string]struct {
		semantic api.Semantic
		items    []api.Item
		want     []bool
	}{
		"all":                        {api.ExecuteAll, []api.Item{noItem, yesItem, noItem}, []bool{false, true, false}},
		"all by default":             {"", []api.Item{noItem, yesItem, noItem}, []bool{false, true, false}},
		"first deny":                 {api.DenyOnFirstDeny, []api.Item{yesItem, noItem, yesItem}, []bool{true, false}},
		"no deny":                    {api.DenyOnFirstDeny, []api.Item{yesItem, yesItem}, []bool{true, true}},
		"an error is a deny":         {api.DenyOnFirstDeny, []api.Item{yesItem, broken, yesItem}, []bool{true, false}},
		"first permit":               {api.PermitOnFirstPermit, []api.Item{noItem, yesItem, noItem}, []bool{false, true}},
		"no permit":                  {api.PermitOnFirstPermit, []api.Item{noItem, noItem}, []bool{false, false}},
		"an error is no permit":      {api.PermitOnFirstPermit, []api.Item{broken, yesItem, noItem}, []bool{false, true}},
		"the first item can be last": {api.DenyOnFirstDeny, []api.Item{noItem, yesItem}, []bool{false}},
	} {
		t.Run(name, func(t *testing.T) {
			r := record("record-1", nil)
			batch := api.Evaluations{Resource: &r, Evaluations: c.items, Options: api.Options{Semantic: c.semantic}}
			answers, err := s.client().Evaluations(t.Context(), batch)
			if err != nil {
				t.Fatal(err)
			}
			var got []bool
			for _, d := range answers.Decisions {
				got = append(got, d.Decision)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestBatchGivesReasonsWhenAsked(t *testing.T) {
	s := start(t)
	got := s.send(t, request{path: "/access/v1/evaluations", body: `{"subject":{"type":"user","id":"bob"},"resource":{"type":"record","id":"record-1"},
		"evaluations":[{"action":{"name":"read"}},{"action":{"name":"write"}},{"action":7}],"options":{"reasons":true}}`})
	want := `{"evaluations":[` +
		`{"decision":true,"context":{"reason":"reads","reason_admin":{"en":"Every user reads every record."},"reason_user":{"en":"You may read this record."}}},` +
		`{"decision":false,"context":{"reason":"not_granted","reason_admin":{"en":"No rule grants it."},"reason_user":{"en":"You may not do this."}}},` +
		`{"decision":false,"context":{"error":{"status":400,"message":"evaluations[2].action: must be an object"}}}]}`
	if diff := cmp.Diff(want, got.body); diff != "" {
		t.Error(diff)
	}
}

// The error rules: AuthZEN 1.0, section 10.1, and the scenario, section 2.4.
func TestErrorsBeforeAnyEvaluation(t *testing.T) {
	s := start(t)
	for name, c := range map[string]struct {
		request request
		status  int
		code    string
		want    string
	}{
		"missing subject":       {request{body: `{"action":{"name":"read"},"resource":{"type":"record","id":"record-1"}}`}, 400, "invalid", "subject: is missing"},
		"missing action":        {request{body: `{"subject":{"type":"user","id":"alice"},"resource":{"type":"record","id":"record-1"}}`}, 400, "invalid", "action: is missing"},
		"missing resource":      {request{body: `{"subject":{"type":"user","id":"alice"},"action":{"name":"read"}}`}, 400, "invalid", "resource: is missing"},
		"missing subject type":  {request{body: `{"subject":{"id":"alice"},"action":{"name":"read"},"resource":{"type":"record","id":"record-1"}}`}, 400, "invalid", "subject.type: is missing"},
		"missing subject id":    {request{body: `{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"record","id":"record-1"}}`}, 400, "invalid", "subject.id: is missing"},
		"missing action name":   {request{body: `{"subject":{"type":"user","id":"alice"},"action":{},"resource":{"type":"record","id":"record-1"}}`}, 400, "invalid", "action.name: is missing"},
		"missing resource type": {request{body: `{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"id":"record-1"}}`}, 400, "invalid", "resource.type: is missing"},
		"missing resource id":   {request{body: `{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"type":"record"}}`}, 400, "invalid", "resource.id: is missing"},
		"subject is text":       {request{body: `{"subject":"alice","action":{"name":"read"},"resource":{"type":"record","id":"record-1"}}`}, 400, "invalid", "subject: must be an object"},
		"name is a number":      {request{body: `{"subject":{"type":"user","id":"alice"},"action":{"name":123},"resource":{"type":"record","id":"record-1"}}`}, 400, "invalid", "action.name: must be a string"},
		"top-level array":       {request{body: `[` + aliceReads + `]`}, 400, "invalid", "the body must be an object"},
		"malformed":             {request{body: `{"subject":`}, 400, "invalid", "the body ends in the middle of its JSON"},
		"empty":                 {request{body: ``}, 400, "invalid", "the body is empty"},
		"text":                  {request{body: aliceReads, header: map[string]string{"Content-Type": "text/plain"}}, 400, "invalid", "Content-Type must be application/json"},
		"no content type":       {request{body: aliceReads, header: map[string]string{"Content-Type": ""}}, 400, "invalid", "Content-Type must be application/json"},
		"bad content type":      {request{body: aliceReads, header: map[string]string{"Content-Type": "application/json; charset"}}, 400, "invalid", "Content-Type must be application/json"},
		"GET":                   {request{method: "GET"}, 405, "", "allowed here: POST"},
		"PUT":                   {request{method: "PUT", body: aliceReads}, 405, "", "allowed here: POST"},
		"GET evaluations":       {request{method: "GET", path: "/access/v1/evaluations"}, 405, "", "allowed here: POST"},
		"elsewhere":             {request{path: "/access/v1/nothing"}, 404, "not_found", "there is nothing at this path"},
		"trailing slash":        {request{path: "/access/v1/evaluation/", body: aliceReads}, 404, "not_found", "there is nothing at this path"},
		"large":                 {request{body: `{"x":"` + longer(65536) + `"}`}, 413, "too_large", "the body is larger than 65536 bytes"},
		"large batch":           {request{path: "/access/v1/evaluations", body: longer(1048577)}, 413, "too_large", "the body is larger than 1048576 bytes"},
		"semantic":              {request{path: "/access/v1/evaluations", body: `{"options":{"evaluations_semantic":"first"}}`}, 400, "invalid", "options.evaluations_semantic: must be execute_all, deny_on_first_deny or permit_on_first_permit"},
	} {
		t.Run(name, func(t *testing.T) {
			got := s.send(t, c.request)
			if got.status != c.status || got.header.Get("Sightline-Error") != c.code {
				t.Errorf("status %d, code %q", got.status, got.header.Get("Sightline-Error"))
			}
			if got.header.Get("Content-Type") != "text/plain; charset=utf-8" {
				t.Errorf("Content-Type %q", got.header.Get("Content-Type"))
			}
			if diff := cmp.Diff(c.want, got.body); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func longer(n int) string {
	text := make([]byte, n)
	for i := range text {
		text[i] = ' '
	}
	return string(text)
}

func TestBodiesUpToTheLimitAreRead(t *testing.T) {
	s := start(t)
	for path, limit := range map[string]int{"/access/v1/evaluation": 65536, "/access/v1/evaluations": 1048576} {
		if got := s.send(t, request{path: path, body: aliceReads + longer(limit-len(aliceReads))}); got.status != 200 {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
}

func TestCharsetIsAccepted(t *testing.T) {
	s := start(t)
	for _, media := range []string{"application/json; charset=utf-8", "Application/JSON;charset=UTF-8"} {
		if got := s.send(t, request{body: aliceReads, header: map[string]string{"Content-Type": media}}); got.status != 200 {
			t.Errorf("%s: %d %s", media, got.status, got.body)
		}
	}
}

func TestBodiesThatBreakOffAreRefused(t *testing.T) {
	s := start(t)
	body := io.MultiReader(strings.NewReader(aliceReads), iotest.ErrReader(io.ErrUnexpectedEOF))
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/access/v1/evaluation", body)
	r.Header = http.Header{"Authorization": {"Bearer app-key"}, "Content-Type": {"application/json"}}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	if w.Code != 400 || w.Body.String() != "the body ended early" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
