package admin_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/audit"
)

func TestEntityLives(t *testing.T) {
	h := start(t)
	groups := h.Groups()

	made, err := groups.Create(t.Context(), ann, admin.Terms{}, group("design"))
	if err != nil {
		t.Fatal(err)
	}
	want := api.Versioned[policy.Group]{Revision: made.Revision, Value: policy.Group{ID: "design", Name: "Group design"}}
	got, err := groups.Get(t.Context(), auditor, "design")
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Fatal(diff, err)
	}

	next, err := groups.Replace(t.Context(), ann, admin.Terms{Revision: made.Revision}, "design", policy.Group{Name: "Print"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(policy.Group{ID: "design", Name: "Print"}, next.Value); diff != "" {
		t.Error(diff)
	}
	if next.Revision <= made.Revision {
		t.Errorf("revision %d after %d", next.Revision, made.Revision)
	}

	if _, err := groups.Delete(t.Context(), ann, admin.Terms{Revision: next.Revision}, "design"); err != nil {
		t.Fatal(err)
	}
	_, err = groups.Get(t.Context(), ann, "design")
	wantCode(t, err, policy.NotFound)
	_, err = groups.Create(t.Context(), ann, admin.Terms{}, group("design"))
	wantCode(t, err, policy.Exists)
}

func TestEntityWithoutIDGetsOne(t *testing.T) {
	h := start(t)
	made, err := h.Groups().Create(t.Context(), ann, admin.Terms{}, policy.Group{Name: "Design"})
	if err != nil {
		t.Fatal(err)
	}
	id, err := uuid.Parse(string(made.Value.ID))
	if err != nil || id.Version() != 7 {
		t.Errorf("the id is %q, want a UUID version 7 (%v)", made.Value.ID, err)
	}
	if _, err := h.Groups().Get(t.Context(), ann, string(made.Value.ID)); err != nil {
		t.Error(err)
	}
}

func TestTakenIDIsRefused(t *testing.T) {
	h := start(t)
	add(t, h, h.Groups(), group("design"))
	_, err := h.Groups().Create(t.Context(), ann, admin.Terms{}, group("design"))
	wantCode(t, err, policy.Exists)
}

func TestListIsPaged(t *testing.T) {
	h := start(t)
	revisions := map[policy.GroupID]int64{}
	for _, id := range []policy.GroupID{"c", "a", "b"} {
		revisions[id] = add(t, h, h.Groups(), group(id))
	}
	first, err := h.Groups().List(t.Context(), auditor, "", 2)
	if err != nil {
		t.Fatal(err)
	}
	want := api.Page[policy.Group]{Next: "b", Items: []api.Versioned[policy.Group]{
		{Revision: revisions["a"], Value: group("a")},
		{Revision: revisions["b"], Value: group("b")},
	}}
	if diff := cmp.Diff(want, first); diff != "" {
		t.Error(diff)
	}
	second, err := h.Groups().List(t.Context(), auditor, first.Next, 2)
	want = api.Page[policy.Group]{Items: []api.Versioned[policy.Group]{{Revision: revisions["c"], Value: group("c")}}}
	if diff := cmp.Diff(want, second); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestPageHasLimits(t *testing.T) {
	h := start(t)
	for _, limit := range []int{-1, 0, 1_001} {
		_, err := h.Groups().List(t.Context(), auditor, "", limit)
		wantCode(t, err, policy.Invalid)
		_, err = h.ListKeys(t.Context(), owner, "", limit)
		wantCode(t, err, policy.Invalid)
		_, err = h.Audit(t.Context(), auditor, audit.Query{Limit: limit})
		wantCode(t, err, policy.Invalid)
	}
	_, err := h.Groups().List(t.Context(), auditor, "../keys", 10)
	wantCode(t, err, policy.Invalid)
}

func TestIDsAreCheckedBeforeTheyBecomePaths(t *testing.T) {
	h := start(t)
	for _, id := range []string{"", "..", "a/b", "a b", "\x00"} {
		_, err := h.Groups().Get(t.Context(), ann, id)
		wantCode(t, err, policy.Invalid)
		_, err = h.Groups().Delete(t.Context(), ann, admin.Terms{Revision: 5}, id)
		wantCode(t, err, policy.Invalid)
		_, err = h.DeleteKey(t.Context(), owner, admin.Terms{Revision: 5}, id)
		wantCode(t, err, policy.Invalid)
	}
}

func TestReplaceNeedsTheSameID(t *testing.T) {
	h := start(t)
	revision := add(t, h, h.Groups(), group("design"))
	_, err := h.Groups().Replace(t.Context(), ann, admin.Terms{Revision: revision}, "design", group("print"))
	wantCode(t, err, policy.Invalid)
}

func TestChangeOfAVersionNeedsThatVersion(t *testing.T) {
	h := start(t)
	old := add(t, h, h.Groups(), group("design"))
	next, err := h.Groups().Replace(t.Context(), ann, admin.Terms{Revision: old}, "design", group("design"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		id       string
		revision int64
		want     policy.Code
	}{
		{"design", 0, policy.Unconditional},
		{"design", old, policy.Stale},
		{"design", next.Revision + 1, policy.Stale},
		{"print", old, policy.NotFound},
	} {
		t.Run(fmt.Sprint(c.id, c.want), func(t *testing.T) {
			terms := admin.Terms{Revision: c.revision}
			_, err := h.Groups().Replace(t.Context(), ann, terms, c.id, group(policy.GroupID(c.id)))
			wantCode(t, err, c.want)
			_, err = h.Groups().Delete(t.Context(), ann, terms, c.id)
			wantCode(t, err, c.want)
		})
	}
	if got := h.records(t); got != 2 {
		t.Errorf("there are %d audit records, want 2", got)
	}
}

func TestInvalidEntityIsRefused(t *testing.T) {
	h := start(t)
	_, err := h.Groups().Create(t.Context(), ann, admin.Terms{}, policy.Group{ID: "design"})
	wantCode(t, err, policy.Invalid)
	revision := add(t, h, h.Groups(), group("design"))
	_, err = h.Groups().Replace(t.Context(), ann, admin.Terms{Revision: revision}, "design", policy.Group{})
	wantCode(t, err, policy.Invalid)
}

func TestInvalidReferenceIsNotLookedUp(t *testing.T) {
	h := start(t)
	revision := add(t, h, h.Clients(), client("acme", policy.Scope{}))
	bad := client("acme", policy.Scope{Groups: []policy.GroupID{"../keys/k"}})
	want := policy.FieldErrorf("scope.groups[0]", "has a character that is not a letter, a digit or one of -._~@:+ at position 3")
	_, err := h.Clients().Create(t.Context(), ann, admin.Terms{}, bad)
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Error(diff)
	}
	_, err = h.Clients().Replace(t.Context(), ann, admin.Terms{Revision: revision}, "acme", bad)
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Error(diff)
	}
}

func TestUnreadableEntityCanBeReplacedAndDeleted(t *testing.T) {
	h := start(t)
	for _, id := range []policy.ClientID{"acme", "globex"} {
		add(t, h, h.Clients(), client(id, policy.Scope{}))
	}
	page, err := h.Clients().List(t.Context(), ann, "", 10)
	if err != nil || len(page.Items) != 2 {
		t.Fatal(page, err)
	}
	acme := h.spoil(t, "live/g/1/clients/acme")
	globex := h.spoil(t, "live/g/1/clients/globex")

	_, err = h.Clients().Get(t.Context(), ann, "acme")
	want := policy.Errorf(policy.Conflict, `the stored value can't be read; it can be replaced or deleted with If-Match: "%d"`, acme)
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Error(diff)
	}
	page, err = h.Clients().List(t.Context(), ann, "", 10)
	if diff := cmp.Diff([]string{"acme", "globex"}, page.Unreadable); diff != "" || err != nil {
		t.Error(diff, err)
	}
	_, err = h.Clients().Replace(t.Context(), ann, admin.Terms{Revision: acme - 1}, "acme", client("acme", policy.Scope{}))
	wantCode(t, err, policy.Stale)
	_, err = h.Clients().Replace(t.Context(), ann, admin.Terms{Revision: acme}, "acme", client("acme", policy.Scope{}))
	if err != nil {
		t.Error(err)
	}
	if _, err := h.Clients().Delete(t.Context(), ann, admin.Terms{Revision: globex}, "globex"); err != nil {
		t.Error(err)
	}
}

// spoil puts rubbish in the place of a stored value and returns its revision.
func (h *house) spoil(t *testing.T, key string) int64 {
	t.Helper()
	c := cluster.Client(t)
	defer c.Close()
	done, err := c.Put(context.WithoutCancel(t.Context()), h.prefix+key, "rubbish")
	if err != nil {
		t.Fatal(err)
	}
	return done.Header.Revision
}
