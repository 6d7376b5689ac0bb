package httpd_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/store/storetest"
)

func TestAnswersOfTheAdminAPI(t *testing.T) {
	s, _ := startAdmin(t, storetest.Start(t))
	editor := as(policy.RoleAdmin)
	const acme = `{"id":"acme","name":"Acme","email":"a@example.com","status":"active","scope":{"groups":["design"],"until":"2026-02-01T00:00:00Z"},"created":"2026-01-02T03:04:05Z","changed":"2026-01-02T03:04:05Z","changed_by":"admin"}`

	made := s.send(t, post("/v1/clients", acme, editor))
	etag := s.wantChange(t, made, 201, acme)

	got := s.send(t, request{"GET", "/v1/clients/acme", "", as(policy.RoleAuditor)})
	if again := s.wantChange(t, got, 200, acme); again != etag {
		t.Errorf("the ETag is %s, was %s", again, etag)
	}

	s.list(t)
	list := s.send(t, request{"GET", "/v1/clients?limit=1&count=true", "", editor})
	want := fmt.Sprintf(`{"items":[{"revision":%s,"value":%s,"standing":"active","mode":"groups","dead":0}],"matching":1,"total":1,`+
		`"statuses":[{"status":"invited","clients":0},{"status":"active","clients":1},{"status":"suspended","clients":0},{"status":"expired","clients":0}],`+
		`"modes":[{"mode":"groups","clients":1},{"mode":"projects","clients":0},{"mode":"both","clients":0},{"mode":"none","clients":0}]}`,
		strings.Trim(etag, `"`), acme)
	if diff := cmp.Diff(want, list.body); diff != "" || list.status != 200 {
		t.Error(list.status, diff)
	}

	const print = `{"id":"acme","name":"Acme","email":"a@example.com","status":"active","scope":{"groups":["print"]},"created":"2026-01-02T03:04:05Z","changed":"2026-01-02T03:04:05Z","changed_by":"admin"}`
	replaced := s.send(t, request{"PUT", "/v1/clients/acme?force=true", print, as(policy.RoleAdmin, "If-Match", etag)})
	next := s.wantChange(t, replaced, 200, print)
	if next == etag {
		t.Error("the ETag is still the same")
	}

	deleted := s.send(t, request{"DELETE", "/v1/clients/acme", "", as(policy.RoleAdmin, "If-Match", next)})
	if deleted.status != 200 || deleted.body != `{"clients":[]}` || deleted.header.Get("ETag") != "" {
		t.Error(deleted)
	}

	imported := s.send(t, post("/v1/import?dry_run=true", `{"employees":[],"groups":[],"projects":[]}`, editor))
	const dry = `{"dry_run":true,"employees":{"added":[],"changed":[],"removed":[],"counts":{"added":0,"changed":0,"removed":0}},` +
		`"groups":{"added":[],"changed":[],"removed":["design"],"counts":{"added":0,"changed":0,"removed":1}},` +
		`"projects":{"added":[],"changed":[],"removed":[],"counts":{"added":0,"changed":0,"removed":0}},` +
		`"clients":{"added":[],"changed":[],"removed":[],"counts":{"added":0,"changed":0,"removed":0}},"dead":[],"dead_count":0}`
	if diff := cmp.Diff(dry, imported.body); diff != "" || imported.status != 200 {
		t.Error(imported.status, diff)
	}
}

// wantChange fails the test unless a is an answer with one entity. It returns
// the ETag.
func (s *sidecar) wantChange(t *testing.T, a answer, status int, body string) string {
	t.Helper()
	if diff := cmp.Diff(body, a.body); diff != "" || a.status != status {
		t.Errorf("%d %s", a.status, diff)
	}
	etag := a.header.Get("ETag")
	if token := a.header.Get("Sightline-Revision"); etag != `"`+strings.TrimPrefix(token, "r")+`"` {
		t.Errorf("the ETag is %s, the token %s", etag, token)
	}
	if got := a.header.Get("Content-Type"); got != "application/json" {
		t.Errorf("the media type is %q", got)
	}
	return etag
}

func TestRepeatIsAnsweredByteForByte(t *testing.T) {
	s, _ := startAdmin(t, storetest.Start(t))
	create := post("/v1/groups", `{"name":"Print"}`, as(policy.RoleAdmin, "Idempotency-Key", "k"))
	first, again := s.send(t, create), s.send(t, create)
	if first.status != 201 || again.status != 201 || first.body != again.body || first.header.Get("ETag") != again.header.Get("ETag") {
		t.Errorf("first %d %s, then %d %s", first.status, first.body, again.status, again.body)
	}
}

func TestRepeatOfAKeysCreationDoesNotShowIt(t *testing.T) {
	s, _ := startAdmin(t, storetest.Start(t))
	create := post("/v1/keys", `{"name":"Tracker","role":"app"}`, as(policy.RoleOwner, "Idempotency-Key", "k"))
	first, again := s.send(t, create), s.send(t, create)
	var key map[string]any
	if err := json.Unmarshal([]byte(first.body), &key); err != nil {
		t.Fatal(err)
	}
	want := []string{"created", "expires", "id", "name", "role", "text"}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(key))); diff != "" || first.status != 201 {
		t.Error(first.status, diff)
	}
	without := strings.Replace(first.body, fmt.Sprintf(`,"text":%q`, key["text"]), "", 1)
	if diff := cmp.Diff(without, again.body); diff != "" || again.status != 201 {
		t.Error(again.status, diff)
	}
}
