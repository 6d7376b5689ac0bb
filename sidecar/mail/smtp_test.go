package mail_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/sidecar/mail"
	"sightline.example/sidecar/mail/mailtest"
)

func wantFault(t *testing.T, err error, permanent bool, detail string) {
	t.Helper()
	e, ok := errors.AsType[*mail.Error](err)
	if !ok {
		t.Fatalf("the error is %v", err)
	}
	if e.Permanent() != permanent || !strings.Contains(e.Error(), detail) {
		t.Errorf("it is %q, for good: %v; want %q, %v", e, e.Permanent(), detail, permanent)
	}
	for _, private := range []string{"ann@client.example", secret, "hunter2"} {
		if strings.Contains(e.Error(), private) {
			t.Errorf("%q tells %s", e, private)
		}
	}
}

func TestMessageArrivesEncrypted(t *testing.T) {
	s := mailtest.Start(t, mailtest.Script{})
	if err := smtp(t, s, nil).Send(t.Context(), setup()); err != nil {
		t.Fatal(err)
	}
	m := s.Wait(t, 1)[0]
	if m.To != "ann@client.example" || m.Subject() != "Harbour Studio invites you to see its work" {
		t.Errorf("to %s: %s", m.To, m.Subject())
	}
	if _, got := m.Link(t); got != secret {
		t.Errorf("the link's secret is %s", got)
	}
	if diff := cmp.Diff([]mailtest.Sender{{From: "hello@harbour.example", Encrypted: true}}, s.Senders()); diff != "" {
		t.Error(diff)
	}
}

func TestFaultsOfMailServers(t *testing.T) {
	for name, c := range map[string]struct {
		script    mailtest.Script
		permanent bool
		detail    string
		taken     int // messages
	}{
		"greylisted":         {mailtest.Script{Greylist: 1}, false, "451", 0},
		"no such user":       {mailtest.Script{Refuse: true}, true, "550", 0},
		"dropped after DATA": {mailtest.Script{Drop: true}, false, "the mail server", 1},
		"slow":               {mailtest.Script{Slow: time.Minute}, false, "the mail server", 0},
		"no STARTTLS":        {mailtest.Script{NoTLS: true}, false, "STARTTLS", 0},
		"wrong certificate":  {mailtest.Script{WrongName: true}, false, "certificate", 0},
		"old certificate":    {mailtest.Script{Expired: true}, false, "certificate", 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := mailtest.Start(t, c.script)
			quick := func(cfg *mail.SMTPConfig) { cfg.Timeout = 2 * time.Second }
			wantFault(t, smtp(t, s, quick).Send(t.Context(), setup()), c.permanent, c.detail)
			if got := len(s.Messages()); got != c.taken {
				t.Errorf("%d messages were taken, want %d", got, c.taken)
			}
			for _, sender := range s.Senders() {
				if !sender.Encrypted {
					t.Error("a sender's address went out in clear")
				}
			}
		})
	}
}

func TestServerThatIsDownIsTriedAgain(t *testing.T) {
	s := mailtest.Start(t, mailtest.Script{})
	sender := smtp(t, s, nil)
	s.Down(t)
	wantFault(t, sender.Send(t.Context(), setup()), false, "refused")
	s.Play(t, mailtest.Script{})
	if err := sender.Send(t.Context(), setup()); err != nil {
		t.Error(err)
	}
}

func TestGreylistedMessageIsTakenTheNextTime(t *testing.T) {
	s := mailtest.Start(t, mailtest.Script{Greylist: 1})
	sender := smtp(t, s, nil)
	wantFault(t, sender.Send(t.Context(), setup()), false, "451")
	if err := sender.Send(t.Context(), setup()); err != nil {
		t.Error(err)
	}
}

func TestServerThatSpeaksTLSFromTheStart(t *testing.T) {
	s := mailtest.Start(t, mailtest.Script{Implicit: true})
	sender := smtp(t, s, func(cfg *mail.SMTPConfig) { cfg.Implicit = true })
	if err := sender.Send(t.Context(), setup()); err != nil {
		t.Fatal(err)
	}
	if got := s.Senders(); len(got) != 1 || !got[0].Encrypted {
		t.Errorf("the server saw %v", got)
	}
	s.Play(t, mailtest.Script{Implicit: true, WrongName: true})
	wantFault(t, sender.Send(t.Context(), setup()), false, "certificate")
}

func TestServerThatWantsAPassword(t *testing.T) {
	s := mailtest.Start(t, mailtest.Script{User: "studio", Password: "hunter2"})
	as := func(password string) *mail.SMTP {
		return smtp(t, s, func(cfg *mail.SMTPConfig) { cfg.User, cfg.Password = "studio", password })
	}
	if err := as("hunter2").Send(t.Context(), setup()); err != nil {
		t.Error(err)
	}
	// A wrong setting can be mended, so the letter waits.
	wantFault(t, as("hunter3").Send(t.Context(), setup()), false, "the mail server can't be used")
	if got := len(s.Messages()); got != 1 {
		t.Errorf("%d messages were taken, want 1", got)
	}
}

func TestUnknownAuthorityIsNotTrusted(t *testing.T) {
	s := mailtest.Start(t, mailtest.Script{})
	sender := smtp(t, s, func(cfg *mail.SMTPConfig) { cfg.CAFile = "" })
	wantFault(t, sender.Send(t.Context(), setup()), false, "certificate")
	if len(s.Senders()) > 0 {
		t.Error("a sender's address went out")
	}
}

func TestSendEndsWithItsContext(t *testing.T) {
	s := mailtest.Start(t, mailtest.Script{Slow: time.Minute})
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	begun := time.Now()
	wantFault(t, smtp(t, s, nil).Send(ctx, setup()), false, "the mail server")
	if took := time.Since(begun); took > 20*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestSettingsThatAreWrong(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, cfg := range map[string]mail.SMTPConfig{
		"no host":                    {Sender: studio},
		"no such authority":          {Sender: studio, Host: "localhost", CAFile: "/nowhere/ca.pem"},
		"authority without any":      {Sender: studio, Host: "localhost", CAFile: empty},
		"port that there is none of": {Sender: studio, Host: "localhost", Port: 70_000},
	} {
		if _, err := mail.NewSMTP(cfg); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
