package httpd

import (
	"context"

	"sightline.example/sidecar/api"
)

func (d *door) listKeys(ctx context.Context, in *call) (out reply[api.Page[api.Key]], err error) {
	limit, err := in.limit()
	if err != nil {
		return out, err
	}
	out.body, err = d.Admin.ListKeys(ctx, callerOf(ctx), in.gin.Query("after"), limit)
	return out, err
}

func (d *door) createKey(ctx context.Context, in *call) (reply[api.CreatedKey], error) {
	wanted, terms, err := changeOf[api.NewKey](in)
	if err != nil {
		return reply[api.CreatedKey]{}, err
	}
	done, err := d.Admin.CreateKey(ctx, callerOf(ctx), terms, wanted)
	return reply[api.CreatedKey]{body: done.Value, revision: done.Revision, etag: true}, err
}

func (d *door) deleteKey(ctx context.Context, in *call) (reply[api.Deleted], error) {
	terms, err := in.terms()
	if err != nil {
		return reply[api.Deleted]{}, err
	}
	done, err := d.Admin.DeleteKey(ctx, callerOf(ctx), terms, in.gin.Param("id"))
	return reply[api.Deleted]{body: done.Value, revision: done.Revision}, err
}
