package invite

import (
	"context"
	"strings"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/store"
)

const day = 24 * time.Hour

// Envelope is a letter that is ready to be sent.
type Envelope struct {
	Letter  store.Versioned[store.Letter]
	Email   string
	Name    string
	Role    policy.Role // of an admin
	By      string      // who invites; empty for letters that nobody sends
	Note    string
	Link    string // empty for letters without
	Expires time.Time
}

// errNobody says that there is nobody any more to send a letter to.
var errNobody = policy.Errorf(policy.NotFound, "the letter has come to be of no use")

// errLate says that the link in a letter would have expired already.
var errLate = policy.Errorf(policy.LinkFault, "the letter is too late")

// pause returns how long to wait after so many tries and one before the next one
// (RFC 5321, section 4.5.4.1); the last pause repeats.
func pause(tries int) time.Duration {
	pauses := []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, 2 * time.Hour}
	return pauses[min(tries, len(pauses)-1)]
}

// Prepare makes a letter ready for one more try: it counts the try, looks the
// address up and makes the link. A letter that has come to be of no use is
// removed, and one whose link would have expired is given up; it gives false then.
func (v *Invite) Prepare(ctx context.Context, l store.Versioned[store.Letter]) (Envelope, bool, error) {
	e, err := v.prepare(ctx, l)
	switch err {
	case errNobody:
		_, err := v.Store.Touch(ctx, v.Store.Outbox().Delete(l.Value.ID, l.Revision))
		return Envelope{}, false, err
	case errLate:
		return Envelope{}, false, v.end(ctx, Envelope{Letter: l}, actionFailed, policy.Delivery{
			State: policy.DeliveryFailed, At: v.now(), Detail: "there was no time left to send the message",
		})
	}
	return e, err == nil, err
}

func (v *Invite) prepare(ctx context.Context, l store.Versioned[store.Letter]) (Envelope, error) {
	if l.Value.Kind == store.LetterReset && l.Value.Invitation == "" {
		var err error
		if l, err = v.beginReset(ctx, l); err != nil {
			return Envelope{}, err
		}
	}
	who, err := v.subject(ctx, l.Value.Type, l.Value.Subject)
	if policy.CodeOf(err) == policy.NotFound {
		return Envelope{}, errNobody
	}
	if err != nil {
		return Envelope{}, err
	}
	e := Envelope{Email: who.email, Name: who.name, Role: who.role}
	next := l.Value
	next.Tries++
	next.Next = v.now().Add(pause(l.Value.Tries))
	ops := []store.Op{v.Store.Outbox().Replace(next.ID, next, l.Revision)}
	if next.Kind != store.LetterChanged {
		links, err := v.addLink(ctx, who, next, &e)
		if err != nil {
			return Envelope{}, err
		}
		ops = append(ops, links...)
	}
	revision, err := v.Store.Touch(ctx, ops...)
	e.Letter = store.Versioned[store.Letter]{Value: next, Revision: revision}
	return e, err
}

// addLink makes a link for a letter, and returns the changes that let it open
// the invitation.
func (v *Invite) addLink(ctx context.Context, who subject, l store.Letter, e *Envelope) ([]store.Op, error) {
	i, revision, err := v.invitation(ctx, l.Type, l.Subject)
	if err != nil {
		return nil, err
	}
	if i == nil || i.ID != l.Invitation || !i.Accepted.IsZero() || !i.Revoked.IsZero() || !(opened{Invitation: *i}).fits(who.status) {
		return nil, errNobody
	}
	if !v.now().Before(i.Expires) {
		return nil, errLate
	}
	text := policy.NewLinkText()
	digest := policy.DigestOf(text)
	e.By, e.Note, e.Expires = i.By, i.Note, i.Expires
	e.Link = v.LinkTo(i.Purpose, text)
	var ops []store.Op
	if len(i.Links) == policy.MaxLinks {
		ops = append(ops, v.Store.Links().Drop(string(i.Links[0])))
		i.Links = i.Links[1:]
	}
	i.Links = append(i.Links[:len(i.Links):len(i.Links)], digest)
	return append(ops,
		v.Store.Invitations(i.Type).Replace(i.Subject, *i, revision),
		v.Store.Links().Create(string(digest), store.Link{ID: digest, Type: i.Type, Subject: i.Subject}),
	), nil
}

// beginReset finds whose password is to be reset, and makes the invitation to do
// so. It gives errNobody if the address is nobody's who has an account.
func (v *Invite) beginReset(ctx context.Context, l store.Versioned[store.Letter]) (store.Versioned[store.Letter], error) {
	letter := l.Value
	address, err := v.Store.Addresses(letter.Type).Get(ctx, letter.Subject)
	if policy.CodeOf(err) == policy.NotFound {
		return l, errNobody
	}
	if err != nil {
		return l, err
	}
	who, err := v.subject(ctx, letter.Type, address.Value.Subject)
	if policy.CodeOf(err) == policy.NotFound || err == nil && who.status != policy.Active {
		return l, errNobody
	}
	if err != nil {
		return l, err
	}
	if _, err := v.Store.Secrets(letter.Type).Get(ctx, address.Value.Subject); err != nil {
		if policy.CodeOf(err) == policy.NotFound {
			return l, errNobody
		}
		return l, err
	}
	return v.inviteToReset(ctx, l, address.Value.Subject, who)
}

func (v *Invite) inviteToReset(ctx context.Context, l store.Versioned[store.Letter], id string, who subject) (store.Versioned[store.Letter], error) {
	_, revision, err := v.invitation(ctx, l.Value.Type, id)
	if err != nil {
		return l, err
	}
	now := v.now()
	letter := l.Value
	letter.Subject, letter.Invitation = id, policy.InvitationID(newID())
	i := policy.Invitation{
		ID: letter.Invitation, Type: letter.Type, Subject: id, Purpose: policy.PurposeReset,
		Created: now, Expires: now.Add(policy.ResetLife), Delivery: policy.Delivery{State: policy.DeliveryPending, At: now},
	}
	ch := admin.Change{
		Caller: policy.System("reset"),
		Intent: admin.Intent{Action: actionAsk, Kind: who.kind, ID: id},
	}
	done, err := admin.Commit(ctx, v.Admin, ch, struct{}{},
		v.Store.Outbox().Replace(letter.ID, letter, l.Revision),
		v.Store.Invitations(letter.Type).Save(id, i, revision))
	return store.Versioned[store.Letter]{Value: letter, Revision: done.Revision}, err
}

// Sent says that the message of a letter was taken.
func (v *Invite) Sent(ctx context.Context, e Envelope) error {
	return v.end(ctx, e, actionSent, policy.Delivery{State: policy.DeliverySent, At: v.now()})
}

// Refused says that the message of a letter was refused, for good or for now.
// The detail is the mail server's answer, shown to admins. A letter that has no
// time left is given up.
func (v *Invite) Refused(ctx context.Context, e Envelope, detail string, permanent bool) error {
	detail = strings.ToValidUTF8(detail[:min(len(detail), policy.MaxDetail)], "")
	limit := e.Expires
	if limit.IsZero() {
		limit = e.Letter.Value.Created.Add(policy.SetupLife)
	}
	if permanent || !e.Letter.Value.Next.Before(limit) {
		return v.end(ctx, e, actionFailed, policy.Delivery{State: policy.DeliveryFailed, At: v.now(), Detail: detail})
	}
	waits := policy.Delivery{State: policy.DeliveryPending, At: v.now(), Detail: detail}
	return v.tell(ctx, e, waits, func(ops ...store.Op) error {
		if len(ops) == 0 {
			return nil
		}
		_, err := v.Store.Touch(ctx, ops...)
		return err
	})
}

// end removes a letter, and writes what became of it.
func (v *Invite) end(ctx context.Context, e Envelope, action string, d policy.Delivery) error {
	l := e.Letter
	gone := policy.Errorf(policy.NotFound, "the letter has been dealt with")
	ch := admin.Change{
		Caller: policy.System("outbox"),
		Intent: admin.Intent{Action: action, Kind: kindOf(l.Value.Type), ID: l.Value.Subject},
		Detail: string(l.Value.Kind) + " " + l.Value.ID,
		After:  d,
	}
	return v.tell(ctx, e, d, func(ops ...store.Op) error {
		ops = append(ops, v.Store.Outbox().Delete(l.Value.ID, l.Revision).Or(gone))
		_, err := admin.Commit(ctx, v.Admin, ch, struct{}{}, ops...)
		return err
	})
}

// tell calls write with the change that tells an invitation what became of its
// letter, or with none if it has none any more. Whoever accepts or revokes the
// invitation meanwhile does not keep the news from being written.
func (v *Invite) tell(ctx context.Context, e Envelope, d policy.Delivery, write func(...store.Op) error) error {
	for {
		op, found, err := v.delivered(ctx, e, d)
		switch {
		case err != nil:
			return err
		case !found:
			return write()
		}
		if err := write(op); policy.CodeOf(err) != policy.Stale {
			return err
		}
	}
}

// delivered returns the change of the invitation that a letter carries, and
// false if there is none any more.
func (v *Invite) delivered(ctx context.Context, e Envelope, d policy.Delivery) (store.Op, bool, error) {
	l := e.Letter.Value
	i, revision, err := v.invitation(ctx, l.Type, l.Subject)
	if err != nil || i == nil || i.ID != l.Invitation {
		return store.Op{}, false, err
	}
	i.Delivery = d
	return v.Store.Invitations(l.Type).Replace(l.Subject, *i, revision), true, nil
}
