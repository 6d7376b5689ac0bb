package httpd

import (
	"context"

	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
)

// list answers a page of a collection.
func list[T any](c admin.Collection[T]) func(context.Context, *call) (reply[api.Page[T]], error) {
	return func(ctx context.Context, in *call) (out reply[api.Page[T]], err error) {
		limit, err := in.limit()
		if err != nil {
			return out, err
		}
		out.body, err = c.List(ctx, callerOf(ctx), in.gin.Query("after"), limit)
		return out, err
	}
}

// get answers one entity.
func get[T any](c admin.Collection[T]) func(context.Context, *call) (reply[T], error) {
	return func(ctx context.Context, in *call) (reply[T], error) {
		v, err := c.Get(ctx, callerOf(ctx), in.gin.Param("id"))
		return reply[T]{body: v.Value, revision: v.Revision, etag: true}, err
	}
}

// create answers the entity it made.
func create[T any](c admin.Collection[T]) func(context.Context, *call) (reply[T], error) {
	return func(ctx context.Context, in *call) (reply[T], error) {
		v, terms, err := changeOf[T](in)
		if err != nil {
			return reply[T]{}, err
		}
		done, err := c.Create(ctx, callerOf(ctx), terms, v)
		return reply[T]{body: done.Value, revision: done.Revision, etag: true}, err
	}
}

// replace answers the entity as it is now.
func replace[T any](c admin.Collection[T]) func(context.Context, *call) (reply[T], error) {
	return func(ctx context.Context, in *call) (reply[T], error) {
		v, terms, err := changeOf[T](in)
		if err != nil {
			return reply[T]{}, err
		}
		done, err := c.Replace(ctx, callerOf(ctx), terms, in.gin.Param("id"), v)
		return reply[T]{body: done.Value, revision: done.Revision, etag: true}, err
	}
}

// remove answers who still refers to what is gone.
func remove[T any](c admin.Collection[T]) func(context.Context, *call) (reply[api.Deleted], error) {
	return func(ctx context.Context, in *call) (reply[api.Deleted], error) {
		terms, err := in.terms()
		if err != nil {
			return reply[api.Deleted]{}, err
		}
		done, err := c.Delete(ctx, callerOf(ctx), terms, in.gin.Param("id"))
		return reply[api.Deleted]{body: done.Value, revision: done.Revision}, err
	}
}

// changeOf returns what a request wants to write, and on which terms.
func changeOf[T any](in *call) (v T, t admin.Terms, err error) {
	if v, err = decode[T](in.body); err != nil {
		return v, t, err
	}
	t, err = in.terms()
	return v, t, err
}
