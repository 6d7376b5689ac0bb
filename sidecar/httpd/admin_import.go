package httpd

import (
	"context"

	"sightline.example/sidecar/api"
)

func (d *door) importDocument(ctx context.Context, in *call) (reply[api.Imported], error) {
	doc, terms, err := changeOf[api.Document](in)
	if err != nil {
		return reply[api.Imported]{}, err
	}
	dry, err := in.flag("dry_run")
	if err != nil {
		return reply[api.Imported]{}, err
	}
	done, err := d.Admin.Import(ctx, callerOf(ctx), terms, doc, dry)
	return reply[api.Imported]{body: done.Value, revision: done.Revision}, err
}

func (d *door) audit(ctx context.Context, in *call) (out reply[api.AuditPage], err error) {
	limit, err := in.limit()
	if err != nil {
		return out, err
	}
	after, err := in.afterNumber()
	if err != nil {
		return out, err
	}
	out.body, err = d.Admin.Audit(ctx, callerOf(ctx), after, limit)
	return out, err
}
