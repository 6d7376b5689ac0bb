package lang_test

import (
	"regexp"
	"testing"
	"time"

	"sightline.example/desktop/lang"
	"sightline.example/sidecar/mail"
	"sightline.example/sidecar/mail/mailtest"
)

// foreign is what must not reach an admin: codes, and words of programs.
var foreign = regexp.MustCompile(`\d|tcp|tls|x509|STARTTLS|SMTP|error`)

func letter() mail.Letter {
	return mail.Letter{
		ID: "1", Kind: mail.Setup, To: "ann@client.example", Link: "https://sightline.example/setup/secret", Expires: time.Now().Add(time.Hour),
	}
}

func TestWhatMailServersDoIsToldInTheAppsWords(t *testing.T) {
	for name, test := range map[string]struct {
		script mailtest.Script
		spoil  func(*mail.SMTPConfig)
		want   string
	}{
		"a refused address": {script: mailtest.Script{Refuse: true}, want: "The mail server does not know the address. Check how it is written."},
		"not allowed": {
			script: mailtest.Script{Reject: "looks like spam"},
			want:   "The mail server does not let this message through. Tell whoever runs the sidecar. The mail server says: “looks like spam”",
		},
		"later":            {script: mailtest.Script{Greylist: 1}, want: "The mail server takes no messages just now."},
		"cut off":          {script: mailtest.Script{Drop: true}, want: "The connection to the mail server broke off."},
		"slow":             {script: mailtest.Script{Slow: time.Minute}, want: "The mail server did not answer in time."},
		"not encrypted":    {script: mailtest.Script{NoTLS: true}, want: "No connection to the mail server comes about that nobody else can read. Tell whoever runs the sidecar."},
		"another computer": {script: mailtest.Script{WrongName: true}, want: "No connection to the mail server comes about that nobody else can read. Tell whoever runs the sidecar."},
		"a wrong password": {
			script: mailtest.Script{User: "sidecar", Password: "right"},
			spoil:  func(c *mail.SMTPConfig) { c.User, c.Password = "sidecar", "wrong" },
			want:   "The mail server does not let the sidecar sign in. Tell whoever runs the sidecar.",
		},
		"no such computer": {
			spoil: func(c *mail.SMTPConfig) { c.Host = "mail.invalid" },
			want:  "The mail server can't be reached. If it stays like this, tell whoever runs the sidecar.",
		},
		"nobody there": {
			spoil: func(c *mail.SMTPConfig) { c.Port = 1 },
			want:  "The mail server can't be reached. If it stays like this, tell whoever runs the sidecar.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := mailtest.Start(t, test.script)
			cfg := mail.SMTPConfig{
				Sender: mail.Sender{Company: "Harbour", From: "hello@harbour.example"},
				Host:   s.Host, Port: s.Port, CAFile: s.CAFile, Timeout: 2 * time.Second,
			}
			if test.spoil != nil {
				test.spoil(&cfg)
			}
			smtp, err := mail.NewSMTP(cfg)
			if err != nil {
				t.Fatal(err)
			}
			err = smtp.Send(t.Context(), letter())
			if err == nil {
				t.Fatal("it was sent")
			}
			if got := lang.Delivery(err.Error()); got != test.want || foreign.MatchString(got) {
				t.Errorf("%q is told as %q, want %q", err, got, test.want)
			}
		})
	}
}

func TestAnswersOfMailServersAreToldByTheirKind(t *testing.T) {
	for answer, want := range map[string]string{
		"550 No such user":          "The mail server does not know the address. Check how it is written.",
		"553 5.1.3 bad address":     "The mail server does not know the address. Check how it is written.",
		"550 5.1.8 sender rejected": "The mail server does not take messages from the sidecar's own address. Tell whoever runs the sidecar. The mail server says: “sender rejected”",
		"552 5.3.4 message too big": "The message is too large for the mail server. Invite again, with a shorter note.",
		"452 4.2.2 mailbox full":    "The mailbox takes no messages: it is full or closed. Ask the client by other means. The mail server says: “mailbox full”",
		"550 5.7.1 blocked":         "The mail server does not let this message through. Tell whoever runs the sidecar. The mail server says: “blocked”",
		"421 closing":               "The mail server takes no messages just now.",
		"554 ":                      "The mail server does not let this message through. Tell whoever runs the sidecar.",
	} {
		if got := lang.Delivery("the mail server did not take it: it answered " + answer); got != want {
			t.Errorf("%q is told as %q, want %q", answer, got, want)
		}
	}
}

func TestOtherHitchesAreToldToo(t *testing.T) {
	unwritable := mail.Folder{Sender: mail.Sender{Company: "Harbour", From: "hello@harbour.example"}, Dir: "/dev/null/letters"}
	wrong := letter()
	wrong.To = "nobody"
	for want, err := range map[string]error{
		"The sidecar can't write to its folder for messages. Tell whoever runs the sidecar.": unwritable.Send(t.Context(), letter()),
		"No message can be sent to this address. Check how it is written.":                   unwritable.Send(t.Context(), wrong),
		"The message could not be made. Tell whoever runs the sidecar.":                      mail.Folder{}.Send(t.Context(), letter()),
	} {
		if got := lang.Delivery(err.Error()); got != want {
			t.Errorf("%q is told as %q, want %q", err, got, want)
		}
	}
}
