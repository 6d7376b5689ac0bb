package admin_test

import (
	"context"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/audit"
)

// operation is something an Admin does, with the roles that may do it.
type operation struct {
	by []policy.Role
	do func(context.Context, policy.Caller) error
}

var (
	owners  = []policy.Role{policy.RoleOwner}
	editors = []policy.Role{policy.RoleOwner, policy.RoleAdmin}
	readers = []policy.Role{policy.RoleOwner, policy.RoleAdmin, policy.RoleAuditor}
)

// operations are all that an Admin does, each on what is not there or not valid.
func operations(h *house) map[string]operation {
	all := map[string]operation{
		"list keys": {[]policy.Role{policy.RoleOwner, policy.RoleAuditor}, func(ctx context.Context, k policy.Caller) error {
			_, err := h.ListKeys(ctx, k, "", 1)
			return err
		}},
		"create key": {owners, func(ctx context.Context, k policy.Caller) error {
			_, err := h.CreateKey(ctx, k, admin.Terms{}, api.NewKey{Role: policy.RoleApp})
			return err
		}},
		"create owner's key": {owners, func(ctx context.Context, k policy.Caller) error {
			_, err := h.CreateKey(ctx, k, admin.Terms{}, api.NewKey{Role: policy.RoleOwner})
			return err
		}},
		"delete key": {owners, func(ctx context.Context, k policy.Caller) error {
			_, err := h.DeleteKey(ctx, k, admin.Terms{}, "none")
			return err
		}},
		"audit": {readers, func(ctx context.Context, k policy.Caller) error {
			_, err := h.Audit(ctx, k, audit.Query{Limit: 1})
			return err
		}},
		"audit lines": {readers, func(ctx context.Context, k policy.Caller) error {
			_, err := h.AuditLines(ctx, k, 0, 1)
			return err
		}},
		"erase client": {editors, func(ctx context.Context, k policy.Caller) error {
			_, err := h.Erase(ctx, k, admin.Terms{}, "none")
			return err
		}},
		"suspend client": {editors, func(ctx context.Context, k policy.Caller) error {
			_, err := h.Suspend(ctx, k, admin.Terms{}, "none")
			return err
		}},
		"resume client": {editors, func(ctx context.Context, k policy.Caller) error {
			_, err := h.Resume(ctx, k, admin.Terms{}, "none")
			return err
		}},
		"list deleted clients": {readers, func(ctx context.Context, k policy.Caller) error {
			_, err := h.DeletedClients(ctx, k, "", 1)
			return err
		}},
		"import": {editors, func(ctx context.Context, k policy.Caller) error {
			_, err := h.Import(ctx, k, admin.Terms{}, api.Document{}, false)
			return err
		}},
		"try import": {editors, func(ctx context.Context, k policy.Caller) error {
			_, err := h.Import(ctx, k, admin.Terms{}, api.Document{}, true)
			return err
		}},
	}
	addAll(all, "client", h.Clients())
	addAll(all, "employee", h.Employees())
	addAll(all, "group", h.Groups())
	addAll(all, "project", h.Projects())
	return all
}

func addAll[T any](all map[string]operation, name string, c admin.Collection[T]) {
	var invalid T
	all["get "+name] = operation{readers, func(ctx context.Context, k policy.Caller) error {
		_, err := c.Get(ctx, k, "none")
		return err
	}}
	all["list "+name] = operation{readers, func(ctx context.Context, k policy.Caller) error {
		_, err := c.List(ctx, k, "", 1)
		return err
	}}
	all["create "+name] = operation{editors, func(ctx context.Context, k policy.Caller) error {
		_, err := c.Create(ctx, k, admin.Terms{}, invalid)
		return err
	}}
	all["replace "+name] = operation{editors, func(ctx context.Context, k policy.Caller) error {
		_, err := c.Replace(ctx, k, admin.Terms{}, "none", invalid)
		return err
	}}
	all["delete "+name] = operation{editors, func(ctx context.Context, k policy.Caller) error {
		_, err := c.Delete(ctx, k, admin.Terms{}, "none")
		return err
	}}
}

func TestRulesComeBeforeEverythingElse(t *testing.T) {
	h := start(t)
	roles := []policy.Role{policy.RoleOwner, policy.RoleAdmin, policy.RoleAuditor, policy.RoleApp, policy.RoleBootstrap, ""}
	for name, op := range operations(h) {
		for _, role := range roles {
			err := op.do(t.Context(), caller(role))
			if slices.Contains(op.by, role) {
				if policy.CodeOf(err) == policy.Forbidden {
					t.Errorf("%s by %s: %v", name, role, err)
				}
				continue
			}
			want := policy.Errorf(policy.Forbidden, "The role does not allow it.")
			if diff := cmp.Diff(error(want), err); diff != "" {
				t.Errorf("%s by %q: %s", name, role, diff)
			}
		}
	}
	if got := h.records(t); got != 0 {
		t.Errorf("there are %d audit records, want none", got)
	}
}

func TestRefusalIsLogged(t *testing.T) {
	h := start(t)
	_, err := h.Groups().Create(t.Context(), app, admin.Terms{}, group("design"))
	wantCode(t, err, policy.Forbidden)
	for _, want := range []string{"level=WARN", "msg=refused", "type=key", "id=app", "role=app", "action=create", "kind=groups", "reason=role_forbids"} {
		if !strings.Contains(h.log.String(), want) {
			t.Errorf("the log has no %s: %s", want, h.log)
		}
	}
}

func TestNothingIsPermittedWithoutASnapshot(t *testing.T) {
	h := closed(t)
	for name, op := range operations(h) {
		if code := policy.CodeOf(op.do(t.Context(), owner)); code != policy.Unavailable {
			t.Errorf("%s: code %q, want unavailable", name, code)
		}
	}
}

func TestRulesThatTakeTooLongPermitNothing(t *testing.T) {
	h := start(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := h.Groups().Create(ctx, owner, admin.Terms{}, group("design"))
	want := policy.Errorf(policy.Unavailable, "the decision whether you may do this took too long")
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Error(diff)
	}
}

func TestFaultyRulesPermitNothing(t *testing.T) {
	const ambiguous = `
# METADATA
# entrypoint: true
decision := {"allow": true, "reason": "one"} if input.subject.id

decision := {"allow": false, "reason": "two"} if input.subject.id
`
	h := closed(t)
	h.ruledBy(t, fstest.MapFS{
		"schema/input.jsonschema": {Data: []byte(`{"type": "object"}`)},
		"sightline.rego":          {Data: []byte("package sightline\n" + ambiguous)},
		"admin.rego":              {Data: []byte("package sightline.admin\n" + ambiguous)},
	})
	_, err := h.Groups().Get(t.Context(), owner, "design")
	wantCode(t, err, policy.Internal)
}

// ruledBy puts an engine with other rules in the place of the usual one.
func (h *house) ruledBy(t *testing.T, bundle fs.FS) {
	t.Helper()
	e, err := engine.New(t.Context(), bundle, engine.Config{})
	if err != nil {
		t.Fatal(err)
	}
	e.Swap(new(policy.Data))
	h.Admin = admin.New(admin.Config{Store: h.store, Engine: e, Log: slog.New(slog.DiscardHandler)})
}
