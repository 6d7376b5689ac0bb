package signin

import (
	"context"

	"sightline.example/policy"
	"sightline.example/sidecar/store"
)

// account is who signs in: an admin, or a client with an account. Its zero value,
// but for of, is that of nobody.
type account struct {
	of          policy.SubjectType
	id          string
	name, email string
	role        policy.Role
	era         int
	codes       bool
	open        bool // may sign in, if the password is right

	admin  store.Versioned[policy.Admin]   // if of is SubjectAdmin
	client store.Versioned[policy.Account] // if of is SubjectClient
	secret store.Versioned[store.Secret]
}

// find returns the account with an e-mail address, as it is stored now. What
// nobody has takes as many reads.
func (d *Desk) find(ctx context.Context, of policy.SubjectType, email string) (account, error) {
	entry, err := optional(d.store.Addresses(of).Get(ctx, string(store.AddressOf(email, "").ID)))
	if err != nil {
		return account{}, err
	}
	return d.account(ctx, of, entry.Value.Subject)
}

// account returns the account with an id, as it is stored now; that of nobody if
// there is none.
func (d *Desk) account(ctx context.Context, of policy.SubjectType, id string) (account, error) {
	who := account{of: of}
	var err error
	if who.secret, err = optional(d.store.Secrets(of).Get(ctx, id)); err != nil {
		return who, err
	}
	if of == policy.SubjectAdmin {
		return who, d.addAdmin(ctx, &who, id)
	}
	return who, d.addClient(ctx, &who, id)
}

func (d *Desk) addAdmin(ctx context.Context, who *account, id string) (err error) {
	if who.admin, err = optional(d.store.Admins().Get(ctx, id)); err != nil {
		return err
	}
	a := who.admin.Value
	who.id, who.name, who.email, who.role = string(a.ID), a.Name, a.Email, a.Role
	who.era, who.codes = a.Era, a.Codes
	who.open = a.Status == policy.Active && who.secret.Value.Password != ""
	return nil
}

func (d *Desk) addClient(ctx context.Context, who *account, id string) (err error) {
	if who.client, err = optional(d.store.Accounts().Get(ctx, id)); err != nil {
		return err
	}
	client, err := optional(d.store.Clients().Get(ctx, id))
	if err != nil {
		return err
	}
	c, a := client.Value, who.client.Value
	who.id, who.name, who.email, who.era = string(c.ID), a.Name, c.Email, a.Era
	who.open = c.Status == policy.Active && a.Client != "" && who.secret.Value.Password != ""
	return nil
}

// optional makes what is not there the zero value.
func optional[T any](v store.Versioned[T], err error) (store.Versioned[T], error) {
	if policy.CodeOf(err) == policy.NotFound {
		return store.Versioned[T]{}, nil
	}
	return v, err
}

// caller returns the account's owner as a caller.
func (a account) caller(o Origin) policy.Caller {
	return policy.Caller{Type: a.of, ID: a.id, Name: a.name, Role: a.role, From: o.From}
}

// signedIn returns the account of a caller who is signed in. It is Forbidden to
// all others: what it is for is nobody else's.
func (d *Desk) signedIn(ctx context.Context, caller policy.Caller) (account, error) {
	if caller.Session == "" {
		return account{}, policy.Errorf(policy.Forbidden, "this is only for people who are signed in")
	}
	who, err := d.account(ctx, caller.Type, caller.ID)
	if err == nil && !who.open {
		return who, policy.Errorf(policy.Unauthenticated, "you are not signed in any more")
	}
	return who, err
}

// enterEra returns the change that ends all sessions of the account, which it
// also makes in a. It fails with policy.Stale where something else was first.
func (d *Desk) enterEra(a *account) store.Op {
	a.era++
	if a.of == policy.SubjectAdmin {
		a.admin.Value.Era = a.era
		return d.store.Admins().Replace(a.id, a.admin.Value, a.admin.Revision)
	}
	a.client.Value.Era = a.era
	return d.store.Accounts().Replace(a.id, a.client.Value, a.client.Revision)
}

// saveSecret returns the change of the account's secret.
func (d *Desk) saveSecret(a account, s store.Secret) store.Op {
	return d.store.Secrets(a.of).Save(a.id, s, a.secret.Revision)
}
