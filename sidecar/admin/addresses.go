package admin

import (
	"context"
	"errors"
	"maps"
	"slices"

	"sightline.example/policy"
	"sightline.example/sidecar/store"
)

// Readdress returns the changes that keep an e-mail address to one client, or to
// one admin: they go into the transaction that gives a subject the address now,
// instead of before. Either is empty if there is none.
func (a *Admin) Readdress(ctx context.Context, of policy.SubjectType, subject, before, now string) ([]store.Op, error) {
	old, entry := store.AddressOf(before, subject), store.AddressOf(now, subject)
	if before != "" && old == entry {
		return nil, nil
	}
	var ops []store.Op
	all := a.store.Addresses(of)
	if before != "" {
		ops = append(ops, all.Drop(string(old.ID)))
	}
	if now == "" {
		return ops, nil
	}
	holder, err := all.Get(ctx, string(entry.ID))
	switch {
	case err == nil && holder.Value.Subject == subject:
		return ops, nil
	case err == nil:
		return a.takeOver(ctx, of, holder, entry, ops)
	case policy.CodeOf(err) != policy.NotFound:
		return nil, err
	}
	return append(ops, all.Create(string(entry.ID), entry).Or(errInUse(of))), nil
}

// takeOver adds to ops that an address passes to another subject, if nobody has it any
// more: one that could not be read when it was deleted left it behind.
func (a *Admin) takeOver(ctx context.Context, of policy.SubjectType, from store.Versioned[store.Address], to store.Address, ops []store.Op) ([]store.Op, error) {
	var err error
	if of == policy.SubjectAdmin {
		_, err = a.store.Admins().Get(ctx, from.Value.Subject)
	} else {
		_, err = a.store.Clients().Get(ctx, from.Value.Subject)
	}
	switch {
	case err == nil || errors.Is(err, store.ErrUnreadable):
		return nil, errInUse(of)
	case policy.CodeOf(err) != policy.NotFound:
		return nil, err
	}
	return append(ops, a.store.Addresses(of).Replace(string(to.ID), to, from.Revision).Or(errInUse(of))), nil
}

func errInUse(of policy.SubjectType) error {
	e := policy.Errorf(policy.Exists, "another %s has this address", of)
	e.Field = "email"
	return e
}

// clientAddress returns the changes of addresses that go with the change of a
// client; before and after are nil for none.
func (a *Admin) clientAddress(ctx context.Context, before, after *policy.Client) ([]store.Op, error) {
	var id policy.ClientID
	old, now := "", ""
	if before != nil {
		id, old = before.ID, before.Email
	}
	if after != nil {
		id, now = after.ID, after.Email
	}
	return a.Readdress(ctx, policy.SubjectClient, string(id), old, now)
}

// moveAddresses returns the changes of addresses that go with replacing all
// clients. They hold as long as nothing else is changed meanwhile.
func (a *Admin) moveAddresses(before []store.Versioned[policy.Client], after []policy.Client) []store.Op {
	all := a.store.Addresses(policy.SubjectClient)
	had := make(map[store.Address]bool, len(before))
	left := make(map[policy.Digest]bool, len(before))
	for _, c := range before {
		entry := store.AddressOf(c.Value.Email, string(c.Value.ID))
		had[entry], left[entry.ID] = true, true
	}
	var ops []store.Op
	for _, c := range after {
		entry := store.AddressOf(c.Email, string(c.ID))
		delete(left, entry.ID)
		if !had[entry] {
			ops = append(ops, all.Put(string(entry.ID), entry))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(left)) {
		ops = append(ops, all.Drop(string(id)))
	}
	return ops
}
