package invite_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
)

func TestWhatIsWrongWithAnInvitationIsNamed(t *testing.T) {
	h := start(t)
	h.invited(t, "taken@lumen.example")
	past := today.Add(-time.Second)
	for name, c := range map[string]struct {
		change func(*api.NewInvitation)
		code   policy.Code
		field  string
		says   string
	}{
		"no address":          {func(n *api.NewInvitation) { n.Email = "" }, policy.Invalid, "email", "must be one address"},
		"header in address":   {func(n *api.NewInvitation) { n.Email = "ann@lumen.example\r\nBcc: eve@evil.example" }, policy.Invalid, "email", "must be one address"},
		"two addresses":       {func(n *api.NewInvitation) { n.Email = "ann@lumen.example,eve@evil.example" }, policy.Invalid, "email", "must be one address"},
		"long address":        {func(n *api.NewInvitation) { n.Email = strings.Repeat("a", 250) + "@b.co" }, policy.Invalid, "email", "is 255 bytes long; the limit is 254"},
		"mixed scripts":       {func(n *api.NewInvitation) { n.Email = "аnn@lumen.example" }, policy.Invalid, "email", "mixes"},
		"taken address":       {func(n *api.NewInvitation) { n.Email = "Taken@Lumen.Example" }, policy.Exists, "email", ""},
		"header in name":      {func(n *api.NewInvitation) { n.Name = "Ann\r\nBcc: eve@evil.example" }, policy.Invalid, "name", ""},
		"long name":           {func(n *api.NewInvitation) { n.Name = strings.Repeat("n", 201) }, policy.Invalid, "name", "200"},
		"unknown group":       {func(n *api.NewInvitation) { n.Scope.Groups = []policy.GroupID{"art"} }, policy.DeadReference, "scope.groups", ""},
		"unknown project":     {func(n *api.NewInvitation) { n.Scope.Projects = []policy.ProjectID{"app"} }, policy.DeadReference, "scope.projects", ""},
		"until in the past":   {func(n *api.NewInvitation) { n.Scope.Until = &past }, policy.Invalid, "scope.until", "is in the past"},
		"until at once":       {func(n *api.NewInvitation) { n.Scope.Until = &today }, policy.Invalid, "scope.until", "is in the past"},
		"long note":           {func(n *api.NewInvitation) { n.Note = strings.Repeat("n", 2_001) }, policy.Invalid, "note", "is 2001 bytes long; the limit is 2000"},
		"note that is broken": {func(n *api.NewInvitation) { n.Note = "\xff" }, policy.Invalid, "note", "UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			wanted := guest(ann)
			c.change(&wanted)
			_, err := h.Client(t.Context(), olive, admin.Terms{}, wanted)
			wantFault(t, err, c.code, c.field, c.says)
		})
	}
	if all := h.letters(t); len(all) != 1 {
		t.Errorf("%d letters are there, want that of the one invitation", len(all))
	}
}

func TestNobodyButWhoMayInvites(t *testing.T) {
	h := start(t)
	auditor := policy.Caller{Type: policy.SubjectAdmin, ID: "aude", Name: "Aude", Role: policy.RoleAuditor}
	id, _ := h.invited(t, ann)
	_, err := h.Client(t.Context(), auditor, admin.Terms{}, guest("bea@lumen.example"))
	wantFault(t, err, policy.Forbidden, "", "")
	_, err = h.Many(t.Context(), auditor, admin.Terms{}, api.Invitations{}, true)
	wantFault(t, err, policy.Forbidden, "", "")
	_, err = h.Table(t.Context(), auditor, admin.Terms{}, nil, nil, false, true)
	wantFault(t, err, policy.Forbidden, "", "")
	_, err = h.Send(t.Context(), auditor, admin.Terms{}, policy.SubjectClient, id, api.SendInvitation{})
	wantFault(t, err, policy.Forbidden, "", "")
	_, err = h.Revoke(t.Context(), auditor, admin.Terms{}, policy.SubjectClient, id)
	wantFault(t, err, policy.Forbidden, "", "")
	someAdmin := policy.Caller{Type: policy.SubjectAdmin, ID: "ada", Name: "Ada", Role: policy.RoleAdmin}
	_, err = h.NewAdmin(t.Context(), someAdmin, admin.Terms{}, api.NewAdmin{Email: "bea@lumen.example", Role: policy.RoleOwner})
	wantFault(t, err, policy.Forbidden, "", "")
}

func TestAKeyWithPermissionsMakesNobodyAnAdmin(t *testing.T) {
	h := start(t)
	wanted := api.NewAdmin{Email: "bea@lumen.example", Role: policy.RoleAuditor, Link: true}
	made, err := h.NewAdmin(t.Context(), olive, admin.Terms{}, wanted)
	if err != nil {
		t.Fatal(err)
	}
	key := policy.Caller{Type: policy.SubjectKey, ID: "k", Name: "Key", Role: policy.RoleOwner, Permissions: policy.Permissions()}
	wanted.Email = "carl@lumen.example"
	_, err = h.NewAdmin(t.Context(), key, admin.Terms{}, wanted)
	wantFault(t, err, policy.Forbidden, "", "a key with permissions makes nobody an admin")
	_, err = h.Send(t.Context(), key, admin.Terms{}, policy.SubjectAdmin, string(made.Value.Value.ID), api.SendInvitation{Link: true})
	wantFault(t, err, policy.Forbidden, "", "a key with permissions makes nobody an admin")
	if _, err := h.Client(t.Context(), key, admin.Terms{}, guest("dan@lumen.example")); err != nil {
		t.Error(err)
	}
}

func TestWhatIsWrongWithAnInvitationOfAnAdminIsNamed(t *testing.T) {
	h := start(t)
	if _, err := h.NewAdmin(t.Context(), olive, admin.Terms{}, api.NewAdmin{Email: ann, Role: policy.RoleAuditor}); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		wanted api.NewAdmin
		code   policy.Code
		field  string
	}{
		"address": {api.NewAdmin{Email: "ann", Role: policy.RoleAdmin}, policy.Invalid, "email"},
		"taken":   {api.NewAdmin{Email: "ANN@lumen.example", Role: policy.RoleAdmin}, policy.Exists, "email"},
		"role":    {api.NewAdmin{Email: "bea@lumen.example", Role: policy.RoleApp}, policy.Invalid, "role"},
		"name":    {api.NewAdmin{Email: "bea@lumen.example", Name: "B\nea", Role: policy.RoleAdmin}, policy.Invalid, "name"},
		"note":    {api.NewAdmin{Email: "bea@lumen.example", Note: strings.Repeat("n", 2_001), Role: policy.RoleAdmin}, policy.Invalid, "note"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.NewAdmin(t.Context(), olive, admin.Terms{}, c.wanted)
			wantFault(t, err, c.code, c.field, "")
		})
	}
}

func TestRepeatedInvitationHasNoSecondEffect(t *testing.T) {
	h := start(t)
	terms := admin.Terms{IdempotencyKey: "k", Fingerprint: "f"}
	first, err := h.Client(t.Context(), olive, terms, guest(ann))
	if err != nil {
		t.Fatal(err)
	}
	textOf(t, first.Value.Link)
	again, err := h.Client(t.Context(), olive, terms, guest(ann))
	if err != nil {
		t.Fatal(err)
	}
	first.Value.Link = "" // is told once
	if diff := cmp.Diff(first, again); diff != "" {
		t.Error(diff)
	}
	if all := h.letters(t); len(all) != 1 {
		t.Errorf("there are %d letters, want 1", len(all))
	}
	if diff := cmp.Diff([]string{"invite"}, h.actions(t, string(first.Value.Value.ID))); diff != "" {
		t.Error(diff)
	}
}

func TestRepeatedSendHasNoSecondEffect(t *testing.T) {
	h := start(t)
	id, _ := h.invited(t, ann)
	terms := admin.Terms{IdempotencyKey: "k", Fingerprint: "f"}
	send := func() string {
		done, err := h.Send(t.Context(), olive, terms, policy.SubjectClient, id, api.SendInvitation{Link: true})
		if err != nil {
			t.Fatal(err)
		}
		return done.Value.Link
	}
	h.pass(time.Second)
	first := send()
	h.pass(time.Second)
	if again := send(); textOf(t, first) == "" || again != "" {
		t.Errorf("the link is told again: %q", again)
	}
	if all := h.letters(t); len(all) != 2 {
		t.Errorf("there are %d letters, want 2", len(all))
	}
}

func TestInvitationNeverTellsWhatOpensIt(t *testing.T) {
	h := start(t)
	wanted := guest(ann)
	wanted.Link = false
	done, err := h.Client(t.Context(), olive, admin.Terms{}, wanted)
	if err != nil {
		t.Fatal(err)
	}
	if done.Value.Link != "" {
		t.Error("a link that nobody asked for is told")
	}
	state, err := h.State(t.Context(), olive, policy.SubjectClient, string(done.Value.Value.ID))
	if err != nil {
		t.Fatal(err)
	}
	want := api.Invitation{
		Purpose: policy.PurposeSetup, By: "Olive", Created: today, Expires: today.Add(72 * time.Hour),
		Delivery: policy.Delivery{State: policy.DeliveryPending, At: today},
	}
	if diff := cmp.Diff(want, state.Value); diff != "" {
		t.Error(diff)
	}
}
