package mail_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

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
		senders   int // who were told to the server: nobody where nothing is encrypted
		taken     int // messages
	}{
		"greylisted": {
			mailtest.Script{Greylist: 1},
			false,
			"the mail server did not take it: it answered 451 4.7.1 greylisted, try again later", 1, 0,
		},
		"no such user": {
			mailtest.Script{Refuse: true},
			true,
			"the mail server did not take it: it answered 550 5.1.1 no such user here", 1, 0,
		},
		"rejected": {
			mailtest.Script{Reject: "looks like spam"},
			true,
			"the mail server did not take it: it answered 554 5.7.1 looks like spam", 1, 0,
		},
		"dropped after DATA": {
			mailtest.Script{Drop: true},
			false,
			"the mail server did not take it: it ended the connection", 1, 1,
		},
		"slow": {
			mailtest.Script{Slow: time.Minute},
			false,
			"the mail server did not take it: it did not answer in time", 1, 0,
		},
		"no STARTTLS": {
			mailtest.Script{NoTLS: true},
			false,
			`the mail server can't be used: STARTTLS mode set to: "TLSMandatory", but target host does not support STARTTLS`, 0, 0,
		},
		"certificate of another host": {
			mailtest.Script{WrongName: true},
			false,
			"the mail server can't be used: tls: failed to verify certificate: x509: certificate is valid for elsewhere.example, not localhost", 0, 0,
		},
		"expired certificate": {
			mailtest.Script{Expired: true},
			false,
			"the mail server can't be used: tls: failed to verify certificate: x509: certificate has expired", 0, 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := mailtest.Start(t, c.script)
			quick := func(cfg *mail.SMTPConfig) { cfg.Timeout = 2 * time.Second }
			wantFault(t, smtp(t, s, quick).Send(t.Context(), setup()), c.permanent, c.detail)
			if got := len(s.Messages()); got != c.taken {
				t.Errorf("%d messages were taken, want %d", got, c.taken)
			}
			want := []mailtest.Sender(nil)
			for range c.senders {
				want = append(want, mailtest.Sender{From: "hello@harbour.example", Encrypted: true})
			}
			if diff := cmp.Diff(want, s.Senders()); diff != "" {
				t.Error(diff)
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
	for name, implicit := range map[string]bool{"STARTTLS": false, "TLS from the start": true} {
		t.Run(name, func(t *testing.T) {
			s := mailtest.Start(t, mailtest.Script{User: "studio", Password: "hunter2", Implicit: implicit})
			as := func(password string) *mail.SMTP {
				return smtp(t, s, func(cfg *mail.SMTPConfig) {
					cfg.User, cfg.Password, cfg.Implicit = "studio", password, implicit
				})
			}
			if err := as("hunter2").Send(t.Context(), setup()); err != nil {
				t.Error(err)
			}
			// A wrong setting can be mended, so the letter waits.
			wantFault(t, as("hunter3").Send(t.Context(), setup()), false,
				"the mail server can't be used: it answered 535 5.7.8 wrong password")
			if got := len(s.Messages()); got != 1 {
				t.Errorf("%d messages were taken, want 1", got)
			}
		})
	}
}

func TestMessageThatWasTakenIsNotSentAgain(t *testing.T) {
	s := mailtest.Start(t, mailtest.Script{HangUp: true})
	if err := smtp(t, s, nil).Send(t.Context(), setup()); err != nil {
		t.Errorf("the server took it, but: %v", err)
	}
}

// What spam filters and broken servers say can have in it what they were sent.
func TestAnswersOfServersTellNoSecrets(t *testing.T) {
	for answer, want := range map[string]string{
		"blocked https://portal.harbour.example/portal/setup/" + secret + " listed": "blocked <link> listed",
		"see HTTPS://other.example/why":                                             "see <link>",
		"bad token " + secret:                                                       "bad token <secret>",
		"portal/setup/" + secret + ".":                                              "portal/setup/<secret>.",
		"no mail for <ann@client.example> by studio, hunter2, aHVudGVyMg==, AHN0dWRpbwBodW50ZXIy": "no mail for <address> by studio, <secret>, <secret>, <secret>",
		"a\x07\u202eb\x00c \xff": "a b c \ufffd",
		strings.Repeat("é", 500): strings.Repeat("é", 125) + "…",
	} {
		s := mailtest.Start(t, mailtest.Script{User: "studio", Password: "hunter2", Reject: answer})
		sender := smtp(t, s, func(cfg *mail.SMTPConfig) { cfg.User, cfg.Password = "studio", "hunter2" })
		err := sender.Send(t.Context(), setup())
		wantFault(t, err, true, "it answered 554 5.7.1 "+want)
		if len(err.Error()) > 320 || strings.ContainsFunc(err.Error(), unicode.IsControl) || strings.ContainsRune(err.Error(), '\u202e') {
			t.Errorf("%q can't be shown", err)
		}
	}
}

func TestServerThatSaysNothingIsGivenUp(t *testing.T) {
	for name, implicit := range map[string]bool{"STARTTLS": false, "TLS from the start": true} {
		t.Run(name, func(t *testing.T) {
			l, err := net.Listen("tcp", "127.0.0.1:0") // nobody answers what it takes
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = l.Close() })
			sender, err := mail.NewSMTP(mail.SMTPConfig{
				Sender: studio, Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Implicit: implicit, Timeout: 100 * time.Millisecond,
			})
			if err != nil {
				t.Fatal(err)
			}
			wantFault(t, sender.Send(t.Context(), setup()), false, "the mail server can't be used: it did not answer in time")
		})
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
	wantFault(t, smtp(t, s, nil).Send(ctx, setup()), false, "the mail server did not take it: it did not answer in time")
	if took := time.Since(begun); took > 20*time.Second {
		t.Errorf("it took %s", took)
	}
}

// The time is for the whole message, however it is spread over the steps.
func TestSlowStepsShareOneTime(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		<-time.After(2500 * time.Millisecond)
		_, _ = conn.Write([]byte("220 localhost\r\n")) // and nothing from then on
	}()
	sender, err := mail.NewSMTP(mail.SMTPConfig{
		Sender: studio, Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Timeout: 3 * time.Second,
	})
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	wantFault(t, sender.Send(t.Context(), setup()), false, "it did not answer in time")
	if took := time.Since(begun); took > 4500*time.Millisecond {
		t.Errorf("it took %s", took)
	}
}

func TestSendEndsWhenItIsCalledOff(t *testing.T) {
	s := mailtest.Start(t, mailtest.Script{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	wantFault(t, smtp(t, s, nil).Send(ctx, setup()), false, "the mail server can't be used: sending was interrupted")
}

func TestManyLettersGoOutAtOnce(t *testing.T) {
	s := mailtest.Start(t, mailtest.Script{User: "studio", Password: "hunter2"})
	sender := smtp(t, s, func(cfg *mail.SMTPConfig) { cfg.User, cfg.Password = "studio", "hunter2" })
	var all sync.WaitGroup
	want := []string{}
	for i := range 16 {
		l := setup()
		l.ID = fmt.Sprintf("letter-%02d", i)
		want = append(want, "<"+l.ID+"@harbour.example>")
		all.Go(func() {
			if err := sender.Send(t.Context(), l); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	got := []string{}
	for _, m := range s.Wait(t, len(want)) {
		got = append(got, m.Header.Get("Message-Id"))
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSettingsThatAreWrong(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, cfg := range map[string]mail.SMTPConfig{
		"no host":                    {Sender: studio},
		"no sender":                  {Host: "localhost"},
		"two senders":                {Host: "localhost", Sender: mail.Sender{Company: "Harbour Studio", From: "a@harbour.example, b@harbour.example"}},
		"sender without a name":      {Host: "localhost", Sender: mail.Sender{Company: "\n", From: "a@harbour.example"}},
		"portal that is no address":  {Host: "localhost", Sender: mail.Sender{Company: "Harbour Studio", From: "a@harbour.example", Portal: "javascript:alert(1)"}},
		"time that is none":          {Sender: studio, Host: "localhost", Timeout: -1},
		"no such authority":          {Sender: studio, Host: "localhost", CAFile: "/nowhere/ca.pem"},
		"authority without any":      {Sender: studio, Host: "localhost", CAFile: empty},
		"port that there is none of": {Sender: studio, Host: "localhost", Port: 70_000},
	} {
		if _, err := mail.NewSMTP(cfg); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
