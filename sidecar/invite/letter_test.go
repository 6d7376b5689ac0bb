package invite_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/invite"
	"sightline.example/sidecar/store"
)

func TestLetterIsMadeReadyWhenItIsSent(t *testing.T) {
	h := start(t)
	wanted := guest(ann)
	wanted.Note, wanted.Link = "Hello", false
	done, err := h.Client(t.Context(), olive, admin.Terms{}, wanted)
	if err != nil {
		t.Fatal(err)
	}
	id := string(done.Value.Value.ID)
	e := h.ready(t, h.letter(t))
	text := textOf(t, e.Link)
	want := invite.Envelope{
		Letter: e.Letter, Email: ann, Name: "Lumen", By: "Olive", Note: "Hello", Link: portal + "setup/" + text,
		Expires: today.Add(72 * time.Hour),
	}
	if diff := cmp.Diff(want, e); diff != "" {
		t.Error(diff)
	}
	if err := h.Sent(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(policy.Delivery{State: policy.DeliverySent, At: today}, h.delivery(t, id)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"invite", "mail_sent"}, h.actions(t, id)); diff != "" || len(h.letters(t)) > 0 {
		t.Error(diff, h.letters(t))
	}
	if err := h.accept(t, text); err != nil {
		t.Error(err)
	}
}

// pauses are the times between tries of a letter whose link lives as long as that
// of an invitation.
func pauses() []time.Duration {
	all := []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute}
	for range 35 { // until there are less than two hours left of 72
		all = append(all, 2*time.Hour)
	}
	return all
}

func TestLetterIsTriedUntilItsLinkEnds(t *testing.T) {
	h := start(t)
	id, _ := h.invited(t, ann)
	l := h.letter(t)
	var waited []time.Duration
	for {
		e := h.ready(t, h.letter(t))
		if e.Letter.Value.ID != l.Value.ID {
			t.Fatal("the letter has another id, and so its message")
		}
		if err := h.Refused(t.Context(), e, "greylisted", false); err != nil {
			t.Fatal(err)
		}
		if h.delivery(t, id).State == policy.DeliveryFailed {
			break
		}
		if diff := cmp.Diff(policy.Delivery{State: policy.DeliveryPending, At: h.Now(), Detail: "greylisted"}, h.delivery(t, id)); diff != "" {
			t.Fatal(diff)
		}
		wait := e.Letter.Value.Next.Sub(h.Now())
		waited = append(waited, wait)
		h.pass(wait)
	}
	if diff := cmp.Diff(pauses(), waited); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"invite", "mail_failed"}, h.actions(t, id)); diff != "" || len(h.letters(t)) > 0 {
		t.Error(diff, h.letters(t))
	}
}

func TestLetterRefusedForGoodIsNotTriedAgain(t *testing.T) {
	h := start(t)
	id, link := h.invited(t, ann)
	answer := strings.Repeat("no such user ", 100)
	if err := h.Refused(t.Context(), h.ready(t, h.letter(t)), answer, true); err != nil {
		t.Fatal(err)
	}
	want := policy.Delivery{State: policy.DeliveryFailed, At: today, Detail: answer[:policy.MaxDetail]}
	if diff := cmp.Diff(want, h.delivery(t, id)); diff != "" || len(h.letters(t)) > 0 {
		t.Error(diff, h.letters(t))
	}
	if _, err := h.Open(t.Context(), link); err != nil {
		t.Error("the link that was handed over is dead:", err)
	}
}

func TestLetterThatIsTooLateIsGivenUp(t *testing.T) {
	h := start(t)
	id, _ := h.invited(t, ann)
	h.pass(72 * time.Hour)
	if _, ready, err := h.Prepare(t.Context(), h.letter(t)); ready || err != nil {
		t.Fatalf("it is ready: %v (%v)", ready, err)
	}
	want := policy.Delivery{State: policy.DeliveryFailed, At: h.Now(), Detail: "there was no time left to send the message"}
	if diff := cmp.Diff(want, h.delivery(t, id)); diff != "" || len(h.letters(t)) > 0 {
		t.Error(diff, h.letters(t))
	}
}

func TestLettersThatAreOfNoUseAreDropped(t *testing.T) {
	for name, spoil := range map[string]func(*house, string, string){
		"deleted": func(h *house, id, _ string) { h.remove(t, id) },
		"revoked": func(h *house, id, _ string) {
			if _, err := h.Revoke(t.Context(), olive, admin.Terms{}, policy.SubjectClient, id); err != nil {
				t.Fatal(err)
			}
		},
		"accepted": func(h *house, _, link string) {
			if err := h.accept(t, link); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := start(t)
			id, link := h.invited(t, ann)
			spoil(h, id, link)
			if _, ready, err := h.Prepare(t.Context(), h.letter(t)); ready || err != nil {
				t.Errorf("it is ready: %v (%v)", ready, err)
			}
			if all := h.letters(t); len(all) > 0 {
				t.Errorf("there are %v", all)
			}
		})
	}
}

func TestOnlyTheNewestInvitationIsSent(t *testing.T) {
	h := start(t)
	id, _ := h.invited(t, ann)
	if _, err := h.Send(t.Context(), olive, admin.Terms{}, policy.SubjectClient, id, api.SendInvitation{}); err != nil {
		t.Fatal(err)
	}
	all := h.letters(t)
	if len(all) != 2 {
		t.Fatalf("there are %d letters", len(all))
	}
	if _, ready, err := h.Prepare(t.Context(), all[0]); ready || err != nil {
		t.Errorf("the one before is ready: %v (%v)", ready, err)
	}
	h.ready(t, all[1])
}

func TestLetterIsTriedByOneOnly(t *testing.T) {
	h := start(t)
	h.invited(t, ann)
	l := h.letter(t)
	h.ready(t, l)
	_, ready, err := h.Prepare(t.Context(), l)
	if ready || policy.CodeOf(err) != policy.Stale {
		t.Errorf("it is ready for a second one: %v (%v)", ready, err)
	}
}

// TestNewsOfALetterIsKept changes the invitation, as another sidecar would, while
// the news that its message was sent is written.
func TestNewsOfALetterIsKept(t *testing.T) {
	h := start(t)
	id, _ := h.invited(t, ann)
	e := h.ready(t, h.letter(t))
	all := h.store.Invitations(policy.SubjectClient)
	cluster.Catch(id, func(execute func()) error { // the news
		stored, err := all.Get(t.Context(), id)
		if err == nil {
			stored.Value.Note = "changed"
			_, err = h.store.Touch(t.Context(), all.Replace(id, stored.Value, stored.Revision))
		}
		execute()
		return err
	})
	if err := h.Sent(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	if got := h.delivery(t, id).State; got != policy.DeliverySent {
		t.Errorf("the state is %s", got)
	}
	if err := h.Sent(t.Context(), e); policy.CodeOf(err) != policy.NotFound {
		t.Errorf("the letter is told of twice: %v", err)
	}
}

func TestAnInvitationKeepsAsManyLinksAsItMay(t *testing.T) {
	h := start(t)
	id, first := h.invited(t, ann)
	for range policy.MaxLinks {
		h.ready(t, h.letter(t))
	}
	stored, err := h.store.Invitations(policy.SubjectClient).Get(t.Context(), id)
	if err != nil || len(stored.Value.Links) != policy.MaxLinks {
		t.Errorf("there are %d links (%v)", len(stored.Value.Links), err)
	}
	_, err = h.Open(t.Context(), first)
	wantFault(t, err, policy.LinkFault, "", "is not valid")
	if all := h.letters(t); all[0].Value.Kind != store.LetterSetup || all[0].Value.Tries != policy.MaxLinks {
		t.Errorf("the letter is %v", all[0].Value)
	}
}
