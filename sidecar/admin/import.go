package admin

import (
	"context"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/store"
)

// Import makes the stored directory exactly that of the document, and the
// clients too if it has any, which takes the permission to change those; nobody ever
// sees a part of it. A document that changes nothing leaves no trace.
//
// It fails with policy.DeadReference if something in the document names what is
// not in it, unless forced; with policy.Exists if it brings back ids of what was
// deleted; and with policy.Conflict if something else was changed meanwhile. A
// dry run fails likewise and writes nothing.
func (a *Admin) Import(ctx context.Context, caller policy.Caller, t Terms, doc api.Document, dryRun bool) (Changed[api.Imported], error) {
	if err := a.MayImport(ctx, caller); err != nil {
		return Changed[api.Imported]{}, err
	}
	if doc.Clients != nil {
		if _, err := a.Authorise(ctx, caller, Intent{Action: actionReplace, Kind: policy.KindClients}); err != nil {
			return Changed[api.Imported]{}, err
		}
	}
	if err := a.checkDocument(doc); err != nil {
		return Changed[api.Imported]{}, err
	}
	return a.importing(ctx, caller, t, dryRun, func(store.All) (imports, error) { return imports{Document: doc}, nil })
}

// MayImport returns nil if the caller may import at all: so that nobody else's
// document needs to be read.
func (a *Admin) MayImport(ctx context.Context, caller policy.Caller) error {
	_, err := a.Authorise(ctx, caller, Intent{Action: actionImport, Kind: kindDirectory})
	return err
}

// imports is what an import wants there to be, and what to tell of it.
type imports struct {
	api.Document
	warnings     []policy.Fault
	moreWarnings int
}

// importing imports what read makes of all that is stored now.
func (a *Admin) importing(ctx context.Context, caller policy.Caller, t Terms, dryRun bool, read func(store.All) (imports, error)) (Changed[api.Imported], error) {
	c := Change{Caller: caller, Terms: t, Intent: Intent{Action: actionImport, Kind: kindDirectory}}
	if done, found, err := Replay[api.Imported](ctx, a, c); found || err != nil {
		return done, err
	}
	stored, err := a.store.Everything(ctx)
	if err != nil {
		return Changed[api.Imported]{}, err
	}
	wanted, err := read(stored)
	if err != nil {
		return Changed[api.Imported]{}, err
	}
	p, err := a.plan(caller, wanted.Document, t, stored)
	if err != nil {
		return Changed[api.Imported]{}, err
	}
	p.answer.DryRun = dryRun
	p.answer.Warnings, p.answer.MoreWarnings = wanted.warnings, wanted.moreWarnings
	if dryRun || len(p.ops) == 0 {
		return Changed[api.Imported]{Value: p.answer, Revision: stored.Revision}, nil
	}
	c.Detail, c.Short = p.summary(), shortened(p.answer)
	return a.carryOut(ctx, c, p)
}

// carryOut writes the plan, if nobody changed anything since it was made.
func (a *Admin) carryOut(ctx context.Context, c Change, p plan) (Changed[api.Imported], error) {
	once, audit, err := a.records(c, p.answer)
	if err != nil {
		return Changed[api.Imported]{}, err
	}
	var made store.Commit
	if p.small() {
		made, err = a.store.CommitAt(ctx, p.since, audit, once, p.ops...)
	} else {
		made, err = a.store.Rewrite(ctx, audit, once, p.since, p.wanted)
	}
	if err != nil {
		return Changed[api.Imported]{}, err
	}
	return settled(made, p.answer)
}
