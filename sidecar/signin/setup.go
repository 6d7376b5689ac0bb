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

// setupLife is how long a set-up code is good for.
const setupLife = time.Hour

// SetupCode makes the code with which the first owner can be made, and returns
// it. It is good for an hour, once, and takes the place of earlier ones; what is
// kept is its hash. If there is an active owner, it makes none and returns the
// empty text.
func (d *Desk) SetupCode(ctx context.Context) (string, error) {
	earlier, err := d.setupCodes(ctx)
	if err != nil {
		return "", err
	}
	if owners, err := d.owners(ctx); err != nil || len(owners) > 0 {
		return "", err
	}
	text := policy.NewSetupText()
	now := d.now().UTC()
	key := policy.Key{
		ID: policy.KeyID(newID()), Name: "set-up", Role: policy.RoleBootstrap,
		Digest: policy.DigestOf(text), Created: now, Expires: now.Add(setupLife),
	}
	c := admin.Change{
		Caller: policy.System("start"), After: api.KeyOf(key),
		Intent: admin.Intent{Action: actionCreate, Kind: policy.KindKeys, ID: string(key.ID)},
	}
	_, err = d.commit(ctx, c, append(d.dropCodes(earlier), d.store.Keys().Create(string(key.ID), key))...)
	return text, err
}

// Setup makes the first owner and signs them in. It fails with Unauthenticated
// if the code is wrong, was used, or is over. Nothing else is looked at before.
func (d *Desk) Setup(ctx context.Context, o Origin, wanted api.Setup) (admin.Changed[api.SignedIn], error) {
	var none admin.Changed[api.SignedIn]
	// Codes come before owners: an owner that another code makes in between shows.
	codes, err := d.setupCodes(ctx)
	if err != nil {
		return none, err
	}
	caller, ok := d.presents(codes, wanted.Code)
	if !ok {
		return none, errSpent()
	}
	caller.From = o.From
	who := newOwner(d.now().UTC(), wanted)
	i := admin.Intent{Action: actionCreate, Kind: policy.KindAdmins, ID: who.id, Role: who.role}
	if _, err := d.admin.Authorise(ctx, caller, i); err != nil {
		return none, err
	}
	if owners, err := d.owners(ctx); err != nil || len(owners) > 0 {
		return none, firstOf(err, errSpent())
	}
	ops, err := d.firstOwner(ctx, &who, wanted.Password)
	if err != nil {
		return none, err
	}
	for _, op := range d.dropCodes(codes) {
		ops = append(ops, op.Or(errSpent()))
	}
	entered, err := d.begin(ctx, admin.Change{Intent: i, After: who.admin.Value}, who, o, ops...)
	if err != nil {
		return none, err
	}
	return signedIn(entered, who), nil
}

func newOwner(now time.Time, wanted api.Setup) account {
	a := policy.Admin{
		ID: policy.AdminID(newID()), Name: wanted.Name, Email: wanted.Email,
		Role: policy.RoleOwner, Status: policy.Active,
		Trail: policy.Trail{Created: now, Changed: now, ChangedBy: "set-up"},
	}
	return account{
		of: policy.SubjectAdmin, id: string(a.ID), name: a.Name, email: a.Email, role: a.Role,
		admin: store.Versioned[policy.Admin]{Value: a},
	}
}

// firstOwner checks an owner and returns the changes that make it.
func (d *Desk) firstOwner(ctx context.Context, who *account, text string) ([]store.Op, error) {
	a := who.admin.Value
	if err := a.Check(); err != nil {
		return nil, err
	}
	if err := password.Check(text, d.context(*who)...); err != nil {
		return nil, err
	}
	ops, err := d.admin.Readdress(ctx, who.of, who.id, "", who.email)
	if err != nil {
		return nil, err
	}
	hash, err := d.passwords.Hash(ctx, text)
	if err != nil {
		return nil, err
	}
	return append(ops,
		d.store.Admins().Create(who.id, a),
		d.store.Secrets(who.of).Create(who.id, store.Secret{ID: who.id, Password: hash})), nil
}

// context returns what a password of the account must not be made of.
func (d *Desk) context(who account) []string {
	return []string{product, d.company, who.name, who.email}
}

// setupCodes returns all set-up codes, good or not.
func (d *Desk) setupCodes(ctx context.Context) ([]store.Versioned[policy.Key], error) {
	keys, err := all(ctx, d.store.Keys())
	var codes []store.Versioned[policy.Key]
	for _, k := range keys {
		if k.Value.Role == policy.RoleBootstrap {
			codes = append(codes, k)
		}
	}
	return codes, err
}

// presents returns the caller whom a set-up code stands for, if it is good.
func (d *Desk) presents(codes []store.Versioned[policy.Key], text string) (policy.Caller, bool) {
	digest := policy.DigestOf(text)
	for _, k := range codes {
		if k.Value.Digest == digest && d.now().Before(k.Value.Expires) {
			return policy.CallerOf(&k.Value), true
		}
	}
	return policy.Caller{}, false
}

func (d *Desk) dropCodes(codes []store.Versioned[policy.Key]) []store.Op {
	ops := make([]store.Op, len(codes))
	for i, k := range codes {
		ops[i] = d.store.Keys().Delete(string(k.Value.ID), k.Revision)
	}
	return ops
}

func errSpent() error {
	e := policy.Errorf(policy.Unauthenticated, "is wrong, was used already, or is more than an hour old; a new start of the sidecar prints another as long as there is no owner")
	e.Field = "code"
	return e
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// all returns everything in a collection that can be read.
func all[T any](ctx context.Context, c store.Collection[T]) ([]store.Versioned[T], error) {
	var list []store.Versioned[T]
	for after := ""; ; {
		page, err := c.List(ctx, after, store.MaxPage)
		if err != nil {
			return nil, err
		}
		list = append(list, page.Items...)
		if after = page.Next; after == "" {
			return list, nil
		}
	}
}
