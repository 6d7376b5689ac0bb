package httpd

import (
	"context"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
)

// importLimit is how long an import may take, from its first byte to the last
// of the answer: 200,000 employees take some 20 seconds on two cores, and 64 MiB
// a minute on a line of 10 Mbit/s.
const importLimit = 5 * time.Minute

// beginImport lets in who may import, when it is their turn, and gives them time.
func (d *door) beginImport(ctx context.Context, in *call) (end func(), err error) {
	if err := d.Admin.MayImport(ctx, callerOf(ctx)); err != nil {
		return nil, err
	}
	in.extend(ctx)
	return d.turn(ctx)
}

// turn lets one import in at a time: each holds all of a company in memory,
// several times over.
func (d *door) turn(ctx context.Context) (end func(), err error) {
	select {
	case d.importing <- struct{}{}:
		return func() { <-d.importing }, nil
	case <-ctx.Done():
		return nil, policy.Errorf(policy.Unavailable, "another import is under way")
	}
}

func (d *door) importDirectory(ctx context.Context, in *call) (out reply[api.Imported], err error) {
	dry, err := in.flag("dry_run")
	if err != nil {
		return out, err
	}
	var done admin.Changed[api.Imported]
	if in.form != nil {
		done, err = d.importTables(ctx, in, dry)
	} else {
		done, err = d.importDocument(ctx, in, dry)
	}
	return reply[api.Imported]{body: done.Value, revision: done.Revision}, err
}

func (d *door) importDocument(ctx context.Context, in *call, dry bool) (done admin.Changed[api.Imported], err error) {
	doc, terms, err := changeOf[api.Document](in)
	if err != nil {
		return done, err
	}
	in.body = nil // is large, and of no more use
	return d.Admin.Import(ctx, callerOf(ctx), terms, doc, dry)
}

func (d *door) importTables(ctx context.Context, in *call, dry bool) (done admin.Changed[api.Imported], err error) {
	terms, err := in.terms()
	if err != nil {
		return done, err
	}
	return d.Admin.ImportTables(ctx, callerOf(ctx), terms, in.form.sheets, in.form.mapping, dry)
}
