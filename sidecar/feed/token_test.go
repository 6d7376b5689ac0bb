package feed_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/feed"
	"sightline.example/sidecar/store"
)

func wantCode(t *testing.T, err error, want policy.Code) {
	t.Helper()
	if got := policy.CodeOf(err); got != want {
		t.Errorf("code %q, want %q: %v", got, want, err)
	}
}

func TestATokenCarriesARevision(t *testing.T) {
	f := follow(t, feed.Config{Store: newSource()})
	if err := f.WaitFor(t.Context(), 10); err != nil {
		t.Fatal(err)
	}
	const token = "v1.AQIDBAUGBwgAAAAAAAAAKtpO13H0CfI7"
	if got := f.Token(42); got != token {
		t.Errorf("got %s", got)
	}
	if got, err := f.ParseToken(token); got != 42 || err != nil {
		t.Errorf("got %d, %v", got, err)
	}
	if f.Epoch() != "0102030405060708" {
		t.Errorf("epoch %s", f.Epoch())
	}
}

func TestForgedTokensAreRefused(t *testing.T) {
	f := follow(t, feed.Config{Store: newSource()})
	if err := f.WaitFor(t.Context(), 10); err != nil {
		t.Fatal(err)
	}
	good := f.Token(42)
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(good, "v1."))
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		for bit := range 8 {
			forged := append([]byte(nil), raw...)
			forged[i] ^= 1 << bit
			_, err := f.ParseToken("v1." + base64.RawURLEncoding.EncodeToString(forged))
			want := policy.Invalid
			if i < 8 {
				want = policy.EpochChanged
			}
			wantCode(t, err, want)
		}
	}
	for _, text := range []string{"", "v1.", good[3:], "v2." + good[3:], good + "A", good + "AA", good[:10] + "\n" + good[10:], good[:len(good)-1], good + "=", " " + good, "v1.////"} {
		_, err := f.ParseToken(text)
		wantCode(t, err, policy.Invalid)
	}
}

func TestATokenDiesWithItsEpoch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSource()
		f := follow(t, feed.Config{Store: s})
		synctest.Wait()
		token := f.Token(42)
		s.set(func(s *source) {
			s.snapshot.Epoch.ID = store.EpochID{9}
			s.epoch = store.EpochID{9}
		})
		time.Sleep(5 * time.Second)
		_, err := f.ParseToken(token)
		wantCode(t, err, policy.EpochChanged)
		if got, err := f.ParseToken(f.Token(42)); got != 42 || err != nil {
			t.Errorf("got %d, %v", got, err)
		}
	})
}

func TestThereAreNoTokensBeforeASnapshot(t *testing.T) {
	f := feed.New(feed.Config{Store: newSource()})
	if f.Token(1) != "" || f.Epoch() != "" {
		t.Error("there are")
	}
	_, err := f.ParseToken("v1.AQIDBAUGBwgAAAAAAAAAKtpO13H0CfI7")
	wantCode(t, err, policy.Unavailable)
}

func TestWaitFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSource()
		f := follow(t, feed.Config{Store: s})
		reached := make(chan error, 1)
		go func() { reached <- f.WaitFor(t.Context(), 12) }()
		synctest.Wait()
		s.batches <- store.Batch{Revision: 11}
		synctest.Wait()
		select {
		case err := <-reached:
			t.Fatalf("returned at revision 11: %v", err)
		default:
		}
		s.batches <- store.Batch{Revision: 13}
		if err := <-reached; err != nil {
			t.Error(err)
		}
		if f.snapshot().Revision() != 13 {
			t.Error("it returned before the snapshot was swapped")
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := f.WaitFor(ctx, 14); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
}

func TestKeysAreTheStoresOwnAndOfOnePurposeEach(t *testing.T) {
	f := follow(t, feed.Config{Store: newSource()})
	if err := f.WaitFor(t.Context(), 10); err != nil {
		t.Fatal(err)
	}
	another := newSource()
	another.snapshot.Epoch.TokenKey = bytes.Repeat([]byte{8}, 32)
	g := follow(t, feed.Config{Store: another})
	if err := g.WaitFor(t.Context(), 10); err != nil {
		t.Fatal(err)
	}
	one, ok := f.Key("lists")
	again, _ := f.Key("lists")
	if !ok || len(one) != 32 || !bytes.Equal(one, again) {
		t.Errorf("the key is %x, then %x", one, again)
	}
	for _, other := range []*running{f, g} {
		key, _ := other.Key(map[bool]string{true: "pages", false: "lists"}[other == f])
		if bytes.Equal(one, key) {
			t.Error("it is the same for another purpose or store")
		}
	}
	if _, ok := feed.New(feed.Config{}).Key("lists"); ok {
		t.Error("there is a key without a store")
	}
}
