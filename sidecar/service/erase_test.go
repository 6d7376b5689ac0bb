package service_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/audit"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/password"
	"sightline.example/sidecar/sidecartest"
	"sightline.example/sidecar/store/storetest"
)

// canary is in everything that tells who the client is whom the tests here erase.
const canary = "zephyrine"

// erasing is a sidecar with a client who did all that clients do.
type erasing struct {
	*sidecartest.Sidecar
	cluster *storetest.Cluster
	prefix  string
	id      policy.ClientID
}

func startErasing(t *testing.T) *erasing {
	t.Helper()
	e := &erasing{cluster: storetest.Start(t), prefix: "/erase/"}
	e.Sidecar = sidecartest.Start(t, sidecartest.Options{
		Endpoints: []string{e.cluster.Endpoint()}, Prefix: e.prefix, Passwords: password.AtFloor(),
	})
	invited, err := e.Owner.Invite(t.Context(), api.NewInvitation{
		Email: canary + "@example.com", Name: "Miss " + canary, Note: "Dear " + canary, Link: true,
	}, noTerms)
	if err != nil {
		t.Fatal(err)
	}
	e.id = invited.Value.Value.ID
	v := visit(t, e.Sidecar, nil)
	path, _ := linkPath(t, invited.Value.Link)
	v.get(t, path)
	if status, page := v.post(t, "/portal/setup/password", "name", canary+" Brown", "password", "four quiet herons at dawn"); status != 200 {
		t.Fatalf("%d %s", status, page)
	}
	v.post(t, "/portal/sign-in", "email", canary+"@example.com", "password", "a wrong one")
	e.edit(t)
	return e
}

func (e *erasing) edit(t *testing.T) {
	t.Helper()
	stored, err := e.Owner.Clients().Get(t.Context(), string(e.id))
	if err != nil {
		t.Fatal(err)
	}
	stored.Value.Name = "Mrs " + canary
	if _, err := e.Owner.Clients().Replace(t.Context(), string(e.id), stored.Revision, stored.Value, noTerms); err != nil {
		t.Fatal(err)
	}
}

// telling returns the keys of current values that tell who the client is.
func (e *erasing) telling(t *testing.T) []string {
	t.Helper()
	var keys []string
	for key, value := range e.cluster.Values(t, e.prefix) {
		if tells(value) {
			keys = append(keys, strings.TrimPrefix(key, e.prefix))
		}
	}
	slices.Sort(keys)
	return keys
}

// tells reports whether the canary is in a text, or in what a JSON text has in
// base64.
func tells(text string) bool {
	if strings.Contains(strings.ToLower(text), canary) {
		return true
	}
	var record struct{ Result []byte }
	return json.Unmarshal([]byte(text), &record) == nil && strings.Contains(strings.ToLower(string(record.Result)), canary)
}

func TestNothingIsLeftOfAnErasedClientButTheID(t *testing.T) {
	e := startErasing(t)
	id := string(e.id)
	_, err := e.Owner.Erase(t.Context(), e.id, noTerms)
	if policy.CodeOf(err) != policy.Conflict {
		t.Errorf("a living client: got %v", err)
	}
	if _, err := removeFrom(t.Context(), e.Owner.Clients(), id); err != nil {
		t.Fatal(err)
	}
	// Without this the test would not notice if it looked in the wrong places.
	for _, folder := range []string{"gone/clients/" + id, "idempotency/", "live/sessions/"} {
		if got := e.telling(t); !slices.ContainsFunc(got, func(key string) bool { return strings.HasPrefix(key, folder) }) {
			t.Errorf("before, nothing in %s tells of the client, but %v", folder, got)
		}
	}
	repeated := client.Terms{IdempotencyKey: "erase"}
	for range 2 {
		erased, err := e.Owner.Erase(t.Context(), e.id, repeated)
		if err != nil || erased.Value != (api.DeletedClient{ID: e.id, Erased: true}) {
			t.Fatalf("got %+v, %v", erased, err)
		}
	}
	if got := e.telling(t); len(got) != 0 {
		t.Errorf("these still tell of the client: %v", got)
	}
	left, err := e.Owner.DeletedClients(t.Context(), "", 0)
	if diff := cmp.Diff([]api.DeletedClient{{ID: e.id, Erased: true}}, left.Items); diff != "" || err != nil {
		t.Errorf("deleted clients (-want +got): %v\n%s", err, diff)
	}
	e.expectErasedLog(t)
	e.expectErasedArchive(t)
}

// expectErasedLog wants the log to be whole, and to tell what was done to the
// client, and nothing that tells who it was.
func (e *erasing) expectErasedLog(t *testing.T) {
	t.Helper()
	lines, err := e.Owner.AuditLines(t.Context(), 0, api.MaxPage)
	if err != nil {
		t.Fatal(err)
	}
	found, err := audit.Chain{Head: &lines.Head}.Verify(audit.Lines(bytes.NewReader(lines.Text)))
	if err != nil || found.Records != lines.Head.Seq {
		t.Errorf("%d records of %d hold: %v", found.Records, lines.Head.Seq, err)
	}
	page, err := e.Owner.FindAudit(t.Context(), audit.Query{Kind: "clients", ID: string(e.id)})
	if err != nil {
		t.Fatal(err)
	}
	var actions []string
	for _, r := range page.Items {
		actions = append(actions, r.Action)
		// These have nothing personal in them.
		if !r.Erased && !slices.Contains([]string{"mail_sent", "fail_sign_in", "erase"}, r.Action) {
			t.Errorf("record %d, %s, is not erased", r.Seq, r.Action)
		}
	}
	for _, want := range []string{"invite", "accept", "replace", "delete", "erase"} {
		if !slices.Contains(actions, want) {
			t.Errorf("no record says %s: %v", want, actions)
		}
	}
	text, err := json.Marshal(page)
	if err != nil || tells(string(text)) {
		t.Errorf("the log tells of the client: %s (%v)", text, err)
	}
	if again, err := e.Owner.FindAudit(t.Context(), audit.Query{Text: canary}); err != nil || len(again.Items) != 0 {
		t.Errorf("found by name: %+v, %v", again.Items, err)
	}
}

// expectErasedArchive wants files of the log to be as silent.
func (e *erasing) expectErasedArchive(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	tail, err := e.cluster.Open(t, e.prefix).ArchiveAudit(t.Context(), dir, 1)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, tail.File))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Count(text, []byte("\n")) < 5 || tells(string(text)) {
		t.Errorf("the archive tells of the client, or nothing:\n%s", text)
	}
}

func TestARepeatDoesNotBringBackWhoWasErased(t *testing.T) {
	e := startErasing(t)
	wanted := api.NewInvitation{Email: canary + "2@example.com"}
	terms := client.Terms{IdempotencyKey: "invite"}
	invited, err := e.Owner.Invite(t.Context(), wanted, terms)
	if err != nil {
		t.Fatal(err)
	}
	id := invited.Value.Value.ID
	if _, err := removeFrom(t.Context(), e.Owner.Clients(), string(id)); err != nil {
		t.Fatal(err)
	}
	if again, err := e.Owner.Invite(t.Context(), wanted, terms); err != nil || again.Value.Value.ID != id {
		t.Fatalf("before, a repeat gets %+v, %v", again, err)
	}
	if _, err := e.Owner.Erase(t.Context(), id, noTerms); err != nil {
		t.Fatal(err)
	}
	again, err := e.Owner.Invite(t.Context(), wanted, terms)
	if policy.CodeOf(err) != policy.Conflict {
		t.Errorf("afterwards, it gets %+v, %v", again, err)
	}
	// Others are left as they are.
	if _, err := e.Owner.Clients().Get(t.Context(), string(e.id)); err != nil {
		t.Error(err)
	}
	if page, err := e.Owner.FindAudit(t.Context(), audit.Query{Text: "mrs " + canary}); err != nil || len(page.Items) == 0 {
		t.Errorf("the log tells %d times of another client (%v)", len(page.Items), err)
	}
}
