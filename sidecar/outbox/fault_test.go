package outbox_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/mail/mailtest"
	"sightline.example/sidecar/sidecartest"
)

// soon is what an answer may take on a machine that is busy with other tests.
const soon = 5 * time.Second

// TestFaultsOfMailServers invites while the mail server has a fault, mends it, and
// sees the message come a minute later by the clock, unless it was refused for good.
func TestFaultsOfMailServers(t *testing.T) {
	clock := newClock()
	post := mailtest.Start(t, mailtest.Script{})
	s := sidecartest.Start(t, sidecartest.Options{Mail: through(post), Clock: clock.Now})
	for i, c := range []struct {
		name   string
		script mailtest.Script
		down   bool
		state  policy.DeliveryState
		detail string
		taken  int  // messages, before the fault is mended
		seen   bool // the server saw a sender's address
	}{
		{name: "down", down: true, state: policy.DeliveryPending, detail: "refused"},
		{name: "slow", script: mailtest.Script{Slow: time.Minute}, state: policy.DeliveryPending, detail: "the mail server", seen: true},
		{name: "greylisted", script: mailtest.Script{Greylist: 1}, state: policy.DeliveryPending, detail: "451", seen: true},
		{name: "no such user", script: mailtest.Script{Refuse: true}, state: policy.DeliveryFailed, detail: "550", seen: true},
		{name: "dropped after DATA", script: mailtest.Script{Drop: true}, state: policy.DeliveryPending, detail: "the mail server", taken: 1, seen: true},
		{name: "no STARTTLS", script: mailtest.Script{NoTLS: true}, state: policy.DeliveryPending, detail: "STARTTLS"},
		{name: "wrong certificate", script: mailtest.Script{WrongName: true}, state: policy.DeliveryPending, detail: "certificate"},
		{name: "old certificate", script: mailtest.Script{Expired: true}, state: policy.DeliveryPending, detail: "certificate"},
	} {
		t.Run(c.name, func(t *testing.T) {
			messages, senders := len(post.Messages()), len(post.Senders())
			post.Play(t, c.script)
			if c.down {
				post.Down(t)
			}
			id, took := invite(t, s, address(i))
			t.Logf("the API answered after %s", took)
			if took > soon {
				t.Errorf("the API answered after %s", took)
			}
			d := delivery(t, s, id, tried)
			if d.State != c.state || !strings.Contains(d.Detail, c.detail) || strings.Contains(d.Detail, address(i)) {
				t.Errorf("the delivery is %+v, want %s and %q", d, c.state, c.detail)
			}
			seen := post.Senders()[senders:]
			if len(post.Messages())-messages != c.taken || len(seen) > 0 != c.seen {
				t.Errorf("the server saw %v and took %d messages", seen, len(post.Messages())-messages)
			}
			if slices.ContainsFunc(seen, func(s mailtest.Sender) bool { return !s.Encrypted }) {
				t.Error("a sender's address went out in clear")
			}
			post.Play(t, mailtest.Script{})
			clock.pass(time.Minute)
			if c.state == policy.DeliveryFailed {
				return
			}
			delivery(t, s, id, sent)
			sameMessage(t, post.Messages()[messages:], c.taken+1, address(i))
		})
	}
}

// sameMessage checks that there are so many copies of one message to somebody.
func sameMessage(t *testing.T, got []mailtest.Message, copies int, to string) {
	t.Helper()
	if len(got) != copies {
		t.Fatalf("%d messages came, want %d", len(got), copies)
	}
	for _, m := range got {
		if id := m.Header.Get("Message-Id"); m.To != to || id == "" || id != got[0].Header.Get("Message-Id") {
			t.Errorf("message %s to %s; want %s to %s", id, m.To, got[0].Header.Get("Message-Id"), to)
		}
	}
}

func TestLetterWaitsForItsTime(t *testing.T) {
	clock := newClock()
	post := mailtest.Start(t, mailtest.Script{Greylist: 1})
	s := sidecartest.Start(t, sidecartest.Options{Mail: through(post), Clock: clock.Now})
	first, _ := invite(t, s, address(1))
	delivery(t, s, first, tried)
	clock.pass(time.Minute - 1)
	// Whoever looks for the second letter finds the first one, too.
	second, _ := invite(t, s, address(2))
	delivery(t, s, second, sent)
	if d := delivery(t, s, first, tried); d.State != policy.DeliveryPending || len(post.Senders()) != 2 {
		t.Errorf("a letter was tried before its time: %+v", d)
	}
	clock.pass(1)
	delivery(t, s, first, sent)
}
