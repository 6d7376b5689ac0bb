package detail

import (
	"context"
	"crypto/rand"
	"time"

	"sightline.example/desktop/async"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// InvitationState says how far an invitation has come.
type InvitationState string

// The states of an invitation.
const (
	InvitationNone    InvitationState = "none"    // there is none, and none is needed: the client has an account
	InvitationUnsent  InvitationState = "unsent"  // there never was one
	InvitationReading InvitationState = "reading" // it is not known yet
	InvitationUnknown InvitationState = "unknown" // it could not be read
	InvitationWaiting InvitationState = "waiting" // the message is going to be sent
	InvitationSent    InvitationState = "sent"    // the mail server has the message
	InvitationFailed  InvitationState = "failed"  // the message could not be sent
	InvitationExpired InvitationState = "expired" // nobody has used it in time
	InvitationRevoked InvitationState = "revoked" // an admin has made its links dead
	InvitationUsed    InvitationState = "used"    // the account is being made
)

// Pauses before an invitation is read again, as no feed tells of it: while its
// message is on the way, and else.
const (
	soon  = 2 * time.Second
	later = 15 * time.Second
)

// Sent is an invitation that took the place of the one before.
type Sent struct {
	api.Invitation
	Wanted bool   // the link was asked for
	Link   string // whoever has it can make the account
}

// Invitation is the invitation of a client who has no account yet. It is read
// again and again while there is one. It belongs to the UI goroutine.
type Invitation struct {
	// OnSent is told of another invitation, and OnFailed why there is none.
	OnSent   func(Sent)
	OnFailed func(error)

	cfg     Config
	on      *async.Scope
	id      string
	changed func()

	invited bool
	known   bool
	missing bool
	value   api.Invitation
	err     error // why it could not be read
	latest  async.Latest[string, api.Invitation]
	wait    func() // stops the wait for the next reading
	sending bool
	key     string // of a sending that may have been done already
}

func newInvitation(cfg Config, on *async.Scope, id policy.ClientID, changed func()) *Invitation {
	v := &Invitation{OnSent: func(Sent) {}, OnFailed: func(error) {}, cfg: cfg, on: on, id: string(id), changed: changed, wait: func() {}}
	v.latest = async.Latest[string, api.Invitation]{
		On: on, Install: v.read,
		Work: func(ctx context.Context, id string) (api.Invitation, error) {
			stored, err := cfg.Invitation(ctx, policy.SubjectClient, id)
			return stored.Value, err
		},
	}
	return v
}

// follow says whether the client is one who has no account yet.
func (v *Invitation) follow(invited bool) {
	if invited == v.invited {
		return
	}
	v.invited = invited
	v.Ask()
}

// Ask reads the invitation now, if there has to be one.
func (v *Invitation) Ask() {
	v.wait()
	v.latest.Cancel()
	if v.invited {
		v.latest.Set(v.id)
	}
}

func (v *Invitation) read(i api.Invitation, err error) {
	switch policy.CodeOf(err) {
	case policy.NotFound:
		v.known, v.missing, v.err = true, true, nil
	default:
		v.err = err
		if err == nil {
			v.known, v.missing, v.value = true, false, i
		}
	}
	pause := later
	if v.State() == InvitationWaiting {
		pause = soon
	}
	v.wait = v.on.After(pause, v.Ask)
	v.changed()
}

// Value returns the invitation, as it was last read.
func (v *Invitation) Value() api.Invitation { return v.value }

// Err returns why it could not be read, if so.
func (v *Invitation) Err() error { return v.err }

// Sending reports whether another one is being sent.
func (v *Invitation) Sending() bool { return v.sending }

// State returns how far it has come.
func (v *Invitation) State() InvitationState {
	switch {
	case !v.invited:
		return InvitationNone
	case !v.known && v.err != nil:
		return InvitationUnknown
	case !v.known:
		return InvitationReading
	case v.missing:
		return InvitationUnsent
	}
	return stateOf(&v.value, v.cfg.Now())
}

func stateOf(i *api.Invitation, now time.Time) InvitationState {
	switch {
	case !i.Accepted.IsZero():
		return InvitationUsed
	case !i.Revoked.IsZero():
		return InvitationRevoked
	case !now.Before(i.Expires):
		return InvitationExpired
	case i.Delivery.State == policy.DeliveryFailed:
		return InvitationFailed
	case i.Delivery.State == policy.DeliverySent:
		return InvitationSent
	}
	return InvitationWaiting
}

// Open reports whether there are links that open something, which can be revoked.
func (v *Invitation) Open() bool {
	switch v.State() {
	case InvitationWaiting, InvitationSent, InvitationFailed:
		return true
	}
	return false
}

// Send sends another invitation, whose link OnSent is told too if it is asked
// for. The links of the one before are dead then. Nothing is sent while one is
// being sent.
func (v *Invitation) Send(link bool) {
	if v.sending || !v.invited {
		return
	}
	v.sending = true
	if v.key == "" || link { // a link is told once, and to nobody who asks again
		v.key = rand.Text()
	}
	send, id, terms := v.cfg.Send, v.id, client.Terms{IdempotencyKey: v.key}
	v.cfg.On.Go(func(ctx context.Context) { // to the end, though the page is left
		stored, err := send(ctx, policy.SubjectClient, id, api.SendInvitation{Link: link}, terms)
		v.cfg.On.Main(func() { v.sent(link, stored.Value, err) })
	})
	v.changed()
}

func (v *Invitation) sent(link bool, invited api.Invited[string], err error) {
	v.sending = false
	if policy.CodeOf(err) != policy.Unavailable { // else it may have been sent: a repeat finds out
		v.key = ""
	}
	v.Ask()
	if err != nil {
		v.OnFailed(err)
	} else {
		v.value, v.known, v.missing = invited.Invitation, true, false
		v.OnSent(Sent{Invitation: invited.Invitation, Wanted: link, Link: invited.Link})
	}
	v.changed()
}
