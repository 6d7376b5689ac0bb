package policy

import (
	"slices"
	"time"
	"unicode/utf8"
)

// Invitation is the one-time offer, mailed as a link, to set a password: for a
// new account, or for one whose password is forgotten. There is one for each
// client or admin at most: a new one takes the old one's place, whose links are
// dead then. What is kept of links is their [Digest].
type Invitation struct {
	ID      InvitationID `json:"id"`
	Type    SubjectType  `json:"type"` // SubjectAdmin or SubjectClient
	Subject string       `json:"subject"`
	Purpose Purpose      `json:"purpose"`
	By      string       `json:"by,omitempty"`   // name of who invites
	Note    string       `json:"note,omitempty"` // in that person's words
	Created time.Time    `json:"created"`
	Expires time.Time    `json:"expires"`
	// Accepted is when a link of it was used. It is kept to tell whoever tries
	// again that this was so.
	Accepted time.Time `json:"accepted,omitzero"`
	Revoked  time.Time `json:"revoked,omitzero"` // likewise
	// Links are those that open it: one for each message that was tried to be
	// sent, and one that was given out by itself. The first used ends all.
	Links    []Digest    `json:"links,omitempty"`
	Sends    []time.Time `json:"sends,omitempty"` // when messages were asked for, in the last day
	Delivery Delivery    `json:"delivery"`
}

// Purpose is what an invitation is for.
type Purpose string

// The purposes.
const (
	PurposeSetup Purpose = "setup" // make the account
	PurposeReset Purpose = "reset" // set another password
)

// Delivery says what became of the message of an invitation.
type Delivery struct {
	State  DeliveryState `json:"state"`
	At     time.Time     `json:"at,omitzero"`
	Detail string        `json:"detail,omitempty"` // the mail server's words
}

// DeliveryState is how far a message has come.
type DeliveryState string

// The states of a delivery.
const (
	DeliveryPending DeliveryState = "pending" // is going to be tried, again perhaps
	DeliverySent    DeliveryState = "sent"    // was taken by the mail server, or written to the folder
	DeliveryFailed  DeliveryState = "failed"  // was refused for good, or in vain for too long
)

// How long invitations live, and how often they are sent.
const (
	SetupLife   = 72 * time.Hour
	ResetLife   = 30 * time.Minute
	MaxSends    = 5 // messages within a day
	sendsWithin = 24 * time.Hour
	MaxLinks    = 64 // of one invitation
	MaxNote     = 2_000
	MaxDetail   = 500 // bytes of what a mail server answers
)

// Opens returns nil if the link with the digest opens i at a time. Else it
// returns a [LinkFault] that tells why not.
func (i *Invitation) Opens(link Digest, now time.Time) error {
	switch {
	case !slices.Contains(i.Links, link):
		return Errorf(LinkFault, "this link was replaced by a newer one")
	case !i.Revoked.IsZero():
		return Errorf(LinkFault, "this link was revoked")
	case !i.Accepted.IsZero():
		return Errorf(LinkFault, "this link was used already")
	case !now.Before(i.Expires):
		return Errorf(LinkFault, "this link has expired")
	}
	return nil
}

// Send counts one more message at a time. It fails with [TooMany] if there were
// as many as there may be in the last day.
func (i *Invitation) Send(now time.Time) error {
	i.Sends = slices.DeleteFunc(slices.Clone(i.Sends), func(t time.Time) bool { return now.Sub(t) >= sendsWithin })
	if len(i.Sends) >= MaxSends {
		return Errorf(TooMany, "%d messages were sent within a day; the next one can be sent at %s",
			MaxSends, i.Sends[0].Add(sendsWithin).UTC().Format(time.RFC3339))
	}
	i.Sends = append(i.Sends, now)
	return nil
}

// Check reports the first thing wrong with i, as an [Invalid] [Error].
func (i *Invitation) Check() error {
	switch {
	case i.Type != SubjectAdmin && i.Type != SubjectClient:
		return FieldErrorf("type", "must be %s or %s", SubjectAdmin, SubjectClient)
	case i.Purpose != PurposeSetup && i.Purpose != PurposeReset:
		return FieldErrorf("purpose", "must be %s or %s", PurposeSetup, PurposeReset)
	case len(i.Links) > MaxLinks:
		return FieldErrorf("links", "are %d; the limit is %d", len(i.Links), MaxLinks)
	case len(i.Delivery.Detail) > MaxDetail:
		return FieldErrorf("delivery.detail", "is %d bytes long; the limit is %d", len(i.Delivery.Detail), MaxDetail)
	}
	return firstError(CheckID("id", string(i.ID)), CheckID("subject", i.Subject), CheckNote("note", i.Note))
}

// CheckNote reports whether note can go into a message. The error is an
// [Invalid] one about field.
func CheckNote(field, note string) error {
	switch {
	case len(note) > MaxNote:
		return FieldErrorf(field, "is %d bytes long; the limit is %d", len(note), MaxNote)
	case !utf8.ValidString(note):
		return FieldErrorf(field, "is not valid UTF-8")
	}
	return nil
}
