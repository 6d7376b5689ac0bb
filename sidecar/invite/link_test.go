package invite_test

import (
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
)

func TestLinkMakesTheAccount(t *testing.T) {
	h := start(t)
	id, link := h.invited(t, ann)
	opened, err := h.Open(t.Context(), link)
	want := api.Opened{
		Type: policy.SubjectClient, Purpose: policy.PurposeSetup, Company: "Harbour Studio", Email: ann, Name: "Lumen",
		Expires: today.Add(72 * time.Hour),
	}
	if diff := cmp.Diff(want, opened); diff != "" || err != nil {
		t.Error(diff, err)
	}
	h.pass(time.Hour)
	if err := h.accept(t, link); err != nil {
		t.Fatal(err)
	}
	account, err := h.store.Accounts().Get(t.Context(), id)
	if diff := cmp.Diff(policy.Account{Client: policy.ClientID(id), Name: "Ann Lee", Created: h.Now(), Era: 1}, account.Value); diff != "" || err != nil {
		t.Error(diff, err)
	}
	stored, err := h.store.Clients().Get(t.Context(), id)
	trail := policy.Trail{Created: today, Changed: today.Add(time.Hour), ChangedBy: "Ann Lee"}
	if diff := cmp.Diff(trail, stored.Value.Trail); diff != "" || err != nil || stored.Value.Status != policy.Active {
		t.Error(diff, err, stored.Value.Status)
	}
	if diff := cmp.Diff([]string{"invite", "accept"}, h.actions(t, id)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{ann}, h.forgotten); diff != "" {
		t.Error(diff)
	}
}

func TestLinksThatDoNotWorkSaySo(t *testing.T) {
	h := start(t)
	send := func(id string) {
		t.Helper()
		if _, err := h.Send(t.Context(), olive, admin.Terms{}, policy.SubjectClient, id, api.SendInvitation{}); err != nil {
			t.Fatal(err)
		}
	}
	_, expired := h.invited(t, "expired@lumen.example")
	h.pass(72 * time.Hour)
	_, used := h.invited(t, "used@lumen.example")
	if err := h.accept(t, used); err != nil {
		t.Fatal(err)
	}
	sent, replaced := h.invited(t, "replaced@lumen.example")
	send(sent)
	withdrawn, revoked := h.invited(t, "revoked@lumen.example")
	if _, err := h.Revoke(t.Context(), olive, admin.Terms{}, policy.SubjectClient, withdrawn); err != nil {
		t.Fatal(err)
	}
	gone, deleted := h.invited(t, "deleted@lumen.example")
	h.remove(t, gone)
	for name, c := range map[string]struct{ link, says string }{
		"expired":  {expired, "this link has expired"},
		"used":     {used, "this link was used already"},
		"replaced": {replaced, "this link was replaced by a newer one"},
		"revoked":  {revoked, "this link was revoked"},
		"deleted":  {deleted, "this link is not valid; ask for another one"},
		"wrong":    {policy.NewLinkText(), "this link is not valid; ask for another one"},
		"no link":  {"", "this link is not valid; ask for another one"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.Open(t.Context(), c.link)
			wantFault(t, err, policy.LinkFault, "", c.says)
			wantFault(t, h.accept(t, c.link), policy.LinkFault, "", c.says)
		})
	}
}

// remove deletes a client.
func (h *house) remove(t *testing.T, id string) {
	t.Helper()
	stored, err := h.store.Clients().Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	h.catchUp(t)
	if _, err := h.admin.Clients().Delete(t.Context(), olive, admin.Terms{Revision: stored.Revision}, id); err != nil {
		t.Fatal(err)
	}
}

func TestLinkExpiresToTheSecond(t *testing.T) {
	h := start(t)
	_, link := h.invited(t, ann)
	h.pass(72*time.Hour - time.Second)
	if _, err := h.Open(t.Context(), link); err != nil {
		t.Error(err)
	}
	h.pass(time.Second)
	_, err := h.Open(t.Context(), link)
	wantFault(t, err, policy.LinkFault, "", "has expired")
}

func TestLinkEndsWithTheAddressItWasSentTo(t *testing.T) {
	h := start(t)
	id, link := h.invited(t, ann)
	stored, err := h.store.Clients().Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	c := stored.Value
	c.Name, c.Email = "Lumen", "Ann@LUMEN.example" // the same mailbox
	done, err := h.admin.Clients().Replace(t.Context(), olive, admin.Terms{Revision: stored.Revision}, id, c)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Open(t.Context(), link); err != nil {
		t.Error(err)
	}
	c.Email = "bea@lumen.example"
	if _, err := h.admin.Clients().Replace(t.Context(), olive, admin.Terms{Revision: done.Revision}, id, c); err != nil {
		t.Fatal(err)
	}
	_, err = h.Open(t.Context(), link)
	wantFault(t, err, policy.LinkFault, "", "was revoked")
	again, err := h.Send(t.Context(), olive, admin.Terms{}, policy.SubjectClient, id, api.SendInvitation{Link: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.accept(t, textOf(t, again.Value.Link)); err != nil {
		t.Error(err)
	}
}

func TestRevokedInvitationCanBeSentAgain(t *testing.T) {
	h := start(t)
	id, _ := h.invited(t, ann)
	if _, err := h.Revoke(t.Context(), olive, admin.Terms{}, policy.SubjectClient, id); err != nil {
		t.Fatal(err)
	}
	_, err := h.Revoke(t.Context(), olive, admin.Terms{}, policy.SubjectClient, id)
	wantFault(t, err, policy.Conflict, "", "accepted or revoked already")
	done, err := h.Send(t.Context(), olive, admin.Terms{}, policy.SubjectClient, id, api.SendInvitation{Link: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.accept(t, textOf(t, done.Value.Link)); err != nil {
		t.Error(err)
	}
	_, err = h.Send(t.Context(), olive, admin.Terms{}, policy.SubjectClient, id, api.SendInvitation{})
	wantFault(t, err, policy.Conflict, "", "has an account already")
}

func TestFiveMessagesADay(t *testing.T) {
	h := start(t)
	id, _ := h.invited(t, ann)
	send := func() error {
		_, err := h.Send(t.Context(), olive, admin.Terms{}, policy.SubjectClient, id, api.SendInvitation{})
		return err
	}
	for range 4 {
		h.pass(time.Hour)
		if err := send(); err != nil {
			t.Fatal(err)
		}
	}
	wantFault(t, send(), policy.TooMany, "", "5 messages were sent within a day; the next one can be sent at 2026-01-03T03:04:05Z")
	h.pass(20 * time.Hour)
	if err := send(); err != nil {
		t.Error(err)
	}
	wantFault(t, send(), policy.TooMany, "", "2026-01-03T04:04:05Z")
}

func TestWhatIsWrongWithAnAccountIsNamed(t *testing.T) {
	h := start(t)
	_, link := h.invited(t, ann)
	for name, c := range map[string]struct {
		a     api.Acceptance
		field string
	}{
		"no name":         {api.Acceptance{Password: herons}, "name"},
		"line in name":    {api.Acceptance{Name: "Ann\nLee", Password: herons}, "name"},
		"short password":  {api.Acceptance{Name: "Ann Lee", Password: "four herons"}, "password"},
		"of the company":  {api.Acceptance{Name: "Ann Lee", Password: "harbour studio!"}, "password"},
		"no password":     {api.Acceptance{Name: "Ann Lee"}, "password"},
		"common password": {api.Acceptance{Name: "Ann Lee", Password: "passwordpassword"}, "password"},
	} {
		t.Run(name, func(t *testing.T) {
			c.a.Link = link
			_, err := h.Accept(t.Context(), from, c.a)
			wantFault(t, err, policy.Invalid, c.field, "")
		})
	}
	if err := h.accept(t, link); err != nil {
		t.Error("the link was used up by forms with faults:", err)
	}
}

// TestOneOfManyUsesMakesTheAccount uses the links of one invitation, that of its
// message and that given out, many times at once.
func TestOneOfManyUsesMakesTheAccount(t *testing.T) {
	h := start(t)
	id, given := h.invited(t, ann)
	mailed := textOf(t, h.ready(t, h.letter(t)).Link)
	var wg sync.WaitGroup
	errs := make([]error, 16)
	for i := range errs {
		wg.Go(func() {
			link := []string{given, mailed}[i%2]
			_, errs[i] = h.Accept(t.Context(), from, api.Acceptance{Link: link, Name: "Ann Lee", Password: herons})
		})
	}
	wg.Wait()
	made := 0
	for _, err := range errs {
		if err == nil {
			made++
			continue
		}
		wantFault(t, err, policy.LinkFault, "", "this link was used already")
	}
	if diff := cmp.Diff([]string{"invite", "accept"}, h.actions(t, id)); diff != "" || made != 1 {
		t.Error(made, diff)
	}
}
