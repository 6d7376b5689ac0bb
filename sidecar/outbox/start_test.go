package outbox_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/mail"
	"sightline.example/sidecar/mail/mailtest"
	"sightline.example/sidecar/service"
	"sightline.example/sidecar/sidecartest"
)

// clock is the time of invitations and messages.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// through returns the settings by which messages go through a mail server, which
// has a second or two for each.
func through(s *mailtest.Server) service.Mail {
	return service.Mail{From: "hello@harbour.example", SMTP: &mail.SMTPConfig{
		Host: s.Host, Port: s.Port, CAFile: s.CAFile, Timeout: 2 * time.Second,
	}}
}

// address returns the address of one of many clients.
func address(i int) string { return fmt.Sprintf("client%d@lumen.example", i) }

// invite invites a client, and returns the id and how long the answer took.
func invite(t *testing.T, s *sidecartest.Sidecar, email string) (id string, took time.Duration) {
	t.Helper()
	begun := time.Now()
	done, err := s.Owner.Invite(t.Context(), api.NewInvitation{Email: email}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	return string(done.Value.Value.ID), time.Since(begun)
}

// delivery returns what became of a client's message once that holds which done
// looks for. It fails the test if that takes more than a minute.
func delivery(t *testing.T, s *sidecartest.Sidecar, id string, done func(policy.Delivery) bool) policy.Delivery {
	t.Helper()
	for end := time.Now().Add(time.Minute); ; {
		got, err := s.Owner.Invitation(t.Context(), policy.SubjectClient, id)
		if err != nil {
			t.Fatal(err)
		}
		d := got.Value.Delivery
		if done(d) {
			return d
		}
		if time.Now().After(end) {
			t.Fatalf("the delivery is %+v after a minute", d)
		}
	}
}

func tried(d policy.Delivery) bool { return d.State != policy.DeliveryPending || d.Detail != "" }

func sent(d policy.Delivery) bool { return d.State == policy.DeliverySent }
