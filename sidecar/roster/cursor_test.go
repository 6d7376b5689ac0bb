package roster_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"sightline.example/policy"
	"sightline.example/sidecar/roster"
)

// three returns a list of three clients.
func three(tb testing.TB) *list {
	tb.Helper()
	return start(tb, client(named("a", "Zoe")), client(named("b", "Yves")), client(named("c", "Xenia")))
}

// wantRefused fails the test unless the error is about the cursor.
func wantRefused(tb testing.TB, err error) {
	tb.Helper()
	e, ok := errors.AsType[*policy.Error](err)
	if !ok || e.Code != policy.Invalid || e.Field != "after" {
		tb.Errorf("the error is %v", err)
	}
}

func TestCursorsThatWereTamperedWithAreRefused(t *testing.T) {
	l := three(t)
	q := roster.Query{Sort: roster.ByName, Limit: 1}
	good := l.page(t, q).Next
	raw, err := base64.RawURLEncoding.DecodeString(good)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		forged := tamper(r, raw)
		if string(forged) == string(raw) || len(forged) == 0 { // nothing at all asks for the first page
			continue
		}
		q.After = base64.RawURLEncoding.EncodeToString(forged)
		_, err := l.List(t.Context(), auditor, q)
		wantRefused(t, err)
	}
}

// tamper returns bytes with some changed, left out or added.
func tamper(r *rand.Rand, raw []byte) []byte {
	forged := append([]byte{}, raw...)
	for range 1 + r.IntN(3) {
		if len(forged) == 0 {
			return forged
		}
		i := r.IntN(len(forged))
		switch r.IntN(4) {
		case 0:
			forged = append(forged[:i:i], forged[i+1:]...)
		case 1:
			forged = append(forged[:i:i], append([]byte{byte(r.IntN(256))}, forged[i:]...)...)
		case 2:
			forged = forged[:i]
		default:
			forged[i] ^= 1 << r.IntN(8)
		}
	}
	return forged
}

func TestACursorIsWrittenInOneWay(t *testing.T) {
	l := three(t)
	q := roster.Query{Limit: 1}
	good := l.page(t, q).Next
	for _, other := range []string{good + "\n", "\r\n" + good, good[:3] + "\n" + good[3:], good + "=", good + "A", strings.Repeat("A", 9_000)} {
		q.After = other
		_, err := l.List(t.Context(), auditor, q)
		wantRefused(t, err)
	}
}

func TestACursorIsGoodForItsListOnly(t *testing.T) {
	l := three(t)
	next := l.page(t, roster.Query{Limit: 1}).Next
	for _, same := range []roster.Query{{Limit: 2}, {Limit: 1, Count: true}, {Limit: 1, Sort: roster.ByID}} {
		same.After = next
		if page := l.page(t, same); page.Items[0].Value.ID != "b" {
			t.Errorf("%+v goes on with %s", same, page.Items[0].Value.ID)
		}
	}
	for _, other := range []roster.Query{
		{Search: "example"},
		{Status: policy.Active},
		{Mode: policy.ModeNone},
		{Screencasts: no()},
		{Group: "g"},
		{Project: "p"},
		{Dead: no()},
		{Seen: no()},
		{SeenBefore: noon},
		{ExpiresBefore: noon},
		{Sort: roster.ByName},
		{Descending: true},
	} {
		other.After, other.Limit = next, 1
		_, err := l.List(t.Context(), auditor, other)
		wantRefused(t, err)
	}
}

func TestACursorNeedsTheKeyItWasMadeWith(t *testing.T) {
	l := three(t)
	next := l.page(t, roster.Query{Limit: 1}).Next
	other := roster.New(roster.Config{
		Authoriser: rules(t),
		Key:        func() ([]byte, bool) { return []byte("another key"), true },
	})
	other.Follow(l.data, nil)
	_, err := other.List(t.Context(), auditor, roster.Query{Limit: 1, After: next})
	wantRefused(t, err)
}

func TestAPageBeginsWhereTheLastClientStood(t *testing.T) {
	for _, s := range roster.Sorts() {
		t.Run(string(s), func(t *testing.T) {
			l := three(t)
			q := roster.Query{Sort: s, Limit: 2}
			first := l.page(t, q)
			last := first.Items[1].Value.ID
			q.After = first.Next
			rest := fmt.Sprint(l.ids(t, q))
			l.change(gone(policy.KindClients, string(last)))
			if got := fmt.Sprint(l.ids(t, q)); got != rest {
				t.Errorf("after %s is gone %s follow, not %s", last, got, rest)
			}
		})
	}
}

func FuzzCursor(f *testing.F) {
	l := three(f)
	q := roster.Query{Limit: 1, Sort: roster.ByName}
	good := l.page(f, q).Next
	f.Add(good)
	f.Add("")
	f.Add("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	f.Fuzz(func(t *testing.T, text string) {
		q := q
		q.After = text
		_, err := l.List(t.Context(), auditor, q)
		if text == "" || text == good {
			if err != nil {
				t.Error(err)
			}
			return
		}
		wantRefused(t, err)
	})
}
