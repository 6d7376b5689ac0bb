package httpd

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// mountTeam adds what is done to admins.
func mountTeam(d *door) {
	register(d, operation{
		id: "list-admins", method: http.MethodGet, path: api.PathAdmins, parameters: pageParameters(),
		tag: tagTeam, summary: "List admins",
		answer: "A page of them, by id.",
	}, d.listAdmins)
	register(d, operation{
		id: "get-admin", method: http.MethodGet, path: one(api.PathAdmins), parameters: []*huma.Param{pathID()},
		tag: tagTeam, summary: "Read an admin",
		answer: "The admin, at the version that ETag names.",
	}, d.getAdmin)
	register(d, operation{
		id: "edit-admin", method: http.MethodPut, path: one(api.PathAdmins),
		parameters: append(changeParameters(), pathID(), ifMatch()), body: schemaOf[api.AdminEdit](d), limit: api.MaxBody,
		tag: tagTeam, summary: "Edit an admin",
		about:  "Suspending the admin ends all sessions; another role counts from the next request on. A key with permissions gives nobody another role.",
		answer: "The admin as stored now.", errors: []policy.Code{policy.Exists},
	}, d.editAdmin)
	register(d, operation{
		id: "delete-admin", method: http.MethodDelete, path: one(api.PathAdmins),
		parameters: append(changeParameters(), pathID(), ifMatch()),
		tag:        tagTeam, summary: "Delete an admin",
		about:  "The last active owner can't be.",
		answer: "The admin who was deleted.",
	}, d.deleteAdmin)
	register(d, operation{
		id: "unlock-admin", method: http.MethodPost, path: one(api.PathAdmins) + api.PathUnlock,
		parameters: []*huma.Param{pathID()},
		tag:        tagTeam, summary: "Let an admin try again",
		answer: "The failed tries to sign in are forgotten.",
	}, d.unlock)
}

func (d *door) listAdmins(ctx context.Context, in *call) (out reply[api.Page[policy.Admin]], err error) {
	limit, err := in.limit()
	if err != nil {
		return out, err
	}
	out.body, err = d.Desk.Admins(ctx, callerOf(ctx), in.gin.Query("after"), limit)
	return out, err
}

func (d *door) getAdmin(ctx context.Context, in *call) (reply[policy.Admin], error) {
	v, err := d.Desk.AdminByID(ctx, callerOf(ctx), in.gin.Param("id"))
	return reply[policy.Admin]{body: v.Value, revision: v.Revision, etag: true}, err
}

func (d *door) editAdmin(ctx context.Context, in *call) (reply[policy.Admin], error) {
	wanted, terms, err := changeOf[api.AdminEdit](in)
	if err != nil {
		return reply[policy.Admin]{}, err
	}
	done, err := d.Desk.EditAdmin(ctx, callerOf(ctx), terms, in.gin.Param("id"), wanted)
	return reply[policy.Admin]{body: done.Value, revision: done.Revision, etag: true}, err
}

func (d *door) deleteAdmin(ctx context.Context, in *call) (reply[policy.Admin], error) {
	terms, err := in.terms()
	if err != nil {
		return reply[policy.Admin]{}, err
	}
	return replied(d.Desk.DeleteAdmin(ctx, callerOf(ctx), terms, in.gin.Param("id")))
}

func (d *door) unlock(ctx context.Context, in *call) (reply[api.Done], error) {
	return replied(d.Desk.Unlock(ctx, callerOf(ctx), in.gin.Param("id")))
}
