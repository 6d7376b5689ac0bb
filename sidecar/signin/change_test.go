package signin_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/store"
)

func TestNewPasswordEndsAllOtherSessions(t *testing.T) {
	h, owner := owned(t)
	_, other := h.mustSignIn(t, try(olive, herons))
	done, err := h.ChangePassword(t.Context(), owner, "test/2", api.NewPassword{Old: herons, New: otters})
	if err != nil {
		t.Fatal(err)
	}
	caller := h.enter(t, done)
	if h.letsIn(t, other) {
		t.Error("another session goes on")
	}
	if all := h.data(t).SessionsOf(policy.SubjectAdmin, owner.ID); len(all) != 1 || all[0].ID != caller.Session || all[0].Era != 1 {
		t.Errorf("the sessions are %+v", all)
	}
	h.fail(t, try(olive, herons))
	h.mustSignIn(t, try(olive, otters))

	letters, err := h.store.Outbox().List(t.Context(), "", 10)
	if err != nil || len(letters.Items) != 1 {
		t.Fatal(letters, err)
	}
	if letters.Items[0].Revision != done.Revision {
		t.Error("the letter is not in the transaction of the change")
	}
	want := store.Letter{Kind: store.LetterChanged, Type: policy.SubjectAdmin, Subject: owner.ID, Created: today, Next: today}
	if diff := cmp.Diff(want, letters.Items[0].Value, cmpopts.IgnoreFields(store.Letter{}, "ID")); diff != "" {
		t.Error(diff)
	}
}

func TestNewPasswordNeedsTheOldOneAndIsChecked(t *testing.T) {
	h, owner := owned(t)
	for field, wanted := range map[string]api.NewPassword{
		"old": {Old: otters, New: plums},
		"new": {Old: herons, New: "Olive Owner Corvid"},
	} {
		_, err := h.ChangePassword(t.Context(), owner, "", wanted)
		e, ok := errors.AsType[*policy.Error](err)
		if !ok || e.Code != policy.Invalid || e.Field != field {
			t.Errorf("%+v gives %v", wanted, err)
		}
	}
	_, err := h.ChangePassword(t.Context(), owner, "", api.NewPassword{Old: herons, New: herons})
	wantCode(t, err, policy.Invalid)
	h.mustSignIn(t, try(olive, herons))
}

func TestGuessesOfTheOldPasswordAreThrottled(t *testing.T) {
	h, owner := owned(t)
	for range 5 {
		_, err := h.ChangePassword(t.Context(), owner, "", api.NewPassword{Old: otters, New: plums})
		wantCode(t, err, policy.Invalid)
	}
	_, err := h.ChangePassword(t.Context(), owner, "", api.NewPassword{Old: herons, New: plums})
	wantWait(t, err, time.Second)
}

func TestPasswordIsChangedByWhoIsSignedIn(t *testing.T) {
	h, owner := owned(t)
	key := policy.Caller{Type: policy.SubjectKey, ID: owner.ID, Role: policy.RoleOwner}
	_, err := h.ChangePassword(t.Context(), key, "", api.NewPassword{Old: herons, New: otters})
	wantCode(t, err, policy.Forbidden)
}

func TestParallelChangesOfAPasswordAreOne(t *testing.T) {
	h, owner := owned(t)
	outcomes := make(chan error, 2)
	for _, text := range []string{otters, plums} {
		go func() {
			_, err := h.ChangePassword(t.Context(), owner, "", api.NewPassword{Old: herons, New: text})
			outcomes <- err
		}()
	}
	one, two := <-outcomes, <-outcomes
	if (one == nil) == (two == nil) {
		t.Errorf("the outcomes are %v and %v; want one success", one, two)
	}
}
