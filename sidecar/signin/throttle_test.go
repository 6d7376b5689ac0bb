package signin_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/signin"
)

// wantWait fails the test unless err asks to wait so long.
func wantWait(t *testing.T, err error, wait time.Duration) {
	t.Helper()
	e, ok := errors.AsType[*policy.Error](err)
	if !ok || e.Code != policy.TooMany || e.RetryAfter != wait {
		t.Errorf("the error is %v, want one that asks to wait %s", err, wait)
	}
}

// fail wants a try to be compared and found wrong.
func (h *house) fail(t *testing.T, tr signin.Try) {
	t.Helper()
	if _, err := h.SignIn(t.Context(), tr); policy.CodeOf(err) != policy.Unauthenticated {
		t.Fatalf("the error is %v, want an unauthenticated one", err)
	}
}

func TestFailuresAreFreeFiveTimesThenCostAWaitThatDoubles(t *testing.T) {
	h, _ := owned(t)
	n := 0
	for _, email := range []string{olive, "nobody@lumen.example"} {
		guess := func() signin.Try { // each from another address of one network
			n++
			return signin.Try{Email: email, Password: otters, Origin: from(fmt.Sprintf("192.0.2.%d", n))}
		}
		for range 5 {
			h.fail(t, guess())
		}
		for wait := time.Second; wait < 15*time.Minute; wait *= 2 {
			_, err := h.SignIn(t.Context(), guess())
			wantWait(t, err, wait)
			h.clock.pass(wait - time.Second)
			_, err = h.SignIn(t.Context(), guess())
			wantWait(t, err, time.Second)
			h.clock.pass(time.Second)
			h.fail(t, guess())
		}
		for range 2 {
			_, err := h.SignIn(t.Context(), guess())
			wantWait(t, err, 15*time.Minute)
			h.clock.pass(15 * time.Minute)
			h.fail(t, guess())
		}
	}
}

func TestThrottledTriesAreNotComparedAndLeaveNoRecord(t *testing.T) {
	h, _ := owned(t)
	for range 5 {
		h.fail(t, try(olive, otters))
	}
	before := h.records(t)
	_, err := h.SignIn(t.Context(), try(olive, herons)) // it would be right
	wantWait(t, err, time.Second)
	if got := h.records(t); got != before {
		t.Errorf("%d records were added", got-before)
	}
}

func TestOwnerOfAnAttackedAccountGetsInFromElsewhere(t *testing.T) {
	h, _ := owned(t)
	attack := signin.Try{Email: olive, Password: otters, Origin: from("198.51.100.1")}
	for range 5 {
		h.fail(t, attack)
	}
	attack.From = "198.51.100.200" // of the same network
	_, err := h.SignIn(t.Context(), attack)
	wantWait(t, err, time.Second)
	h.mustSignIn(t, try(olive, herons))
	attack.From = "198.51.101.1"
	h.fail(t, attack)
}

func TestNetworksOfIPv6AreOfHalfTheirBits(t *testing.T) {
	h, _ := owned(t)
	attack := signin.Try{Email: olive, Password: otters}
	for i := range 5 {
		attack.From = fmt.Sprintf("2001:db8:1:2:%x::1", i)
		h.fail(t, attack)
	}
	attack.From = "2001:db8:1:2:ffff::1%eth0"
	_, err := h.SignIn(t.Context(), attack)
	wantWait(t, err, time.Second)
	attack.From = "2001:db8:1:3::1"
	h.fail(t, attack)
	attack.From = "::ffff:192.0.2.99"
	h.fail(t, attack)
}

func TestSuccessForgetsFailures(t *testing.T) {
	h, _ := owned(t)
	for range 3 {
		for range 4 {
			h.fail(t, try(olive, otters))
		}
		h.mustSignIn(t, try(olive, herons))
		h.clock.pass(time.Minute)
	}
}

func TestAddressHasTwentyTriesAMinute(t *testing.T) {
	h, _ := owned(t)
	for i := range 20 {
		h.fail(t, try(fmt.Sprintf("a%d@lumen.example", i), otters))
	}
	h.clock.pass(20 * time.Second)
	_, err := h.SignIn(t.Context(), try(olive, herons))
	wantWait(t, err, 40*time.Second)
	other := try(olive, herons)
	other.From = "192.0.2.8"
	h.mustSignIn(t, other)
	h.clock.pass(40 * time.Second)
	h.mustSignIn(t, try(olive, herons))
}

func TestParallelGuessesAreCountedBeforeTheyAreCompared(t *testing.T) {
	h, _ := owned(t)
	before := h.records(t)
	var all sync.WaitGroup
	for range 15 {
		all.Go(func() {
			_, err := h.SignIn(t.Context(), try(olive, otters))
			if code := policy.CodeOf(err); code != policy.Unauthenticated && code != policy.TooMany {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if compared := h.records(t) - before; compared != 5 {
		t.Errorf("%d guesses were compared, want 5", compared)
	}
}

func TestHundredFailuresInARowLockTheAccount(t *testing.T) {
	h, owner := owned(t)
	for i := range 100 {
		h.fail(t, signin.Try{Email: olive, Password: otters, Origin: from(fmt.Sprintf("10.0.%d.1", i))})
	}
	_, err := h.SignIn(t.Context(), try(olive, herons))
	wantWait(t, err, 0)
	if !strings.Contains(err.Error(), "has to be reset") {
		t.Error(err)
	}
	deeds := strings.Join(h.deeds(t, 0), "\n")
	if strings.Count(deeds, "lock admins") != 1 || strings.Count(deeds, "fail_sign_in admins") != 99 || !strings.HasSuffix(deeds, "lock admins by sign-in") {
		t.Errorf("the deeds are %s", deeds)
	}
	if _, err := h.Unlock(t.Context(), owner, owner.ID); err != nil {
		t.Fatal(err)
	}
	h.mustSignIn(t, try(olive, herons))
}

// TestAttackOnThreeSidecars makes 10,000 tries at three sidecars within an hour,
// from one address that claims to be many. The figures: at most 100 guesses are
// compared, and the owner gets in from elsewhere at any time.
func TestAttackOnThreeSidecars(t *testing.T) {
	h, _ := owned(t)
	houses := []*house{h, join(t, h.prefix, h.clock), join(t, h.prefix, h.clock)}
	before := h.records(t)
	const tries = 10_000
	for i := range tries {
		_, err := houses[i%3].SignIn(t.Context(), signin.Try{Email: olive, Password: fmt.Sprint("guess ", i), Origin: from("203.0.113.9")})
		if code := policy.CodeOf(err); code != policy.Unauthenticated && code != policy.TooMany {
			t.Fatal(err)
		}
		h.clock.pass(time.Hour / tries)
	}
	compared := h.records(t) - before
	t.Logf("%d of %d guesses were compared in an hour", compared, tries)
	if compared > 100 || compared < 5 {
		t.Errorf("%d guesses were compared, want 5 to 100", compared)
	}
	h.mustSignIn(t, try(olive, herons))
}
