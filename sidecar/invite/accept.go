package invite

import (
	"context"
	"strings"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/password"
	"sightline.example/sidecar/store"
)

// opened is an invitation that a link opens, and whom it invites.
type opened struct {
	policy.Invitation
	revision int64
	who      subject
}

// Open returns what a link is for. It changes nothing, so that programs which
// look at links in mails do no harm. It fails with policy.LinkFault if the link
// is wrong, used, revoked, replaced or expired.
func (v *Invite) Open(ctx context.Context, link string) (api.Opened, error) {
	o, err := v.open(ctx, link)
	if err != nil {
		return api.Opened{}, err
	}
	answer := api.Opened{Type: o.Type, Purpose: o.Purpose, Company: v.Company, Email: o.who.email, Expires: o.Expires}
	if o.who.name != o.who.email {
		answer.Name = o.who.name
	}
	return answer, nil
}

func (v *Invite) open(ctx context.Context, text string) (opened, error) {
	digest := policy.DigestOf(text)
	link, err := v.Store.Links().Get(ctx, string(digest))
	if policy.CodeOf(err) == policy.NotFound {
		return opened{}, errLink()
	}
	if err != nil {
		return opened{}, err
	}
	stored, err := v.Store.Invitations(link.Value.Type).Get(ctx, link.Value.Subject)
	if policy.CodeOf(err) == policy.NotFound {
		return opened{}, errLink()
	}
	if err != nil {
		return opened{}, err
	}
	o := opened{Invitation: stored.Value, revision: stored.Revision}
	if err := o.Opens(digest, v.now()); err != nil {
		return opened{}, err
	}
	o.who, err = v.subject(ctx, o.Type, o.Subject)
	if policy.CodeOf(err) == policy.NotFound || err == nil && !o.fits(o.who.status) {
		return opened{}, errLink()
	}
	return o, err
}

func errLink() error {
	return policy.Errorf(policy.LinkFault, "this link is not valid; ask for another one")
}

// fits reports whether an invitation is still of use to who has the status.
func (o opened) fits(s policy.Status) bool {
	if o.Purpose == policy.PurposeSetup {
		return s == policy.Invited
	}
	return s == policy.Active
}

// Accept uses a link up: it makes the account, or sets another password, which
// ends all sessions. Of any number of calls with the links of an invitation one
// succeeds. From is the remote address.
func (v *Invite) Accept(ctx context.Context, from string, a api.Acceptance) (admin.Changed[api.Accepted], error) {
	none := admin.Changed[api.Accepted]{}
	o, err := v.open(ctx, a.Link)
	if err != nil {
		return none, err
	}
	name := strings.TrimSpace(a.Name)
	if err := v.check(o, name, a.Password); err != nil {
		return none, err
	}
	hash, err := v.Passwords.Hash(ctx, a.Password)
	if err != nil {
		return none, err
	}
	for {
		done, err := v.settle(ctx, o, from, name, hash)
		switch policy.CodeOf(err) {
		case policy.Stale, policy.Exists:
			// Somebody was first: with a link, which ends this, or with something else,
			// such as the news that a message was sent.
			if o, err = v.open(ctx, a.Link); err != nil {
				return none, err
			}
			continue
		case "":
			v.forget(ctx, o)
		}
		return done, err
	}
}

// check reports what is wrong with what was entered.
func (v *Invite) check(o opened, name, given string) error {
	if o.Purpose == policy.PurposeSetup {
		if err := policy.CheckName("name", name); err != nil {
			return err
		}
	}
	return password.Check(given, name, o.who.name, o.who.email, v.Company)
}

// forget forgets failed tries to sign in: whoever set the password may begin anew.
func (v *Invite) forget(ctx context.Context, o opened) {
	if err := v.Forget(ctx, o.Type, o.who.email); err != nil {
		v.Log.WarnContext(ctx, "failed tries to sign in are not forgotten", "error", err)
	}
}

// settle writes what a link makes.
func (v *Invite) settle(ctx context.Context, o opened, from, name, hash string) (admin.Changed[api.Accepted], error) {
	none := admin.Changed[api.Accepted]{}
	used := o.Invitation
	used.Accepted = v.now()
	ch := admin.Change{
		Caller: policy.Caller{Type: o.Type, ID: o.Subject, Name: o.who.name, Role: o.who.role, From: from},
		Intent: admin.Intent{Action: actionOf(o.Purpose), Kind: kindOf(o.Type), ID: o.Subject},
	}
	ops, err := v.account(ctx, o, name, &ch)
	if err != nil {
		return none, err
	}
	secret, err := v.secret(ctx, o, hash)
	if err != nil {
		return none, err
	}
	ops = append(ops, secret, v.Store.Invitations(o.Type).Replace(o.Subject, used, o.revision))
	if o.Purpose == policy.PurposeReset {
		letter := store.Letter{ID: newID(), Kind: store.LetterChanged, Type: o.Type, Subject: o.Subject, Created: used.Accepted, Next: used.Accepted}
		ops = append(ops, v.Store.Outbox().Create(letter.ID, letter))
		defer v.Nudge()
	}
	answer := api.Accepted{Type: o.Type, Purpose: o.Purpose, ID: o.Subject, Email: o.who.email}
	return admin.Commit(ctx, v.Admin, ch, answer, ops...)
}

func actionOf(p policy.Purpose) string {
	if p == policy.PurposeReset {
		return actionReset
	}
	return actionAccept
}

// secret returns the change of what lets the invited one in. What one-time codes
// are made of stays.
func (v *Invite) secret(ctx context.Context, o opened, hash string) (store.Op, error) {
	all := v.Store.Secrets(o.Type)
	stored, err := all.Get(ctx, o.Subject)
	if err != nil && policy.CodeOf(err) != policy.NotFound {
		return store.Op{}, err
	}
	secret := stored.Value
	secret.ID, secret.Password = o.Subject, hash
	return all.Save(o.Subject, secret, stored.Revision), nil
}

// account returns the changes that make the account, or begin its next era. What
// it is before and after goes into ch.
func (v *Invite) account(ctx context.Context, o opened, name string, ch *admin.Change) ([]store.Op, error) {
	if o.Type == policy.SubjectAdmin {
		return v.adminAccount(ctx, o, name, ch)
	}
	return v.clientAccount(ctx, o, name, ch)
}

func (v *Invite) adminAccount(ctx context.Context, o opened, name string, ch *admin.Change) ([]store.Op, error) {
	stored, err := v.Store.Admins().Get(ctx, o.Subject)
	if err != nil {
		return nil, err
	}
	a := stored.Value
	a.Era++
	if o.Purpose == policy.PurposeSetup {
		a.Name, a.Status = name, policy.Active
		a.Changed, a.ChangedBy = v.now(), name
		ch.Before, ch.After = stored.Value, a
	}
	return []store.Op{v.Store.Admins().Replace(o.Subject, a, o.who.revision)}, nil
}

func (v *Invite) clientAccount(ctx context.Context, o opened, name string, ch *admin.Change) ([]store.Op, error) {
	all := v.Store.Accounts()
	stored, err := all.Get(ctx, o.Subject)
	if err != nil && policy.CodeOf(err) != policy.NotFound {
		return nil, err
	}
	account := stored.Value
	account.Era++
	if o.Purpose == policy.PurposeReset {
		return []store.Op{all.Save(o.Subject, account, stored.Revision)}, nil
	}
	client, err := v.Store.Clients().Get(ctx, o.Subject)
	if err != nil {
		return nil, err
	}
	c := client.Value
	c.Status = policy.Active
	c.Changed, c.ChangedBy = v.now(), name
	ch.Before, ch.After = client.Value, c
	account = policy.Account{Client: c.ID, Name: name, Created: v.now(), Era: account.Era}
	return []store.Op{
		all.Save(o.Subject, account, stored.Revision),
		v.Store.Clients().Replace(o.Subject, c, o.who.revision),
	}, nil
}
