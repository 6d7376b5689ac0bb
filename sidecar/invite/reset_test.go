package invite_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/store"
)

func (h *house) ask(t *testing.T, email string) error {
	t.Helper()
	return h.Reset(t.Context(), from, api.AskReset{Type: policy.SubjectClient, Email: email})
}

func TestResetSetsAnotherPassword(t *testing.T) {
	h := start(t)
	id := h.client(t, ann)
	if _, ready, err := h.Prepare(t.Context(), h.letter(t)); ready || err != nil {
		t.Fatalf("the letter of the set-up is ready: %v (%v)", ready, err)
	}
	before, err := h.store.Secrets(policy.SubjectClient).Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.ask(t, "Ann@Lumen.Example"); err != nil {
		t.Fatal(err)
	}
	e := h.ready(t, h.letter(t))
	link := textOf(t, e.Link)
	if e.Email != ann || !strings.HasPrefix(e.Link, portal+"reset/") || !e.Expires.Equal(today.Add(30*time.Minute)) {
		t.Errorf("the envelope is %+v", e)
	}
	if unused, err := h.store.Secrets(policy.SubjectClient).Get(t.Context(), id); err != nil || unused.Revision != before.Revision {
		t.Error("asking changes the account")
	}
	if _, err := h.Accept(t.Context(), from, api.Acceptance{Link: link, Password: plums}); err != nil {
		t.Fatal(err)
	}
	after, err := h.store.Secrets(policy.SubjectClient).Get(t.Context(), id)
	if err != nil || after.Value.Password == before.Value.Password {
		t.Errorf("the password is as it was (%v)", err)
	}
	account, err := h.store.Accounts().Get(t.Context(), id)
	if err != nil || account.Value.Era != 2 || account.Value.Name != "Ann Lee" {
		t.Errorf("the account is %+v (%v), want era 2, which ends all sessions", account.Value, err)
	}
	news := h.letter(t)
	if got := h.ready(t, news); news.Value.Kind != store.LetterChanged || got.Email != ann || got.Link != "" {
		t.Errorf("the letter is %+v", got)
	}
	if diff := cmp.Diff([]string{"invite", "accept", "ask_reset", "reset"}, h.actions(t, id)); diff != "" {
		t.Error(diff)
	}
}

// TestResetDoesTheSameForEveryAddress compares what asking leaves behind.
func TestResetDoesTheSameForEveryAddress(t *testing.T) {
	h := start(t)
	h.client(t, ann)
	id, _ := h.invited(t, "invited@lumen.example")
	before := len(h.letters(t))
	for _, email := range []string{ann, "nobody@lumen.example", "invited@lumen.example"} {
		if err := h.ask(t, email); err != nil {
			t.Errorf("%s: %v", email, err)
		}
	}
	asked := h.letters(t)[before:]
	if len(asked) != 3 {
		t.Fatalf("there are %d letters", len(asked))
	}
	for i, l := range asked {
		l.Value.ID, l.Value.Subject = "", ""
		want := store.Letter{Kind: store.LetterReset, Type: policy.SubjectClient, Created: today, Next: today}
		if diff := cmp.Diff(want, l.Value); diff != "" {
			t.Error(i, diff)
		}
	}
	for i, known := range []bool{true, false, false} {
		if _, ready, err := h.Prepare(t.Context(), asked[i]); ready != known || err != nil {
			t.Errorf("letter %d is ready: %v (%v)", i, ready, err)
		}
	}
	if diff := cmp.Diff([]string{"invite"}, h.actions(t, id)); diff != "" {
		t.Error(diff)
	}
}

func TestResetIsAskedForFiveTimesADay(t *testing.T) {
	h := start(t)
	h.client(t, ann)
	for _, email := range []string{ann, "nobody@lumen.example"} {
		for range 5 {
			if err := h.ask(t, email); err != nil {
				t.Fatal(err)
			}
		}
		wantFault(t, h.ask(t, email), policy.TooMany, "", "try again tomorrow")
	}
	h.pass(24 * time.Hour)
	if err := h.ask(t, ann); err != nil {
		t.Error(err)
	}
}

func TestResetIsAskedForTwentyTimesADayFromOnePlace(t *testing.T) {
	h := start(t)
	for i := range 20 {
		if err := h.ask(t, string(rune('a'+i))+"@lumen.example"); err != nil {
			t.Fatal(err)
		}
	}
	elsewhere := api.AskReset{Type: policy.SubjectClient, Email: "z@lumen.example"}
	for range 5 { // which uses nothing of the account's up
		wantFault(t, h.ask(t, "z@lumen.example"), policy.TooMany, "", "")
	}
	for range 5 {
		if err := h.Reset(t.Context(), "198.51.100.1", elsewhere); err != nil {
			t.Fatal(err)
		}
	}
}

func TestANetworkOfIPv6IsOnePlaceToAskForResetsFrom(t *testing.T) {
	h := start(t)
	ask := func(i int) error {
		asked := api.AskReset{Type: policy.SubjectClient, Email: fmt.Sprintf("c%d@lumen.example", i)}
		return h.Reset(t.Context(), fmt.Sprintf("2001:db8::%x", i), asked)
	}
	for i := range 20 {
		if err := ask(i); err != nil {
			t.Fatal(err)
		}
	}
	wantFault(t, ask(20), policy.TooMany, "", "")
}

func TestWhatIsWrongWithAskingIsNamed(t *testing.T) {
	h := start(t)
	wantFault(t, h.ask(t, "ann"), policy.Invalid, "email", "must be one address")
	err := h.Reset(t.Context(), from, api.AskReset{Type: "key", Email: ann})
	wantFault(t, err, policy.Invalid, "type", "must be admin or client")
}

func TestResetOfAClientWhoIsSuspendedDoesNothing(t *testing.T) {
	h := start(t)
	id := h.client(t, ann)
	if err := h.ask(t, ann); err != nil {
		t.Fatal(err)
	}
	link := textOf(t, h.ready(t, h.letter(t)).Link)
	if _, err := h.admin.Suspend(t.Context(), olive, admin.Terms{}, id); err != nil {
		t.Fatal(err)
	}
	_, err := h.Accept(t.Context(), from, api.Acceptance{Link: link, Password: plums})
	wantFault(t, err, policy.LinkFault, "", "is not valid")
}

func TestNewerResetEndsTheOneBefore(t *testing.T) {
	h := start(t)
	h.client(t, ann)
	var links []string
	for range 2 {
		if err := h.ask(t, ann); err != nil {
			t.Fatal(err)
		}
		links = append(links, textOf(t, h.ready(t, h.letter(t)).Link))
	}
	_, err := h.Open(t.Context(), links[0])
	wantFault(t, err, policy.LinkFault, "", "replaced by a newer one")
	h.pass(30*time.Minute - time.Second)
	if _, err := h.Open(t.Context(), links[1]); err != nil {
		t.Error(err)
	}
	h.pass(time.Second)
	_, err = h.Open(t.Context(), links[1])
	wantFault(t, err, policy.LinkFault, "", "has expired")
}
