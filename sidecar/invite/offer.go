package invite

import (
	"sightline.example/policy"
	"sightline.example/sidecar/store"
)

// offer is an invitation about to be stored, with the letter that carries it
// and, if it is asked for, a link.
type offer struct {
	policy.Invitation
	letter store.Letter
	link   string // the text; empty for none
}

// offer returns another invitation of the one before, nil for none. It fails
// with policy.TooMany if too many were sent.
func (v *Invite) offer(of policy.SubjectType, subject string, by policy.Caller, note string, link bool, before *policy.Invitation) (offer, error) {
	now := v.now()
	o := offer{Invitation: policy.Invitation{
		ID: policy.InvitationID(newID()), Type: of, Subject: subject, Purpose: policy.PurposeSetup,
		By: by.Name, Note: note, Created: now, Expires: now.Add(policy.SetupLife),
		Delivery: policy.Delivery{State: policy.DeliveryPending, At: now},
	}}
	if before != nil {
		o.Sends = before.Sends
		if note == "" {
			o.Note = before.Note
		}
	}
	if err := o.Send(now); err != nil {
		return o, err
	}
	if link {
		o.link = policy.NewLinkText()
		o.Links = []policy.Digest{policy.DigestOf(o.link)}
	}
	o.letter = store.Letter{
		ID: newID(), Kind: store.LetterSetup, Type: of, Subject: subject, Invitation: o.ID, Created: now, Next: now,
	}
	return o, nil
}

// ops returns the changes that store an offer in the place of the invitation of
// the given revision, 0 for none.
func (v *Invite) ops(o offer, revision int64) []store.Op {
	ops := []store.Op{
		v.Store.Invitations(o.Type).Save(o.Subject, o.Invitation, revision),
		v.Store.Outbox().Create(o.letter.ID, o.letter),
	}
	for _, digest := range o.Links {
		ops = append(ops, v.Store.Links().Create(string(digest), store.Link{ID: digest, Type: o.Type, Subject: o.Subject}))
	}
	return ops
}

// address returns the address of the page that an offer's link opens, empty if
// it has none.
func (v *Invite) address(o offer) string {
	if o.link == "" {
		return ""
	}
	return v.LinkTo(o.Purpose, o.link)
}
