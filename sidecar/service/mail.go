package service

import (
	"context"
	"errors"

	"sightline.example/policy"
	"sightline.example/sidecar/invite"
	"sightline.example/sidecar/mail"
	"sightline.example/sidecar/store"
)

// Mail holds the settings of messages. Without SMTP they are written to Folder.
type Mail struct {
	From   string // the sender's address; empty means sightline@localhost, for folders
	SMTP   *mail.SMTPConfig
	Folder string
}

// transport returns what takes messages.
func (m Mail) transport(sender mail.Sender) (mail.Transport, error) {
	if m.SMTP == nil {
		if m.Folder == "" {
			return nil, errors.New("there is neither a mail server nor a folder for messages")
		}
		return mail.Folder{Sender: sender, Dir: m.Folder}, nil
	}
	server := *m.SMTP
	server.Sender = sender
	return mail.NewSMTP(server)
}

// send returns what the outbox calls: it makes a letter of an envelope.
func send(t mail.Transport) func(context.Context, invite.Envelope) error {
	return func(ctx context.Context, e invite.Envelope) error {
		return t.Send(ctx, mail.Letter{
			ID:      e.Letter.Value.ID,
			Kind:    kindOf(e),
			To:      e.Email,
			By:      e.By,
			Role:    string(e.Role),
			Note:    e.Note,
			Link:    e.Link,
			Expires: e.Expires,
		})
	}
}

func kindOf(e invite.Envelope) mail.Kind {
	switch l := e.Letter.Value; {
	case l.Kind == store.LetterReset:
		return mail.Reset
	case l.Kind == store.LetterChanged:
		return mail.Changed
	case l.Type == policy.SubjectAdmin:
		return mail.AdminSetup
	}
	return mail.Setup
}
