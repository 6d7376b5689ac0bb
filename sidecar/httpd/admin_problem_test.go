package httpd_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/store"
	"sightline.example/sidecar/store/storetest"
)

// problem is the answer to a request that fails.
type problem struct {
	request
	status int
	code   policy.Code
	body   string
}

const (
	design  = `{"id":"design","name":"Design"}`
	unknown = `{"status":400,"title":"Bad Request","detail":"is not known here","code":"invalid","field":"%s"}`
	invalid = `{"status":400,"title":"Bad Request","detail":"%s","code":"invalid"}`
	field   = `{"status":400,"title":"Bad Request","detail":"%s","code":"invalid","field":"%s"}`
)

func post(path, body string, header map[string]string) request {
	return request{path: path, body: body, header: header}
}

func TestProblemOfEachKind(t *testing.T) {
	s, revision := startAdmin(t, storetest.Start(t))
	etag := fmt.Sprintf(`"%d"`, revision)
	editor := as(policy.RoleAdmin)
	used := as(policy.RoleAdmin, "Idempotency-Key", "used")
	if a := s.send(t, post("/v1/groups", `{"id":"print","name":"Print"}`, used)); a.status != http.StatusCreated {
		t.Fatal(a)
	}
	for name, p := range map[string]problem{
		"nothing": {
			post("/v1/groups", "", editor), 400, policy.Invalid,
			fmt.Sprintf(invalid, "the body is empty"),
		},
		"half a body": {
			post("/v1/groups", `{"id":`, editor), 400, policy.Invalid,
			fmt.Sprintf(invalid, "the body ends in the middle of its JSON"),
		},
		"no JSON": {
			post("/v1/groups", `{"id"="x"}`, editor), 400, policy.Invalid,
			fmt.Sprintf(invalid, "the body is not valid JSON after byte 5"),
		},
		"more than one JSON": {
			post("/v1/groups", design+`{}`, editor), 400, policy.Invalid,
			fmt.Sprintf(invalid, "the body goes on after the end of its JSON"),
		},
		"not UTF-8": {
			post("/v1/groups", "{\"id\":\"\xff\"}", editor), 400, policy.Invalid,
			fmt.Sprintf(invalid, "the body is not valid UTF-8"),
		},
		"not an object": {
			post("/v1/groups", `[]`, editor), 400, policy.Invalid,
			fmt.Sprintf(invalid, "must be an object"),
		},
		"name twice": {
			post("/v1/groups", `{"id":"a","id":"b"}`, editor), 400, policy.Invalid,
			fmt.Sprintf(field, "occurs twice", "id"),
		},
		"unknown member": {
			post("/v1/clients", `{"id":"a","scope":{"tasks":["t"]}}`, editor), 400, policy.Invalid,
			fmt.Sprintf(unknown, "scope.tasks"),
		},
		"member in another case": {
			post("/v1/groups", `{"ID":"a"}`, editor), 400, policy.Invalid,
			fmt.Sprintf(unknown, "ID"),
		},
		"$schema": {
			post("/v1/groups", `{"$schema":"x"}`, editor), 400, policy.Invalid,
			`{"status":400,"title":"Bad Request","detail":"is not known here","code":"invalid","field":"[\"$schema\"]"}`,
		},
		"deep": {
			post("/v1/groups", strings.Repeat("[", 33)+strings.Repeat("]", 33), editor), 400, policy.Invalid,
			fmt.Sprintf(field, "is nested more than 32 deep", strings.Repeat("[0]", 32)),
		},
		"long number": {
			post("/v1/groups", `{"name":`+strings.Repeat("1", 33)+`}`, editor), 400, policy.Invalid,
			fmt.Sprintf(field, "has a number of more than 32 characters", "name"),
		},
		"wrong type of text": {
			post("/v1/groups", `{"name":7}`, editor), 400, policy.Invalid,
			fmt.Sprintf(field, "must be a string", "name"),
		},
		"wrong type of list": {
			post("/v1/clients", `{"scope":{"groups":"design"}}`, editor), 400, policy.Invalid,
			fmt.Sprintf(field, "must be an array", "scope.groups"),
		},
		"wrong type of item": {
			post("/v1/clients", `{"scope":{"groups":["a",7]}}`, editor), 400, policy.Invalid,
			fmt.Sprintf(field, "must be a string", "scope.groups[1]"),
		},
		"wrong type of flag": {
			post("/v1/clients", `{"scope":{"screencasts":"yes"}}`, editor), 400, policy.Invalid,
			fmt.Sprintf(field, "must be true or false", "scope.screencasts"),
		},
		"wrong type of time": {
			post("/v1/clients", `{"scope":{"from":"tomorrow"}}`, editor), 400, policy.Invalid,
			fmt.Sprintf(field, "must be a time as of RFC 3339, such as 2026-01-31T08:00:00Z", "scope.from"),
		},
		"invalid value": {
			post("/v1/groups", `{"id":"<b>","name":"n"}`, editor), 400, policy.Invalid,
			fmt.Sprintf(field, "has a character that is not a letter, a digit or one of -._~@:+ at position 1", "id"),
		},
		"another id": {
			request{"PUT", "/v1/groups/print", design, as(policy.RoleAdmin, "If-Match", etag)},
			400, policy.Invalid,
			fmt.Sprintf(field, "must be the id in the path, or left out", "id"),
		},
		"If-Match that is no ETag": {
			request{"PUT", "/v1/groups/design", design, as(policy.RoleAdmin, "If-Match", "*")},
			400, policy.Invalid,
			fmt.Sprintf(invalid, "If-Match must be the ETag of an earlier answer"),
		},
		"long Idempotency-Key": {
			post("/v1/groups", design, as(policy.RoleAdmin, "Idempotency-Key", strings.Repeat("k", 256))), 400, policy.Invalid,
			fmt.Sprintf(invalid, "Idempotency-Key is longer than 255 bytes"),
		},
		"force that is no flag": {
			post("/v1/groups?force=maybe", design, editor), 400, policy.Invalid,
			fmt.Sprintf(field, "must be true or false", "force"),
		},
		"dry run that is no flag": {
			post("/v1/import?dry_run=1", `{"employees":[],"groups":[],"projects":[]}`, editor), 400, policy.Invalid,
			fmt.Sprintf(field, "must be true or false", "dry_run"),
		},
		"limit that is no number": {
			request{"GET", "/v1/groups?limit=all", "", editor},
			400, policy.Invalid,
			fmt.Sprintf(field, "must be a whole number", "limit"),
		},
		"limit out of bounds": {
			request{"GET", "/v1/audit?limit=1001", "", editor},
			400, policy.Invalid,
			fmt.Sprintf(field, "must be 1 to 1000", "limit"),
		},
		"after that is no number": {
			request{"GET", "/v1/audit?after=-1", "", editor},
			400, policy.Invalid,
			fmt.Sprintf(field, "must be the number of a record", "after"),
		},
		"audit log after what is no number": {
			request{"GET", "/v1/audit/log?after=x", "", editor},
			400, policy.Invalid,
			fmt.Sprintf(field, "must be the number of a record", "after"),
		},
		"audit log without bounds": {
			request{"GET", "/v1/audit/log?limit=0", "", editor},
			400, policy.Invalid,
			fmt.Sprintf(field, "must be 1 to 1000", "limit"),
		},
		"list missing": {
			post("/v1/import", `{"employees":[],"groups":[]}`, editor), 400, policy.Invalid,
			fmt.Sprintf(field, "is missing", "projects"),
		},
		"no key": {
			request{"GET", "/v1/groups/design", "", map[string]string{"Authorization": ""}},
			401, policy.Unauthenticated,
			`{"status":401,"title":"Unauthorized","detail":"a valid key or session is required, as Authorization: Bearer \u003ckey\u003e","code":"unauthenticated"}`,
		},
		"app's key": {
			request{"GET", "/v1/groups/design", "", as(policy.RoleApp)},
			403, policy.Forbidden,
			`{"status":403,"title":"Forbidden","detail":"The role does not allow it.","code":"forbidden"}`,
		},
		"not there": {
			request{"GET", "/v1/groups/none", "", editor},
			404, policy.NotFound,
			`{"status":404,"title":"Not Found","detail":"there is no group none","code":"not_found","ids":["none"]}`,
		},
		"taken": {
			post("/v1/groups", design, editor), 409, policy.Exists,
			`{"status":409,"title":"Conflict","detail":"the group id design is taken","code":"exists","ids":["design"]}`,
		},
		"other store": {
			request{"GET", "/v1/groups/design", "", as(policy.RoleAdmin, "Sightline-At-Least", "x")},
			409, policy.EpochChanged,
			`{"status":409,"title":"Conflict","detail":"the token is of another store","code":"epoch_changed"}`,
		},
		"changed since": {
			request{"DELETE", "/v1/groups/design", "", as(policy.RoleAdmin, "If-Match", `"1"`)},
			412, policy.Stale,
			`{"status":412,"title":"Precondition Failed","detail":"the group design was changed by somebody else","code":"stale"}`,
		},
		"large": {
			post("/v1/groups", strings.Repeat(" ", 1<<20+1), editor), 413, policy.TooLarge,
			`{"status":413,"title":"Request Entity Too Large","detail":"the body is larger than 1048576 bytes","code":"too_large"}`,
		},
		"large import": {
			post("/v1/import", strings.Repeat(" ", 64<<20+1), editor), 413, policy.TooLarge,
			`{"status":413,"title":"Request Entity Too Large","detail":"the body is larger than 67108864 bytes","code":"too_large"}`,
		},
		"no media type": {
			post("/v1/groups", design, as(policy.RoleAdmin, "Content-Type", "")), 415, policy.Invalid,
			`{"status":415,"title":"Unsupported Media Type","detail":"Content-Type must be application/json","code":"invalid"}`,
		},
		"other media type": {
			post("/v1/groups", design, as(policy.RoleAdmin, "Content-Type", "text/plain")), 415, policy.Invalid,
			`{"status":415,"title":"Unsupported Media Type","detail":"Content-Type must be application/json","code":"invalid"}`,
		},
		"dead reference": {
			post("/v1/clients", `{"id":"a","name":"A","email":"a@example.com","status":"active","scope":{"groups":["design","g1"]}}`, editor), 422, policy.DeadReference,
			`{"status":422,"title":"Unprocessable Entity","detail":"names what does not exist; force writes it all the same","code":"dead_reference","field":"scope.groups","ids":["g1"]}`,
		},
		"Idempotency-Key of another request": {
			post("/v1/groups", `{"id":"print","name":"Press"}`, used), 422, policy.KeyReused,
			`{"status":422,"title":"Unprocessable Entity","detail":"this Idempotency-Key came with another request before","code":"key_reused"}`,
		},
		"Idempotency-Key of another query": {
			post("/v1/groups?force=true", `{"id":"print","name":"Print"}`, used), 422, policy.KeyReused,
			`{"status":422,"title":"Unprocessable Entity","detail":"this Idempotency-Key came with another request before","code":"key_reused"}`,
		},
		"replacement without If-Match": {
			request{"PUT", "/v1/groups/design", design, editor},
			428, policy.Unconditional,
			`{"status":428,"title":"Precondition Required","detail":"this needs If-Match with the ETag of the version you have seen","code":"unconditional"}`,
		},
		"deletion without If-Match": {
			request{"DELETE", "/v1/keys/some", "", as(policy.RoleOwner)},
			428, policy.Unconditional,
			`{"status":428,"title":"Precondition Required","detail":"this needs If-Match with the ETag of the version you have seen","code":"unconditional"}`,
		},
	} {
		t.Run(name, func(t *testing.T) { s.wantProblem(t, p) })
	}
}

func (s *sidecar) wantProblem(t *testing.T, p problem) {
	t.Helper()
	a := s.send(t, p.request)
	if a.status != p.status {
		t.Errorf("the status is %d, want %d", a.status, p.status)
	}
	if got := a.header.Get(api.HeaderError); got != string(p.code) {
		t.Errorf("%s is %q, want %q", api.HeaderError, got, p.code)
	}
	if got := a.header.Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("the media type is %q", got)
	}
	if diff := cmp.Diff(p.body, a.body); diff != "" {
		t.Error(diff)
	}
}

func TestProblemWithoutASnapshot(t *testing.T) {
	s, _ := startAdmin(t, storetest.Start(t))
	s.engine.Swap(nil)
	s.wantProblem(t, problem{
		request{"GET", "/v1/groups", "", as(policy.RoleAdmin)},
		503, policy.Unavailable,
		`{"status":503,"title":"Service Unavailable","detail":"there is no current data to answer from","code":"unavailable"}`,
	})
}

func TestProblemOfAFullStore(t *testing.T) {
	full, err := store.OpenEmbedded(t.Context(), store.EmbeddedConfig{Dir: t.TempDir(), MinFree: 1 << 62, Log: discard()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { full.Close() })
	serveAdmin(t, full).wantProblem(t, problem{
		post("/v1/groups", design, as(policy.RoleAdmin)), 507, policy.StoreFull,
		`{"status":507,"title":"Insufficient Storage","detail":"the store has no room for changes; decisions go on","code":"store_full"}`,
	})
}

func TestProblemOfOursTellsNothing(t *testing.T) {
	cluster := storetest.Start(t)
	s, _ := startAdmin(t, cluster)
	spoil(t, cluster, "/test/audit/head")
	s.wantProblem(t, problem{
		post("/v1/groups", `{"name":"Print"}`, as(policy.RoleAdmin, "X-Request-Id", "r-1")), 500, policy.Internal,
		`{"status":500,"title":"Internal Server Error","detail":"internal error","code":"internal"}`,
	})
	log := s.log.String()
	if strings.Count(log, "level=ERROR") != 1 || !strings.Contains(log, "request_id=r-1") || !strings.Contains(log, "audit head") {
		t.Errorf("the log is %s", log)
	}
}

func TestProblemOfAnUnreadableValue(t *testing.T) {
	cluster := storetest.Start(t)
	s, _ := startAdmin(t, cluster)
	revision := spoil(t, cluster, "/test/live/g/1/groups/design")
	s.wantProblem(t, problem{
		request{"GET", "/v1/groups/design", "", as(policy.RoleAdmin)},
		409, policy.Conflict,
		fmt.Sprintf(`{"status":409,"title":"Conflict","detail":"the stored value can't be read; it can be replaced or deleted with If-Match: \"%d\"","code":"conflict"}`, revision),
	})
}

func TestWrongMethodOfTheAdminAPI(t *testing.T) {
	s, _ := startAdmin(t, storetest.Start(t))
	for _, r := range []request{
		{"PUT", "/v1/groups", "", as(policy.RoleAdmin)},
		{"PATCH", "/v1/groups/design", "", as(policy.RoleAdmin)},
		{"POST", "/v1/groups/design", "", as(policy.RoleAdmin)},
		{"GET", "/v1/keys/design", "", as(policy.RoleAdmin)},
		{"PUT", "/v1/keys/design", "", as(policy.RoleAdmin)},
		{"GET", "/v1/import", "", as(policy.RoleAdmin)},
		{"POST", "/v1/audit", "", as(policy.RoleAdmin)},
	} {
		if a := s.send(t, r); a.status != http.StatusMethodNotAllowed {
			t.Errorf("%s %s: the status is %d, want 405", r.method, r.path, a.status)
		}
	}
}
