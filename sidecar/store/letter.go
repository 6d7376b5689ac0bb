package store

import (
	"time"

	"sightline.example/policy"
)

// Letter is a message that is to be sent: an entry of the outbox. It has neither
// address nor link. The address is looked up, and the link made, when it is
// sent: so nothing that opens an account is ever stored.
type Letter struct {
	ID         string              `json:"id"`      // also the message's own id, however often it is tried
	Kind       LetterKind          `json:"message"` // "kind" is that of the stored value
	Type       policy.SubjectType  `json:"type"`
	Subject    string              `json:"subject"`
	Invitation policy.InvitationID `json:"invitation,omitempty"`
	Created    time.Time           `json:"created"`
	Tries      int                 `json:"tries,omitempty"`
	Next       time.Time           `json:"next"` // not to be tried before
}

// LetterKind is which message it is.
type LetterKind string

// The kinds of letters.
const (
	LetterSetup   LetterKind = "setup"   // the link to make an account
	LetterReset   LetterKind = "reset"   // the link to set another password
	LetterChanged LetterKind = "changed" // the news that the password was changed
)

func (l *Letter) check() error {
	return firstOf(policy.CheckID("id", l.ID), policy.CheckID("subject", l.Subject))
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
