package signin

import (
	"context"
	"errors"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/password"
	"sightline.example/sidecar/store"
)

// ChangePassword gives the caller another password. All sessions end, and the
// answer has a new one. The owner of the account is told by mail. A wrong old
// password counts like a failed sign-in.
func (d *Desk) ChangePassword(ctx context.Context, caller policy.Caller, agent string, wanted api.NewPassword) (admin.Changed[api.SignedIn], error) {
	var none admin.Changed[api.SignedIn]
	who, err := d.signedIn(ctx, caller)
	if err != nil {
		return none, err
	}
	o := Origin{From: caller.From, Agent: agent}
	if err := d.confirm(ctx, who, o, "old", wanted.Old); err != nil {
		return none, err
	}
	if err := checkNew(wanted, d.context(who)); err != nil {
		return none, err
	}
	secret := who.secret.Value
	if secret.Password, err = d.passwords.Hash(ctx, wanted.New); err != nil {
		return none, err
	}
	ops := []store.Op{d.enterEra(&who), d.saveSecret(who, secret), d.tell(who, store.LetterChanged)}
	entered, err := d.begin(ctx, d.own(caller, actionPassword), who, o, ops...)
	if err != nil {
		return none, err
	}
	return signedIn(entered, who), nil
}

func checkNew(wanted api.NewPassword, context []string) error {
	if wanted.New == wanted.Old {
		return policy.FieldErrorf("new", "must not be the old one")
	}
	return about("new", password.Check(wanted.New, context...))
}

// about moves an error to another field.
func about(field string, err error) error {
	e, ok := errors.AsType[*policy.Error](err)
	if !ok {
		return err
	}
	moved := *e
	moved.Field = field
	return &moved
}

// confirm makes sure that whoever is signed in knows the password: it is what a
// session alone is not enough for. The error names the field it came in.
func (d *Desk) confirm(ctx context.Context, who account, o Origin, field, given string) error {
	g, err := d.count(ctx, who.of, who.email, o.From)
	if err != nil {
		return err
	}
	match, err := d.compare(ctx, who, g, given)
	if err != nil {
		return err
	}
	if !match.OK {
		return d.refuse(ctx, who, g, o, policy.FieldErrorf(field, "is wrong"))
	}
	d.forget(ctx, g)
	return nil
}

// tell returns the change that has a letter sent to the account's owner.
func (d *Desk) tell(who account, kind store.LetterKind) store.Op {
	now := d.now().UTC()
	letter := store.Letter{ID: newID(), Kind: kind, Type: who.of, Subject: who.id, Created: now, Next: now}
	return d.store.Outbox().Create(letter.ID, letter)
}

// own returns the change that a caller makes of their own account.
func (d *Desk) own(caller policy.Caller, action string) admin.Change {
	return admin.Change{Caller: caller, Intent: admin.Intent{Action: action, Kind: kindOf(caller.Type), ID: caller.ID}}
}
