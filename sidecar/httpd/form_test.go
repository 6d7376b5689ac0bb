package httpd_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/store/storetest"
)

// part is one of a form, by its name.
type part struct{ name, content string }

// formOf returns an import of the parts, whose boundary is b.
func formOf(query, b string, header map[string]string, parts ...part) request {
	var body strings.Builder
	for _, p := range parts {
		fmt.Fprintf(&body, "--%s\r\nContent-Disposition: form-data; name=%q; filename=\"x.csv\"\r\n\r\n%s\r\n", b, p.name, p.content)
	}
	header["Content-Type"] = "multipart/form-data; boundary=" + b
	return post("/v1/import"+query, body.String()+"--"+b+"--\r\n", header)
}

func TestFormIsImported(t *testing.T) {
	s, _ := startAdmin(t, storetest.Start(t))
	a := s.send(t, formOf("?dry_run=true", "b", as(policy.RoleAdmin),
		part{"memberships", "Wer;Gruppe\nAda;design\n"},
		part{"employees", "Nr.;Name;Tel.\n1;Ada;0\n"},
		part{"mapping", `{"employees":{"id":"Nr."},"memberships":{"employee":"Wer"}}`},
	))
	const want = `{"dry_run":true,"employees":{"added":["1"],"changed":[],"removed":[],"counts":{"added":1,"changed":0,"removed":0}},` +
		`"groups":{"added":[],"changed":[],"removed":[],"counts":{"added":0,"changed":0,"removed":0}},` +
		`"projects":{"added":[],"changed":[],"removed":[],"counts":{"added":0,"changed":0,"removed":0}},` +
		`"clients":{"added":[],"changed":[],"removed":[],"counts":{"added":0,"changed":0,"removed":0}},"dead":[],"dead_count":0,` +
		`"warnings":[{"table":"employees","row":1,"column":"Tel.","message":"is not a column known here, and was passed over"}]}`
	if diff := cmp.Diff(want, a.body); diff != "" || a.status != 200 {
		t.Error(a.status, diff)
	}
}

func TestProblemOfAForm(t *testing.T) {
	s, _ := startAdmin(t, storetest.Start(t))
	editor := func() map[string]string { return as(policy.RoleAdmin) }
	groups := part{"groups", "id,name\nart,Art\n"}
	cut, cell, between := formOf("", "b", editor(), groups), formOf("", "b", editor(), groups), formOf("", "b", editor(), groups)
	cut.body = strings.Replace(cut.body, "--b--\r\n", "--b\r\nContent-Disposition: form-data; na", 1)
	cell.body = cell.body[:len(cell.body)-len("t\r\n--b--\r\n")]
	between.body = between.body[:len(between.body)-len("--\r\n")]
	large := formOf("", "b", editor(), part{"groups", "id,name\n" + strings.Repeat("x", 64<<20)})
	for name, p := range map[string]problem{
		"faults": {
			formOf("", "b", editor(), part{"groups", "id,name\na b,Art\n,\n"}, part{"memberships", "employee\n"}), 400, policy.Invalid,
			`{"status":400,"title":"Bad Request","detail":"the tables have 2 faults; nothing was done","code":"invalid","faults":[` +
				`{"table":"groups","row":2,"column":"id","message":"has a character that is not a letter, a digit or one of -._~@:+ at position 2"},` +
				`{"table":"memberships","row":1,"message":"has neither a column for the group nor one for the project"}]}`,
		},
		"unknown part": {
			formOf("", "b", editor(), groups, part{"clients", "id\n"}), 400, policy.Invalid,
			fmt.Sprintf(field, "is not a part known here", "clients"),
		},
		"part twice": {
			formOf("", "b", editor(), groups, groups), 400, policy.Invalid,
			fmt.Sprintf(field, "occurs twice", "groups"),
		},
		"nothing": {
			formOf("", "b", editor()), 400, policy.Invalid,
			fmt.Sprintf(invalid, "has no table"),
		},
		"cut off": {
			cut, 400, policy.Invalid,
			fmt.Sprintf(invalid, "the body ended early, or is not valid multipart/form-data"),
		},
		"cut off in a cell": {
			cell, 400, policy.Invalid,
			fmt.Sprintf(invalid, "the body ended early, or is not valid multipart/form-data"),
		},
		"cut off between parts": {
			between, 400, policy.Invalid,
			fmt.Sprintf(invalid, "the body ended early, or is not valid multipart/form-data"),
		},
		"other boundary": {
			post("/v1/import", formOf("", "b", editor(), groups).body, as(policy.RoleAdmin, "Content-Type", "multipart/form-data; boundary=c")), 400, policy.Invalid,
			fmt.Sprintf(invalid, "the body ended early, or is not valid multipart/form-data"),
		},
		"no boundary": {
			post("/v1/import", formOf("", "b", editor(), groups).body, as(policy.RoleAdmin, "Content-Type", "multipart/form-data")), 400, policy.Invalid,
			fmt.Sprintf(invalid, "the body ended early, or is not valid multipart/form-data"),
		},
		"mapping that is no JSON": {
			formOf("", "b", editor(), groups, part{"mapping", `{`}), 400, policy.Invalid,
			fmt.Sprintf(invalid[:len(invalid)-1], "the body ends in the middle of its JSON") + `,"field":"mapping"}`,
		},
		"mapping of another shape": {
			formOf("", "b", editor(), groups, part{"mapping", `{"groups":{"id":7}}`}), 400, policy.Invalid,
			fmt.Sprintf(field, "must be a string", "mapping.groups.id"),
		},
		"large mapping": {
			formOf("", "b", editor(), groups, part{"mapping", strings.Repeat(" ", 64<<10+1)}), 413, policy.TooLarge,
			`{"status":413,"title":"Request Entity Too Large","detail":"is larger than 65536 bytes","code":"too_large","field":"mapping"}`,
		},
		"large": {
			large, 413, policy.TooLarge,
			`{"status":413,"title":"Request Entity Too Large","detail":"the body is larger than 67108864 bytes","code":"too_large"}`,
		},
		"dry run that is no flag": {
			formOf("?dry_run=1", "b", editor(), groups), 400, policy.Invalid,
			fmt.Sprintf(field, "must be true or false", "dry_run"),
		},
		"media type of neither": {
			post("/v1/import", "id,name\n", as(policy.RoleAdmin, "Content-Type", "text/csv")), 415, policy.Invalid,
			`{"status":415,"title":"Unsupported Media Type","detail":"Content-Type must be application/json or multipart/form-data","code":"invalid"}`,
		},
		"form where there is none": {
			post("/v1/groups", formOf("", "b", editor(), groups).body, as(policy.RoleAdmin, "Content-Type", "multipart/form-data; boundary=b")), 415, policy.Invalid,
			`{"status":415,"title":"Unsupported Media Type","detail":"Content-Type must be application/json","code":"invalid"}`,
		},
	} {
		t.Run(name, func(t *testing.T) { s.wantProblem(t, p) })
	}
}

func TestRepeatOfAFormIsKnownByItsParts(t *testing.T) {
	s, _ := startAdmin(t, storetest.Start(t))
	groups, projects := part{"groups", "id,name\nart,Art\n"}, part{"projects", "id,name\nsite,Site\n"}
	named := func() map[string]string { return as(policy.RoleAdmin, "Idempotency-Key", "k") }
	first := s.send(t, formOf("", "b", named(), groups, projects))
	again := s.send(t, formOf("", "another", named(), projects, groups))
	if first.status != 200 || first.body != again.body || first.header.Get("Sightline-Revision") != again.header.Get("Sightline-Revision") {
		t.Errorf("first %d %s, then %d %s", first.status, first.body, again.status, again.body)
	}
	s.wantProblem(t, problem{
		formOf("", "b", named(), groups, part{"projects", "id,name\nsite,App\n"}), 422, policy.KeyReused,
		`{"status":422,"title":"Unprocessable Entity","detail":"this Idempotency-Key came with another request before","code":"key_reused"}`,
	})
	s.wantProblem(t, problem{
		formOf("", "b", named(), part{"projects", groups.content}, part{"groups", projects.content}), 422, policy.KeyReused,
		`{"status":422,"title":"Unprocessable Entity","detail":"this Idempotency-Key came with another request before","code":"key_reused"}`,
	})
}

// unread is a body that must not be read.
type unread struct{ *testing.T }

func (u unread) Read([]byte) (int, error) {
	u.Error("the body was read")
	return 0, http.ErrBodyNotAllowed
}

func TestBodyOfWhoMayNotImportIsNotRead(t *testing.T) {
	s, _ := startAdmin(t, storetest.Start(t))
	for _, media := range []string{"application/json", "multipart/form-data; boundary=b"} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v1/import", unread{t})
		r.Header.Set("Authorization", "Bearer auditor-key")
		r.Header.Set("Content-Type", media)
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		if w.Code != http.StatusForbidden {
			t.Errorf("the status is %d, want 403", w.Code)
		}
	}
}

// connection is a recorder with the deadlines of a connection.
type connection struct {
	*httptest.ResponseRecorder
	read, write time.Time
	put         func() // called when the last is set
}

func (c *connection) SetReadDeadline(t time.Time) error { c.read = t; return nil }

func (c *connection) SetWriteDeadline(t time.Time) error {
	c.write = t
	if c.put != nil {
		c.put()
	}
	return nil
}

func TestImportPutsOffTheDeadlinesOfItsConnection(t *testing.T) {
	s, _ := startAdmin(t, storetest.Start(t))
	begun := time.Now()
	send := func(path string) *connection {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(`{"employees":[],"groups":[],"projects":[]}`))
		r.Header.Set("Authorization", "Bearer admin-key")
		r.Header.Set("Content-Type", "application/json")
		c := &connection{ResponseRecorder: httptest.NewRecorder()}
		s.handler.ServeHTTP(c, r)
		return c
	}
	c := send("/v1/import?dry_run=true")
	if c.Code != 200 || c.read.Before(begun.Add(5*time.Minute)) || c.read.After(time.Now().Add(5*time.Minute)) {
		t.Errorf("%d, and the body must come until %s", c.Code, c.read)
	}
	if c.write.Sub(c.read) != 10*time.Second {
		t.Errorf("the answer must go out %s later, want 10s", c.write.Sub(c.read))
	}
	if c := send("/v1/groups"); !c.read.IsZero() || !c.write.IsZero() {
		t.Errorf("other changes put deadlines off to %s and %s", c.read, c.write)
	}
}

func TestOneImportIsUnderWayAtATime(t *testing.T) {
	s, _ := startAdmin(t, storetest.Start(t))
	send := func(ctx context.Context, body io.Reader, c *connection) {
		r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/v1/import?dry_run=true", body)
		r.Header.Set("Authorization", "Bearer admin-key")
		r.Header.Set("Content-Type", "application/json")
		s.handler.ServeHTTP(c, r)
	}
	from, to := io.Pipe()
	first, second := &connection{ResponseRecorder: httptest.NewRecorder()}, &connection{ResponseRecorder: httptest.NewRecorder()}
	var both sync.WaitGroup
	both.Go(func() { send(t.Context(), from, first) })
	if _, err := io.WriteString(to, `{"employees":[],"groups":[],`); err != nil { // returns when it is read
		t.Fatal(err)
	}
	ctx, giveUp := context.WithCancel(t.Context())
	second.put = giveUp
	send(ctx, unread{t}, second)
	if second.Code != 503 || !strings.Contains(second.Body.String(), "another import is under way") {
		t.Errorf("the second answer is %d %s", second.Code, second.Body)
	}
	_, err := io.WriteString(to, `"projects":[]}`)
	if err := errors.Join(err, to.Close()); err != nil {
		t.Fatal(err)
	}
	both.Wait()
	if first.Code != 200 {
		t.Errorf("the first answer is %d %s", first.Code, first.Body)
	}
}

func TestDescriptionHasBothMediaTypesOfAnImport(t *testing.T) {
	s, _ := startAdmin(t, storetest.Start(t))
	a := s.send(t, request{"GET", "/openapi.json", "", nil})
	var d struct {
		Paths map[string]map[string]struct {
			RequestBody struct {
				Content map[string]struct {
					Schema struct {
						Ref        string `json:"$ref"`
						Properties map[string]struct{ Type string }
					}
					Encoding map[string]struct{ ContentType string }
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(a.body), &d); err != nil {
		t.Fatal(err)
	}
	content := d.Paths["/v1/import"]["post"].RequestBody.Content
	if got := content["application/json"].Schema.Ref; got != "#/components/schemas/Document" {
		t.Errorf("the JSON is %s", got)
	}
	got := map[string]string{}
	for name, p := range content["multipart/form-data"].Schema.Properties {
		got[name] = p.Type + " " + content["multipart/form-data"].Encoding[name].ContentType
	}
	want := map[string]string{
		"employees": "string text/csv", "groups": "string text/csv", "projects": "string text/csv",
		"memberships": "string text/csv", "mapping": "object application/json",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
