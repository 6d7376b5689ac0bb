package signin_test

import (
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"sightline.example/policy"
	"sightline.example/sidecar/signin"
)

// withCodes switches codes on for Olive. It returns the secret and the recovery
// codes; the code of the current step is used.
func withCodes(t *testing.T, h *house, owner policy.Caller) (seed string, recovery []string) {
	t.Helper()
	begun, err := h.BeginCodes(t.Context(), owner)
	if err != nil {
		t.Fatal(err)
	}
	done, err := h.ConfirmCodes(t.Context(), owner, codeAt(t, begun.Value.Secret, h.clock.Now()))
	if err != nil {
		t.Fatal(err)
	}
	h.reach(t, done.Revision)
	return begun.Value.Secret, done.Value.Codes
}

func codeAt(t *testing.T, seed string, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(seed, at)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func coded(password, code string) signin.Try {
	tr := try(olive, password)
	tr.Code = code
	return tr
}

func TestCodesAreForProgramsThatShowThem(t *testing.T) {
	h, owner := owned(t)
	begun, err := h.BeginCodes(t.Context(), owner)
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(begun.Value.URL)
	if err != nil || u.Scheme != "otpauth" || u.Host != "totp" || u.Path != "/Sightline:"+olive || u.Query().Get("secret") != begun.Value.Secret {
		t.Errorf("the URL is %s (%v)", begun.Value.URL, err)
	}
	h.mustSignIn(t, try(olive, herons)) // not on yet
	_, err = h.ConfirmCodes(t.Context(), owner, "000000")
	wantCode(t, err, policy.Invalid)
}

func TestSignInNeedsACodeOnceTheyAreOn(t *testing.T) {
	h, owner := owned(t)
	seed, recovery := withCodes(t, h, owner)
	if len(recovery) != 10 {
		t.Errorf("there are %d recovery codes", len(recovery))
	}
	h.clock.pass(time.Minute)
	_, err := h.SignIn(t.Context(), coded(herons, ""))
	wantCode(t, err, policy.CodeRequired)
	_, err = h.SignIn(t.Context(), coded(herons, "123456"))
	wantCode(t, err, policy.CodeRequired)
	if deed := h.lastDeed(t); deed.Action != "fail_sign_in" || deed.ID != owner.ID {
		t.Errorf("the record is %+v", deed)
	}
	// Whoever does not know the password does not learn that there are codes.
	_, err = h.SignIn(t.Context(), coded(otters, codeAt(t, seed, h.clock.Now())))
	wantCode(t, err, policy.Unauthenticated)
	h.mustSignIn(t, coded(herons, codeAt(t, seed, h.clock.Now())))
}

func TestCodeIsGoodOnceAndOneStepOff(t *testing.T) {
	h, owner := owned(t)
	seed, _ := withCodes(t, h, owner)
	for _, c := range []struct {
		off  time.Duration
		want policy.Code
	}{
		{-60 * time.Second, policy.CodeRequired},
		{-30 * time.Second, ""},
		{-30 * time.Second, policy.CodeRequired},
		{0, ""},
		{0, policy.CodeRequired},
		{30 * time.Second, ""},
		{30 * time.Second, policy.CodeRequired},
		{0, policy.CodeRequired},
		{60 * time.Second, policy.CodeRequired},
	} {
		if c.off == -60*time.Second {
			h.clock.pass(time.Hour)
		}
		_, err := h.SignIn(t.Context(), coded(herons, codeAt(t, seed, h.clock.Now().Add(c.off))))
		if policy.CodeOf(err) != c.want {
			t.Errorf("the code of %s gives %v, want %q", c.off, err, c.want)
		}
	}
}

func TestConfirmedCodeIsUsed(t *testing.T) {
	h, owner := owned(t)
	seed, _ := withCodes(t, h, owner)
	_, err := h.SignIn(t.Context(), coded(herons, codeAt(t, seed, h.clock.Now())))
	wantCode(t, err, policy.CodeRequired)
}

func TestParallelUsesOfACodeAreOne(t *testing.T) {
	h, owner := owned(t)
	seed, recovery := withCodes(t, h, owner)
	for _, code := range []string{codeAt(t, seed, h.clock.Now().Add(30*time.Second)), recovery[0]} {
		h.clock.pass(time.Minute)
		if code != recovery[0] {
			code = codeAt(t, seed, h.clock.Now())
		}
		var all sync.WaitGroup
		outcomes := make(chan error, 4)
		for range cap(outcomes) {
			all.Go(func() {
				_, err := h.SignIn(t.Context(), coded(herons, code))
				outcomes <- err
			})
		}
		all.Wait()
		close(outcomes)
		entered := 0
		for err := range outcomes {
			if err == nil {
				entered++
			} else if policy.CodeOf(err) != policy.CodeRequired {
				t.Error(err)
			}
		}
		if entered != 1 {
			t.Errorf("%d got in with one code, want 1", entered)
		}
	}
}

func TestRecoveryCodesAreGoodOnceHoweverTyped(t *testing.T) {
	h, owner := owned(t)
	_, recovery := withCodes(t, h, owner)
	h.mustSignIn(t, coded(herons, recovery[3]))
	_, err := h.SignIn(t.Context(), coded(herons, recovery[3]))
	wantCode(t, err, policy.CodeRequired)
	h.mustSignIn(t, coded(herons, strings.ToLower(strings.ReplaceAll(recovery[4], "-", " "))))
	stored, err := h.store.Secrets(policy.SubjectAdmin).Get(t.Context(), owner.ID)
	if err != nil || len(stored.Value.Recovery) != 8 {
		t.Errorf("%d are left (%v), want 8", len(stored.Value.Recovery), err)
	}
	for _, digest := range stored.Value.Recovery {
		for _, code := range recovery {
			if strings.Contains(string(digest), code) {
				t.Error("a code is stored as it is")
			}
		}
	}
}

func TestCodesAreSwitchedOffWithThePassword(t *testing.T) {
	h, owner := owned(t)
	withCodes(t, h, owner)
	_, err := h.BeginCodes(t.Context(), owner)
	wantCode(t, err, policy.Conflict)
	_, err = h.StopCodes(t.Context(), owner, otters)
	wantCode(t, err, policy.Invalid)
	if _, err := h.StopCodes(t.Context(), owner, herons); err != nil {
		t.Fatal(err)
	}
	h.mustSignIn(t, try(olive, herons))
	stored, err := h.store.Secrets(policy.SubjectAdmin).Get(t.Context(), owner.ID)
	if err != nil || stored.Value.Seed != "" || stored.Value.Recovery != nil {
		t.Errorf("what is left is %+v (%v)", stored.Value, err)
	}
	_, err = h.ConfirmCodes(t.Context(), owner, "123456")
	wantCode(t, err, policy.Conflict)
}

func TestCodesAreForWhoIsSignedIn(t *testing.T) {
	h, owner := owned(t)
	key := policy.Caller{Type: policy.SubjectKey, ID: owner.ID, Role: policy.RoleOwner}
	_, err := h.BeginCodes(t.Context(), key)
	wantCode(t, err, policy.Forbidden)
	_, err = h.ConfirmCodes(t.Context(), key, "123456")
	wantCode(t, err, policy.Forbidden)
	_, err = h.StopCodes(t.Context(), key, herons)
	wantCode(t, err, policy.Forbidden)
}
