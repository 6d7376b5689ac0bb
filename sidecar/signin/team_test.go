package signin_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/store"
)

func (h *house) revision(t *testing.T, id string) int64 {
	t.Helper()
	a, err := h.store.Admins().Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return a.Revision
}

func (h *house) at(t *testing.T, id string) admin.Terms {
	t.Helper()
	return admin.Terms{Revision: h.revision(t, id)}
}

func TestOwnerEditsAdmins(t *testing.T) {
	h, owner := owned(t)
	before := h.addAdmin(t, "adam", policy.RoleAuditor, policy.Active, "")
	h.clock.pass(time.Hour)
	done, err := h.EditAdmin(t.Context(), owner, h.at(t, "adam"), "adam", api.AdminEdit{Name: "Adam Ant", Role: policy.RoleAdmin})
	if err != nil {
		t.Fatal(err)
	}
	want := before
	want.Name, want.Role = "Adam Ant", policy.RoleAdmin
	want.Changed, want.ChangedBy = today.Add(time.Hour), "Olive Owner"
	if diff := cmp.Diff(want, done.Value); diff != "" {
		t.Error(diff)
	}
	got, err := h.AdminByID(t.Context(), owner, "adam")
	if diff := cmp.Diff(api.Versioned[policy.Admin]{Revision: done.Revision, Value: want}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	page, err := h.Admins(t.Context(), owner, "", 10)
	if err != nil || len(page.Items) != 2 {
		t.Errorf("the list is %+v (%v)", page, err)
	}
}

func TestSuspendedAdminIsOutForGood(t *testing.T) {
	h, owner := owned(t)
	a := h.addAdmin(t, "adam", policy.RoleAdmin, policy.Active, otters)
	_, text := h.mustSignIn(t, try(a.Email, otters))
	edit := func(status policy.Status) {
		t.Helper()
		_, err := h.EditAdmin(t.Context(), owner, h.at(t, "adam"), "adam", api.AdminEdit{Name: a.Name, Role: a.Role, Status: status})
		if err != nil {
			t.Fatal(err)
		}
	}
	edit(policy.Suspended)
	if h.letsIn(t, text) {
		t.Error("the session of a suspended admin lets in")
	}
	h.fail(t, try(a.Email, otters))
	edit(policy.Active)
	if h.letsIn(t, text) {
		t.Error("the session is back after resuming")
	}
	h.mustSignIn(t, try(a.Email, otters))
}

func TestAKeyWithPermissionsGivesNobodyAnotherRole(t *testing.T) {
	h, _ := owned(t)
	h.addAdmin(t, "adam", policy.RoleAuditor, policy.Active, "")
	key := policy.Caller{Type: policy.SubjectKey, ID: "k", Name: "K", Role: policy.RoleOwner, Permissions: []policy.Permission{"team:write"}}
	for _, c := range []struct {
		edit api.AdminEdit
		want policy.Code
	}{
		{api.AdminEdit{Name: "Adam", Role: policy.RoleOwner}, policy.Forbidden},
		{api.AdminEdit{Name: "Adam A.", Role: policy.RoleAuditor}, ""},
		{api.AdminEdit{Name: "Adam A.", Role: policy.RoleAuditor, Status: policy.Suspended}, ""},
		{api.AdminEdit{Name: "Adam A.", Role: policy.RoleAuditor, Status: policy.Active}, policy.Forbidden},
	} {
		_, err := h.EditAdmin(t.Context(), key, h.at(t, "adam"), "adam", c.edit)
		wantCode(t, err, c.want)
	}
}

func TestInvitationDecidesOverTheStatusOfTheInvited(t *testing.T) {
	h, owner := owned(t)
	h.addAdmin(t, "ida", policy.RoleAdmin, policy.Invited, "")
	h.addAdmin(t, "adam", policy.RoleAdmin, policy.Active, "")
	for id, status := range map[string]policy.Status{"ida": policy.Active, "adam": policy.Invited} {
		_, err := h.EditAdmin(t.Context(), owner, h.at(t, id), id, api.AdminEdit{Name: "N", Role: policy.RoleOwner, Status: status})
		wantCode(t, err, policy.Invalid)
	}
	if _, err := h.EditAdmin(t.Context(), owner, h.at(t, "ida"), "ida", api.AdminEdit{Name: "N", Role: policy.RoleOwner}); err != nil {
		t.Error(err)
	}
}

func TestDeletedAdminLeavesNothingThatLetsIn(t *testing.T) {
	h, owner := owned(t)
	a := h.addAdmin(t, "adam", policy.RoleAdmin, policy.Active, otters)
	_, text := h.mustSignIn(t, try(a.Email, otters))
	if _, err := h.DeleteAdmin(t.Context(), owner, h.at(t, "adam"), "adam"); err != nil {
		t.Fatal(err)
	}
	if h.letsIn(t, text) {
		t.Error("the session lets in")
	}
	h.fail(t, try(a.Email, otters))
	_, err := h.store.Secrets(policy.SubjectAdmin).Get(t.Context(), "adam")
	wantCode(t, err, policy.NotFound)
	_, err = h.DeleteAdmin(t.Context(), owner, admin.Terms{Revision: 1}, "adam")
	wantCode(t, err, policy.NotFound)
	_, err = h.store.Addresses(policy.SubjectAdmin).Get(t.Context(), string(store.AddressOf(a.Email, "").ID))
	wantCode(t, err, policy.NotFound)
}

func TestLastActiveOwnerStays(t *testing.T) {
	h, owner := owned(t)
	h.addAdmin(t, "adam", policy.RoleAdmin, policy.Active, "")
	h.addAdmin(t, "ida", policy.RoleOwner, policy.Invited, "")
	h.addAdmin(t, "sol", policy.RoleOwner, policy.Suspended, "")
	for name, do := range leavings(h, owner, owner.ID) {
		if err := do(t.Context()); policy.CodeOf(err) != policy.Conflict {
			t.Errorf("%s gives %v", name, err)
		}
	}
	_, err := h.EditAdmin(t.Context(), owner, h.at(t, owner.ID), owner.ID, api.AdminEdit{Name: "Olive O.", Role: policy.RoleOwner, Status: policy.Active})
	if err != nil {
		t.Errorf("another name gives %v", err)
	}
	h.addAdmin(t, "otto", policy.RoleOwner, policy.Active, "")
	if _, err := h.DeleteAdmin(t.Context(), owner, h.at(t, owner.ID), owner.ID); err != nil {
		t.Errorf("with another owner: %v", err)
	}
}

// leavings are the ways for an owner to be none any more.
func leavings(h *house, by policy.Caller, id string) map[string]func(context.Context) error {
	edit := func(wanted api.AdminEdit) func(context.Context) error {
		return func(ctx context.Context) error {
			a, err := h.store.Admins().Get(ctx, id)
			if err != nil {
				return err
			}
			_, err = h.EditAdmin(ctx, by, admin.Terms{Revision: a.Revision}, id, wanted)
			return err
		}
	}
	return map[string]func(context.Context) error{
		"suspending": edit(api.AdminEdit{Name: "N", Role: policy.RoleOwner, Status: policy.Suspended}),
		"demoting":   edit(api.AdminEdit{Name: "N", Role: policy.RoleAdmin}),
		"deleting": func(ctx context.Context) error {
			a, err := h.store.Admins().Get(ctx, id)
			if err != nil {
				return err
			}
			_, err = h.DeleteAdmin(ctx, by, admin.Terms{Revision: a.Revision}, id)
			return err
		},
	}
}

func TestOwnersWhoRemoveEachOtherAtOnceLeaveOne(t *testing.T) {
	h, owner := owned(t)
	for round := range 20 {
		id := "otto" + string(rune('a'+round))
		h.addAdmin(t, policy.AdminID(id), policy.RoleOwner, policy.Active, "")
		otto := policy.Caller{Type: policy.SubjectAdmin, ID: id, Name: "Otto", Role: policy.RoleOwner}
		outcomes := make([]error, 2)
		var all sync.WaitGroup
		all.Go(func() { outcomes[0] = leavings(h, owner, id)["suspending"](context.WithoutCancel(t.Context())) })
		all.Go(func() { outcomes[1] = leavings(h, otto, owner.ID)["suspending"](context.WithoutCancel(t.Context())) })
		all.Wait()
		h.reachAll(t)
		active := 0
		for _, a := range h.data(t).Admins() {
			if a.Role == policy.RoleOwner && a.Status == policy.Active {
				active++
			}
		}
		if active != 1 {
			t.Fatalf("round %d: %d owners are left: %v", round, active, outcomes)
		}
		if outcomes[0] != nil { // Olive is out: take her back for the next round
			wantCode(t, outcomes[0], policy.Conflict)
			h.resume(t, otto, owner.ID)
			if err := leavings(h, owner, id)["suspending"](t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func (h *house) resume(t *testing.T, by policy.Caller, id string) {
	t.Helper()
	_, err := h.EditAdmin(t.Context(), by, h.at(t, id), id, api.AdminEdit{Name: "Olive Owner", Role: policy.RoleOwner, Status: policy.Active})
	if err != nil {
		t.Fatal(err)
	}
}

func TestChangeOfAnAdminNeedsItsVersion(t *testing.T) {
	h, owner := owned(t)
	h.addAdmin(t, "adam", policy.RoleAdmin, policy.Active, "")
	edit := api.AdminEdit{Name: "N", Role: policy.RoleAdmin}
	_, err := h.EditAdmin(t.Context(), owner, admin.Terms{}, "adam", edit)
	wantCode(t, err, policy.Unconditional)
	_, err = h.EditAdmin(t.Context(), owner, admin.Terms{Revision: h.revision(t, "adam") - 1}, "adam", edit)
	wantCode(t, err, policy.Stale)
	_, err = h.DeleteAdmin(t.Context(), owner, admin.Terms{}, "adam")
	wantCode(t, err, policy.Unconditional)
	_, err = h.DeleteAdmin(t.Context(), owner, admin.Terms{Revision: h.revision(t, "adam") - 1}, "adam")
	wantCode(t, err, policy.Stale)
	terms := h.at(t, "adam")
	terms.IdempotencyKey, terms.Fingerprint = "k", "f"
	first, err := h.EditAdmin(t.Context(), owner, terms, "adam", edit)
	if err != nil {
		t.Fatal(err)
	}
	again, err := h.EditAdmin(t.Context(), owner, terms, "adam", edit)
	if diff := cmp.Diff(first, again); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestOnlyOwnersKeepTheTeam(t *testing.T) {
	h, owner := owned(t)
	h.addAdmin(t, "adam", policy.RoleAdmin, policy.Active, "")
	for _, role := range []policy.Role{policy.RoleAdmin, policy.RoleAuditor, policy.RoleApp, policy.RoleBootstrap, ""} {
		c := policy.Caller{Type: policy.SubjectAdmin, ID: "x", Name: "X", Role: role}
		for name, do := range leavings(h, c, owner.ID) {
			if err := do(t.Context()); policy.CodeOf(err) != policy.Forbidden {
				t.Errorf("%s by %q gives %v", name, role, err)
			}
		}
		_, err := h.Unlock(t.Context(), c, "adam")
		wantCode(t, err, policy.Forbidden)
		_, err = h.Admins(t.Context(), c, "", 1)
		reads := role == policy.RoleAdmin || role == policy.RoleAuditor
		if (err == nil) != reads {
			t.Errorf("the list by %q gives %v", role, err)
		}
	}
}
