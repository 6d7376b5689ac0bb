package mail_test

import (
	"testing"
	"time"

	"sightline.example/sidecar/mail"
	"sightline.example/sidecar/mail/mailtest"
)

var now = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return now }

var studio = mail.Sender{Company: "Harbour Studio", From: "hello@harbour.example", Portal: "https://portal.harbour.example/portal"}

const secret = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

func setup() mail.Letter {
	return mail.Letter{
		ID: "letter-1", Kind: mail.Setup, To: "ann@client.example", By: "Olive Owner", Note: "Hello Ann,\nhere you go.",
		Link: "https://portal.harbour.example/portal/setup/" + secret, Expires: now.Add(72 * time.Hour),
	}
}

func smtp(t *testing.T, s *mailtest.Server, change func(*mail.SMTPConfig)) *mail.SMTP {
	t.Helper()
	cfg := mail.SMTPConfig{Sender: studio, Host: s.Host, Port: s.Port, CAFile: s.CAFile, Now: clock}
	if change != nil {
		change(&cfg)
	}
	sender, err := mail.NewSMTP(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return sender
}
