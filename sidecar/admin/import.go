package admin

import (
	"context"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/store"
)

// Import makes the stored directory exactly that of the document, and the
// clients too if it has any; nobody ever sees a part of it. A document that
// changes nothing leaves no trace.
//
// It fails with policy.DeadReference if something in the document names what is
// not in it, unless forced; with policy.Exists if it brings back ids of what was
// deleted; and with policy.Conflict if something else was changed meanwhile. A
// dry run fails likewise and writes nothing.
func (a *Admin) Import(ctx context.Context, caller policy.Caller, t Terms, doc api.Document, dryRun bool) (Changed[api.Imported], error) {
	c := Change{
		Caller: caller, Terms: t, Short: shortened(),
		Intent: Intent{Action: actionImport, Kind: kindDirectory},
	}
	if _, err := a.Authorise(ctx, caller, c.Intent); err != nil {
		return Changed[api.Imported]{}, err
	}
	if err := a.checkDocument(doc); err != nil {
		return Changed[api.Imported]{}, err
	}
	if done, found, err := Replay[api.Imported](ctx, a, c); found || err != nil {
		return done, err
	}
	stored, err := a.store.Everything(ctx)
	if err != nil {
		return Changed[api.Imported]{}, err
	}
	p, err := a.plan(caller, doc, t, stored)
	if err != nil {
		return Changed[api.Imported]{}, err
	}
	p.answer.DryRun = dryRun
	if dryRun || len(p.ops) == 0 {
		return Changed[api.Imported]{Value: p.answer, Revision: stored.Revision}, nil
	}
	c.Detail = p.summary()
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
