package admin_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
)

func TestKeyLetsInUntilItIsDeleted(t *testing.T) {
	h := start(t)
	made, err := h.CreateKey(t.Context(), owner, admin.Terms{}, api.NewKey{Name: "Tracker", Role: policy.RoleApp})
	if err != nil {
		t.Fatal(err)
	}
	h.reach(t, made.Revision)
	view, _ := h.engine.View()
	key, ok := view.Data().Key(policy.DigestOf(made.Value.Text))
	if !ok || key.ID != made.Value.ID {
		t.Fatalf("the text gives the key %v", key)
	}

	page, err := h.ListKeys(t.Context(), auditor, "", 10)
	want := api.Page[api.Key]{Items: []api.Versioned[api.Key]{{Revision: made.Revision, Value: api.Key{
		ID: made.Value.ID, Name: "Tracker", Role: policy.RoleApp, Created: today, Expires: today.AddDate(1, 0, 0),
	}}}}
	if diff := cmp.Diff(want, page); diff != "" || err != nil {
		t.Error(diff, err)
	}

	gone, err := h.DeleteKey(t.Context(), owner, admin.Terms{Revision: made.Revision}, string(made.Value.ID))
	if err != nil {
		t.Fatal(err)
	}
	h.reach(t, gone.Revision)
	view, _ = h.engine.View()
	if _, ok := view.Data().Key(policy.DigestOf(made.Value.Text)); ok {
		t.Error("the deleted key still lets in")
	}
}

func TestKeyLives(t *testing.T) {
	h := start(t)
	at := func(days int) *time.Time {
		expires := today.Add(time.Duration(days) * 24 * time.Hour)
		return &expires
	}
	for _, c := range []struct {
		name   string
		wanted api.NewKey
		days   int // 0: refused
	}{
		{"app by default", api.NewKey{Name: "k", Role: policy.RoleApp}, 365},
		{"auditor by default", api.NewKey{Name: "k", Role: policy.RoleAuditor}, 90},
		{"admin by default", api.NewKey{Name: "k", Role: policy.RoleAdmin}, 90},
		{"owner by default", api.NewKey{Name: "k", Role: policy.RoleOwner}, 90},
		{"as asked", api.NewKey{Name: "k", Role: policy.RoleOwner, Expires: at(365)}, 365},
		{"too long", api.NewKey{Name: "k", Role: policy.RoleOwner, Expires: at(366)}, 0},
		{"not at all", api.NewKey{Name: "k", Role: policy.RoleOwner, Expires: at(0)}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			made, err := h.CreateKey(t.Context(), owner, admin.Terms{}, c.wanted)
			if c.days == 0 {
				wantCode(t, err, policy.Invalid)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := made.Value.Expires; !got.Equal(*at(c.days)) {
				t.Errorf("it expires %s, want %s", got, at(c.days))
			}
		})
	}
}

func TestKeyIsMadeForARole(t *testing.T) {
	h := start(t)
	for _, wanted := range []api.NewKey{
		{Name: "k", Role: policy.RoleBootstrap},
		{Name: "k", Role: "emperor"},
		{Name: "k"},
		{Role: policy.RoleApp},
	} {
		_, err := h.CreateKey(t.Context(), owner, admin.Terms{}, wanted)
		wantCode(t, err, policy.Invalid)
	}
}

func TestDeletionOfAKeyNeedsItsVersion(t *testing.T) {
	h := start(t)
	made, err := h.CreateKey(t.Context(), owner, admin.Terms{}, api.NewKey{Name: "k", Role: policy.RoleApp})
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.DeleteKey(t.Context(), owner, admin.Terms{}, string(made.Value.ID))
	wantCode(t, err, policy.Unconditional)
	_, err = h.DeleteKey(t.Context(), owner, admin.Terms{Revision: made.Revision - 1}, string(made.Value.ID))
	wantCode(t, err, policy.Stale)
	_, err = h.DeleteKey(t.Context(), owner, admin.Terms{Revision: made.Revision}, "none")
	wantCode(t, err, policy.NotFound)
}

func TestRepeatOfAKeysCreationHasNoText(t *testing.T) {
	h := start(t)
	wanted := api.NewKey{Name: "Tracker", Role: policy.RoleApp}
	first, err := h.CreateKey(t.Context(), owner, once("k", "f"), wanted)
	if err != nil || first.Value.Text == "" {
		t.Fatalf("the text is %q (%v)", first.Value.Text, err)
	}
	again, err := h.CreateKey(t.Context(), owner, once("k", "f"), wanted)
	first.Value.Text = ""
	if diff := cmp.Diff(first, again); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestParallelRepeatsOfAKeysCreationShowOneText(t *testing.T) {
	h := start(t)
	texts := make(chan string, 20)
	var all sync.WaitGroup
	for range cap(texts) {
		all.Go(func() {
			made, err := h.CreateKey(t.Context(), owner, once("k", "f"), api.NewKey{Name: "k", Role: policy.RoleApp})
			if err != nil {
				t.Error(err)
			}
			texts <- made.Value.Text
		})
	}
	all.Wait()
	close(texts)
	shown := 0
	for text := range texts {
		if text != "" {
			shown++
		}
	}
	if shown != 1 {
		t.Errorf("%d answers have a text, want 1", shown)
	}
}

func TestTextOfAKeyIsNowhere(t *testing.T) {
	h := start(t)
	made, err := h.CreateKey(t.Context(), owner, once("k", "f"), api.NewKey{Name: "k", Role: policy.RoleApp})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.DeleteKey(t.Context(), owner, admin.Terms{Revision: made.Revision}, string(made.Value.ID)); err != nil {
		t.Fatal(err)
	}
	dump := h.dump(t)
	if !strings.Contains(dump, string(made.Value.ID)) {
		t.Fatal("the dump does not have what it is to be searched for")
	}
	for name, text := range map[string]string{"store": dump, "log": h.log.String()} {
		if strings.Contains(text, made.Value.Text) {
			t.Errorf("the %s has the text of a key", name)
		}
	}
	if digest := string(policy.DigestOf(made.Value.Text)); strings.Contains(h.auditText(t), digest) {
		t.Error("the audit log has the digest of a key")
	}
}

// dump returns everything that was ever written to the store.
func (h *house) dump(t *testing.T) string {
	t.Helper()
	c := cluster.Client(t)
	defer c.Close()
	var text strings.Builder
	watch := c.Watch(context.WithoutCancel(t.Context()), h.prefix, clientv3.WithPrefix(), clientv3.WithRev(1), clientv3.WithProgressNotify())
	if err := c.RequestProgress(t.Context()); err != nil {
		t.Fatal(err)
	}
	last, err := c.Get(t.Context(), h.prefix)
	if err != nil {
		t.Fatal(err)
	}
	for answer := range watch {
		for _, event := range answer.Events {
			text.Write(event.Kv.Key)
			text.Write(event.Kv.Value)
		}
		if len(answer.Events) == 0 || answer.Events[len(answer.Events)-1].Kv.ModRevision >= last.Header.Revision {
			return text.String()
		}
	}
	t.Fatal("the watch ended")
	return ""
}

func (h *house) auditText(t *testing.T) string {
	t.Helper()
	page, err := h.store.AuditRecords(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, r := range page.Items {
		text.Write(r.Before)
		text.Write(r.After)
		text.WriteString(r.Detail)
	}
	return text.String()
}

func TestPermissionsOfAKey(t *testing.T) {
	h := start(t)
	wanted := api.NewKey{Name: "Importer", Role: policy.RoleAdmin, Permissions: []policy.Permission{"directory:read", "directory:write"}}
	made, err := h.CreateKey(t.Context(), owner, admin.Terms{}, wanted)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wanted.Permissions, made.Value.Permissions); diff != "" {
		t.Errorf("the answer: %s", diff)
	}
	h.reach(t, made.Revision)
	view, _ := h.engine.View()
	importer, ok := view.Data().Caller(made.Value.Text, today)
	if !ok {
		t.Fatal("the key lets nobody in")
	}
	if _, err := h.Groups().Create(t.Context(), importer, admin.Terms{}, group("design")); err != nil {
		t.Error(err)
	}
	_, err = h.Clients().List(t.Context(), importer, "", 1)
	wantCode(t, err, policy.Forbidden)
	doc := api.Document{Directory: policy.Directory{Employees: []policy.Employee{}, Groups: []policy.Group{group("design")}, Projects: []policy.Project{}}}
	_, err = h.Import(t.Context(), importer, admin.Terms{}, doc, true)
	wantCode(t, err, "")
	doc.Clients = []policy.Client{client("acme", policy.Scope{Groups: []policy.GroupID{"design"}})}
	_, err = h.Import(t.Context(), importer, admin.Terms{}, doc, true)
	wantCode(t, err, policy.Forbidden)
	got, err := h.Permissions(t.Context(), importer)
	if diff := cmp.Diff(wanted.Permissions, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	wanted.Permissions = []policy.Permission{"everything"}
	_, err = h.CreateKey(t.Context(), owner, admin.Terms{}, wanted)
	wantCode(t, err, policy.Invalid)
}

func TestKeyMakesNoKeyThatMayMore(t *testing.T) {
	h := start(t)
	limited := owner
	limited.Permissions = []policy.Permission{"team:write", "clients:read"}
	for _, c := range []struct {
		permissions []policy.Permission
		want        policy.Code
	}{
		{[]policy.Permission{"clients:read"}, ""},
		{[]policy.Permission{"team:write", "clients:read"}, ""},
		{[]policy.Permission{"clients:read", "clients:write"}, policy.Forbidden},
		{nil, policy.Forbidden},
	} {
		_, err := h.CreateKey(t.Context(), limited, admin.Terms{}, api.NewKey{Name: "k", Role: policy.RoleOwner, Permissions: c.permissions})
		wantCode(t, err, c.want)
	}
}

func TestPermissionsOfTheRoles(t *testing.T) {
	h := start(t)
	for role, want := range map[policy.Role][]policy.Permission{
		policy.RoleOwner:   policy.Permissions(),
		policy.RoleAdmin:   {"clients:read", "clients:write", "directory:read", "directory:write", "team:read", "audit:read", "decisions:read"},
		policy.RoleAuditor: {"clients:read", "directory:read", "team:read", "audit:read", "decisions:read"},
		policy.RoleApp:     {},
	} {
		got, err := h.Permissions(t.Context(), caller(role))
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Error(role, diff, err)
		}
	}
}
