package invite_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/invite"
)

// waiting returns the addresses of the clients whose invitations wait, page by
// page.
func (h *house) waiting(t *testing.T, limit int, endsBefore time.Time) (emails []string) {
	t.Helper()
	h.catchUp(t)
	for terms := (invite.WaitingTerms{Limit: limit, EndsBefore: endsBefore}); ; {
		page, err := h.Waiting(t.Context(), olive, terms)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Items {
			emails = append(emails, item.Email)
		}
		if terms.After = page.Next; terms.After == "" {
			return emails
		}
	}
}

func TestInvitationsWaitUntilTheyAreAcceptedOrRevoked(t *testing.T) {
	h := start(t)
	_, link := h.invited(t, "accepts@lumen.example")
	revoked, _ := h.invited(t, "revoked@lumen.example")
	h.invited(t, "first@lumen.example")
	h.pass(48 * time.Hour)
	suspended, _ := h.invited(t, "suspended@lumen.example")
	gone, _ := h.invited(t, "gone@lumen.example")
	h.invited(t, "second@lumen.example")
	if _, err := h.Accept(t.Context(), from, api.Acceptance{Link: link, Name: "Ann", Password: herons}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Revoke(t.Context(), olive, admin.Terms{}, policy.SubjectClient, revoked); err != nil {
		t.Fatal(err)
	}
	stored, err := h.store.Clients().Get(t.Context(), suspended)
	if err != nil {
		t.Fatal(err)
	}
	stored.Value.Status = policy.Suspended
	if _, err := h.store.Touch(t.Context(), h.store.Clients().Replace(suspended, stored.Value, stored.Revision), h.store.Clients().Drop(gone)); err != nil {
		t.Fatal(err)
	}
	first, second := "first@lumen.example", "second@lumen.example"
	ends := today.Add(policy.SetupLife) // of the first
	for _, c := range []struct {
		name       string
		endsBefore time.Time
		want       []string
	}{
		{"all", time.Time{}, []string{first, second}},
		{"at the end of the first", ends, nil},
		{"just after it", ends.Add(1), []string{first}},
		{"after all", ends.Add(100 * time.Hour), []string{first, second}},
	} {
		for _, limit := range []int{1, api.MaxPage} {
			if diff := cmp.Diff(c.want, h.waiting(t, limit, c.endsBefore)); diff != "" {
				t.Errorf("%s, %d a page (-want +got):\n%s", c.name, limit, diff)
			}
		}
	}
}

func TestWhatWaitsIsToldWithTheClientAndForReadersAlone(t *testing.T) {
	h := start(t)
	id, _ := h.invited(t, ann)
	h.catchUp(t)
	page, err := h.Waiting(t.Context(), olive, invite.WaitingTerms{Limit: 1})
	if err != nil || len(page.Items) != 1 {
		t.Fatalf("got %+v, %v", page, err)
	}
	got := page.Items[0]
	if string(got.ID) != id || got.Name != "Lumen" || got.Email != ann || !got.Invitation.Expires.Equal(today.Add(policy.SetupLife)) {
		t.Errorf("got %+v", got)
	}
	for limit, want := range map[int]policy.Code{0: policy.Invalid, api.MaxPage: "", api.MaxPage + 1: policy.Invalid} {
		if _, err := h.Waiting(t.Context(), olive, invite.WaitingTerms{Limit: limit}); policy.CodeOf(err) != want {
			t.Errorf("a limit of %d: %v", limit, err)
		}
	}
	app := policy.Caller{Type: policy.SubjectKey, ID: "key", Role: policy.RoleApp}
	if _, err := h.Waiting(t.Context(), app, invite.WaitingTerms{Limit: 1}); policy.CodeOf(err) != policy.Forbidden {
		t.Errorf("an app: %v", err)
	}
}
