package signin

import (
	"context"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/password"
	"sightline.example/sidecar/store"
)

// Try is what somebody who wants in shows.
type Try struct {
	Email, Password string
	Code            string // a one-time code or a recovery code; empty for none
	Origin
}

// Entered is a session that was just begun.
type Entered struct {
	Text     string // what lets its owner in; nobody can find it out again
	Subject  string // whose it is: the id of the admin or client
	Expires  time.Time
	Revision int64 // at which it begins
}

// SignIn begins a session of the admin with the e-mail address. An address that
// nobody has, a wrong password and an admin who is not active give the same
// Unauthenticated error. If the password is right but a code is needed, it fails
// with policy.CodeRequired; after too many tries, with policy.TooMany.
func (d *Desk) SignIn(ctx context.Context, t Try) (admin.Changed[api.SignedIn], error) {
	entered, who, err := d.enter(ctx, policy.SubjectAdmin, t)
	return signedIn(entered, who), err
}

func signedIn(e Entered, who account) admin.Changed[api.SignedIn] {
	return admin.Changed[api.SignedIn]{
		Value:    api.SignedIn{Token: e.Text, Admin: who.admin.Value, Expires: e.Expires},
		Revision: e.Revision,
	}
}

// SignInClient begins a session of the client with the e-mail address, like
// [Desk.SignIn]. A client whose period is not now can sign in too, to be told.
// The oldest session ends when there are more than policy.ClientSessions.
func (d *Desk) SignInClient(ctx context.Context, t Try) (Entered, error) {
	entered, _, err := d.enter(ctx, policy.SubjectClient, t)
	return entered, err
}

func (d *Desk) enter(ctx context.Context, of policy.SubjectType, t Try) (Entered, account, error) {
	g, err := d.count(ctx, of, t.Email, t.From)
	if err != nil {
		return Entered{}, account{}, err
	}
	who, err := d.find(ctx, of, t.Email)
	if err != nil {
		return Entered{}, account{}, err
	}
	match, err := d.compare(ctx, who, g, t.Password)
	if err != nil {
		return Entered{}, account{}, err
	}
	if !match.OK || !who.open {
		return Entered{}, account{}, d.refuse(ctx, who, g, t.Origin, wrong())
	}
	entered, err := d.admit(ctx, who, g, t)
	if err != nil {
		return Entered{}, account{}, err
	}
	d.forget(ctx, g)
	if match.Outdated {
		d.notice(ctx, "hash a password anew", d.rehash(ctx, who, t.Password))
	}
	return entered, who, nil
}

func wrong() error {
	return policy.Errorf(policy.Unauthenticated, "the e-mail address or the password is wrong")
}

// compare compares the password with the account's.
func (d *Desk) compare(ctx context.Context, who account, g guess, given string) (password.Match, error) {
	match, err := d.passwords.Verify(ctx, who.secret.Value.Password, given)
	switch {
	case policy.CodeOf(err) == policy.TooMany:
		d.takeBack(ctx, g.pair, g.account)
		return match, err
	case ctx.Err() != nil:
		return match, policy.Errorf(policy.Unavailable, "it took too long")
	}
	d.notice(ctx, "the stored password of "+who.id, err)
	return match, nil
}

// refuse leaves the record of a failure and returns the error that tells of it.
func (d *Desk) refuse(ctx context.Context, who account, g guess, o Origin, refusal error) error {
	by := policy.System("sign-in")
	by.From = o.From
	c := admin.Change{Caller: by, Intent: admin.Intent{Action: actionFail, Kind: kindOf(who.of), ID: who.id}}
	if g.last {
		c.Action = actionLock
	}
	if _, err := d.commit(ctx, c); err != nil {
		return err
	}
	return refusal
}

// admit begins a session of the account, whose password was right.
func (d *Desk) admit(ctx context.Context, who account, g guess, t Try) (Entered, error) {
	var ops []store.Op
	if who.codes {
		op, err := d.useCode(who, t.Code)
		if err != nil && t.Code == "" {
			return Entered{}, err
		}
		if err != nil {
			return Entered{}, d.refuse(ctx, who, g, t.Origin, err)
		}
		ops = append(ops, op.Or(wrongCode()))
	}
	entered, err := d.begin(ctx, admin.Change{Intent: admin.Intent{Action: actionSignIn}}, who, t.Origin, ops...)
	if policy.CodeOf(err) == policy.CodeRequired {
		return Entered{}, d.refuse(ctx, who, g, t.Origin, err)
	}
	return entered, err
}

// rehash stores the hash that a new password would get.
func (d *Desk) rehash(ctx context.Context, who account, text string) error {
	hash, err := d.passwords.Hash(ctx, text)
	if err != nil {
		return err
	}
	stored, err := d.store.Secrets(who.of).Get(ctx, who.id)
	if err != nil || stored.Value.Password != who.secret.Value.Password {
		return err
	}
	stored.Value.Password = hash
	_, err = d.store.Touch(ctx, d.store.Secrets(who.of).Replace(who.id, stored.Value, stored.Revision))
	return err
}
