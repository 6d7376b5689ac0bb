package password_test

import (
	"context"
	"encoding/base64"
	"errors"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"

	"golang.org/x/crypto/argon2"

	"sightline.example/policy"
	"sightline.example/sidecar/password"
)

const herons = "four quiet herons at dawn"

func hash(t *testing.T, h *password.Hasher, text string) string {
	t.Helper()
	made, err := h.Hash(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func verify(t *testing.T, h *password.Hasher, hash, text string) password.Match {
	t.Helper()
	m, err := h.Verify(t.Context(), hash, text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestHashIsOfItsPasswordAlone(t *testing.T) {
	h := password.New()
	made := hash(t, h, herons)
	if !regexp.MustCompile(`^\$argon2id\$v=19\$m=65536,t=3,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$`).MatchString(made) {
		t.Errorf("the hash is %q", made)
	}
	if got := verify(t, h, made, herons); got != (password.Match{OK: true}) {
		t.Errorf("its own password gives %+v", got)
	}
	for _, other := range []string{"", herons + " ", strings.ToUpper(herons), herons[:len(herons)-1]} {
		if got := verify(t, h, made, other); got != (password.Match{}) {
			t.Errorf("%q gives %+v", other, got)
		}
	}
	if hash(t, h, herons) == made {
		t.Error("two hashes have the same salt")
	}
}

func TestTheFloorIsTheCheapestThatIsAccepted(t *testing.T) {
	floor := password.AtFloor()
	made := hash(t, floor, herons)
	if !strings.HasPrefix(made, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("the hash is %q", made)
	}
	if got := verify(t, floor, made, herons); got != (password.Match{OK: true}) {
		t.Errorf("its own hash gives %+v", got)
	}
	if got := verify(t, password.New(), made, herons); got != (password.Match{OK: true, Outdated: true}) {
		t.Errorf("the usual hasher gives %+v", got)
	}
}

func TestLongPasswordIsNotCut(t *testing.T) {
	h := password.New()
	long := strings.Repeat("é", 127)
	made := hash(t, h, long+"x")
	if verify(t, h, made, long+"y").OK || !verify(t, h, made, long+"x").OK {
		t.Error("the last of 128 characters does not count")
	}
}

func TestOtherSettingsWorkAndAreOutdated(t *testing.T) {
	h := password.New()
	b64 := base64.RawStdEncoding.EncodeToString
	key := argon2.IDKey([]byte(herons), []byte("sightline"), 2, 19<<10, 1, 32)
	made := "$argon2id$v=19$m=19456,t=2,p=1$" + b64([]byte("sightline")) + "$" + b64(key)
	if got := verify(t, h, made, herons); got != (password.Match{OK: true, Outdated: true}) {
		t.Errorf("got %+v", got)
	}
	if got := verify(t, h, made, "another"); got != (password.Match{}) {
		t.Errorf("got %+v", got)
	}
}

func TestNoHashIsNoMatchAndTakesAsLong(t *testing.T) {
	h := password.New()
	if got := verify(t, h, "", herons); got != (password.Match{}) {
		t.Errorf("got %+v", got)
	}
	if got := verify(t, h, "", ""); got != (password.Match{}) {
		t.Errorf("got %+v", got)
	}
}

func TestHostileHashIsRefusedWithoutItsCost(t *testing.T) {
	h := password.New()
	const rest = "$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	for _, hostile := range []string{
		"$argon2id$v=19$m=4194304,t=3,p=1" + rest,
		"$argon2id$v=19$m=262145,t=3,p=1" + rest,
		"$argon2id$v=19$m=4294967295,t=3,p=1" + rest,
		"$argon2id$v=19$m=65536,t=11,p=1" + rest,
		"$argon2id$v=19$m=65536,t=3,p=9" + rest,
		"$argon2id$v=19$m=65536,t=3,p=0" + rest,
		"$argon2id$v=19$m=19455,t=3,p=1" + rest,
		"$argon2id$v=19$m=65536,t=1,p=1" + rest,
		"$argon2i$v=19$m=65536,t=3,p=1" + rest,
		"$argon2id$v=16$m=65536,t=3,p=1" + rest,
		"$argon2id$v=19$m=65536,t=3,p=1$$",
		"$argon2id$v=19$m=65536,t=3,p=1$" + strings.Repeat("A", 1<<20) + "$" + strings.Repeat("A", 43),
		"$argon2id$v=19$t=3,m=65536,p=1" + rest,
		"$argon2id$v=19$m=065536,t=3,p=1" + rest,
		"$2a$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
		"rubbish",
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got, err := h.Verify(t.Context(), hostile, herons)
		runtime.ReadMemStats(&after)
		if err == nil || got != (password.Match{}) {
			t.Errorf("%.60s gives %+v, %v", hostile, got, err)
		}
		// What is allocated is the dummy's 64 MiB.
		if grown := (after.TotalAlloc - before.TotalAlloc) >> 20; grown > 64+20 {
			t.Errorf("%.60s takes %d MiB", hostile, grown)
		}
	}
}

func TestMoreThanCanWaitAreRefusedAtOnce(t *testing.T) {
	h := password.New()
	ctx, cancel := context.WithCancel(t.Context())
	var all sync.WaitGroup
	outcomes := make(chan error, 200)
	for range cap(outcomes) {
		all.Go(func() {
			_, err := h.Hash(ctx, herons)
			if policy.CodeOf(err) == policy.TooMany {
				cancel() // of those who wait
			}
			outcomes <- err
		})
	}
	all.Wait()
	close(outcomes)
	refused, begun := 0, 0
	for err := range outcomes {
		switch {
		case policy.CodeOf(err) == policy.TooMany:
			refused++
		case err == nil || errors.Is(err, context.Canceled):
			begun++
		default:
			t.Error(err)
		}
	}
	if refused == 0 || begun < 36 {
		t.Errorf("%d were refused and %d not; 36 have room", refused, begun)
	}
	cancel()
}

func BenchmarkHash(b *testing.B) {
	h := password.New()
	for b.Loop() {
		if _, err := h.Hash(b.Context(), herons); err != nil {
			b.Fatal(err)
		}
	}
}
