package httpd

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/invite"
)

// mountInvitations adds the operations on invitations and on what becomes of
// clients.
func (d *door) mountInvitations() {
	d.mountInviting()
	for _, of := range []policy.SubjectType{policy.SubjectClient, policy.SubjectAdmin} {
		d.mountInvitation(of)
	}
	change := append(changeParameters(), pathID(), optionalIfMatch())
	register(d, operation{
		id: "suspend-client", method: http.MethodPost, path: one(api.PathClients) + api.SubSuspend, parameters: change,
		tag: tagClients, summary: "Suspend a client",
		about:  "The client sees nothing from now on, is signed out everywhere, and keeps scope and account.",
		answer: "The client as stored now.", errors: []policy.Code{policy.Conflict},
	}, d.suspend)
	register(d, operation{
		id: "resume-client", method: http.MethodPost, path: one(api.PathClients) + api.SubResume, parameters: change,
		tag: tagClients, summary: "Resume a client",
		about:  "The end of a suspension.",
		answer: "The client as stored now.", errors: []policy.Code{policy.Conflict},
	}, d.resume)
	register(d, operation{
		id: "erase-client", method: http.MethodPost, path: one(api.PathClients) + api.SubErase,
		parameters: append(changeParameters(), pathID()),
		tag:        tagClients, summary: "Erase a deleted client's personal data",
		about:  "Name, address and account become unreadable for good, in the audit log too, whose chain still verifies. The id stays used.",
		answer: "The id.", errors: []policy.Code{policy.Conflict},
	}, d.erase)
	register(d, operation{
		id: "list-deleted-clients", method: http.MethodGet, path: api.PathDeletedClients, parameters: pageParameters(),
		tag: tagClients, summary: "List deleted clients",
		answer: "A page of what is left of them, by id.",
	}, d.deletedClients)
}

func (d *door) mountInviting() {
	register(d, operation{
		id: "list-invitations", method: http.MethodGet, path: api.PathInvitations,
		parameters: append(pageParameters(), moment(api.ParamEndsBefore, "The invitation ends before, or has ended.")),
		tag:        tagInvitations, summary: "List the invitations that wait to be accepted",
		answer: "Those among one page of the invitations of clients, by client id.",
	}, d.waiting)
	register(d, operation{
		id: "invite-client", method: http.MethodPost, path: api.PathInvitations, status: http.StatusCreated,
		parameters: append(changeParameters(), force()), body: schemaOf[api.NewInvitation](d), limit: api.MaxBatch,
		tag: tagInvitations, summary: "Invite a client",
		about:  "A message goes out with a link to make an account with. Without a mail server the link is in the answer, once, to be passed on.",
		answer: "The client, and the state of the message.", errors: []policy.Code{policy.Exists, policy.DeadReference, policy.TooMany},
	}, d.inviteClient)
	register(d, operation{
		id: "invite-clients", method: http.MethodPost, path: api.PathInviteMany,
		parameters: append(changeParameters(), force(), dryRun(), flag("all", "Invite all or, if anything is wrong with one, none.")),
		body:       schemaOf[api.Invitations](d), form: invitationForm(), limit: api.MaxInvitationList,
		time: batchLimit, begin: d.beginInviting,
		tag: tagInvitations, summary: "Invite many clients",
		about:  "The rows that can be or, as the request says, none if anything is wrong with one when it comes. As CSV a row is a client.",
		answer: "What became, or would become, of each row.", errors: []policy.Code{policy.TooMany},
	}, d.inviteClients)
	register(d, operation{
		id: "invite-admin", method: http.MethodPost, path: api.PathAdmins, status: http.StatusCreated,
		parameters: changeParameters(), body: schemaOf[api.NewAdmin](d), limit: api.MaxBody,
		tag: tagTeam, summary: "Invite an admin",
		answer: "The admin, and the state of the message.", errors: []policy.Code{policy.Exists, policy.TooMany},
	}, d.inviteAdmin)
}

// mountInvitation adds the operations on the one invitation of a client or admin.
func (d *door) mountInvitation(of policy.SubjectType) {
	path := one(collectionOf(of)) + api.SubInvitation
	register(d, operation{
		id: "get-" + string(of) + "-invitation", method: http.MethodGet, path: path, parameters: []*huma.Param{pathID()},
		tag: tagOf(of), summary: "Read the invitation of " + oneOf(of),
		answer: "Its state, and that of the message.",
	}, func(ctx context.Context, in *call) (reply[api.Invitation], error) {
		done, err := d.Invite.State(ctx, callerOf(ctx), of, in.gin.Param("id"))
		return reply[api.Invitation]{body: done.Value, revision: done.Revision}, err
	})
	register(d, operation{
		id: "send-" + string(of) + "-invitation", method: http.MethodPost, path: path,
		parameters: append(changeParameters(), pathID()), body: schemaOf[api.SendInvitation](d), limit: api.MaxBody,
		tag: tagOf(of), summary: "Send " + oneOf(of) + " a link again",
		about:  "The links of before stop working. Who has an account is sent one to set another password with, if that is asked for.",
		answer: "The state of the message.", errors: []policy.Code{policy.Conflict, policy.TooMany},
	}, func(ctx context.Context, in *call) (reply[api.Invited[string]], error) {
		wanted, terms, err := changeOf[api.SendInvitation](in)
		if err != nil {
			return reply[api.Invited[string]]{}, err
		}
		done, err := d.Invite.Send(ctx, callerOf(ctx), terms, of, in.gin.Param("id"), wanted)
		return reply[api.Invited[string]]{body: done.Value, revision: done.Revision}, err
	})
	register(d, operation{
		id: "revoke-" + string(of) + "-invitation", method: http.MethodDelete, path: path,
		parameters: append(changeParameters(), pathID()),
		tag:        tagOf(of), summary: "Revoke the invitation of " + oneOf(of),
		about:  "Its link stops working.",
		answer: "Its state.", errors: []policy.Code{policy.Conflict},
	}, func(ctx context.Context, in *call) (reply[api.Invitation], error) {
		terms, err := in.terms()
		if err != nil {
			return reply[api.Invitation]{}, err
		}
		done, err := d.Invite.Revoke(ctx, callerOf(ctx), terms, of, in.gin.Param("id"))
		return reply[api.Invitation]{body: done.Value, revision: done.Revision}, err
	})
}

func tagOf(of policy.SubjectType) tag {
	if of == policy.SubjectAdmin {
		return tagTeam
	}
	return tagInvitations
}

func oneOf(of policy.SubjectType) string {
	if of == policy.SubjectAdmin {
		return "an admin"
	}
	return "a client"
}

func collectionOf(of policy.SubjectType) string {
	if of == policy.SubjectAdmin {
		return api.PathAdmins
	}
	return api.PathClients
}

func (d *door) waiting(ctx context.Context, in *call) (out reply[api.Waiting], err error) {
	terms := invite.WaitingTerms{After: policy.ClientID(in.gin.Query(api.ParamAfter))}
	terms.Limit, err = in.limit()
	choose(&err, &terms.EndsBefore, api.ParamEndsBefore, in.time)
	if err != nil {
		return out, err
	}
	out.body, err = d.Invite.Waiting(ctx, callerOf(ctx), terms)
	return out, err
}

func (d *door) inviteClient(ctx context.Context, in *call) (reply[api.Invited[policy.Client]], error) {
	wanted, terms, err := changeOf[api.NewInvitation](in)
	if err != nil {
		return reply[api.Invited[policy.Client]]{}, err
	}
	done, err := d.Invite.Client(ctx, callerOf(ctx), terms, wanted)
	return reply[api.Invited[policy.Client]]{body: done.Value, revision: done.Revision, etag: true}, err
}

// batchLimit is how long several invitations may take, each of which is a
// transaction of its own: 1,000 take some 10 seconds on two cores.
const batchLimit = 2 * time.Minute

// beginInviting lets in who may invite, and gives them time.
func (d *door) beginInviting(ctx context.Context, in *call) (end func(), err error) {
	if err := d.Invite.MayInvite(ctx, callerOf(ctx)); err != nil {
		return nil, err
	}
	in.extend(ctx)
	return func() {}, nil
}

func (d *door) inviteClients(ctx context.Context, in *call) (out reply[api.InvitedRows], err error) {
	dry, err := in.flag("dry_run")
	if err != nil {
		return out, err
	}
	together, err := in.flag("all")
	if err != nil {
		return out, err
	}
	var done admin.Changed[api.InvitedRows]
	if in.form != nil {
		done, err = d.inviteTable(ctx, in, together, dry)
	} else {
		done, err = d.inviteMany(ctx, in, together, dry)
	}
	return reply[api.InvitedRows]{body: done.Value, revision: done.Revision}, err
}

func (d *door) inviteMany(ctx context.Context, in *call, together, dry bool) (done admin.Changed[api.InvitedRows], err error) {
	wanted, terms, err := changeOf[api.Invitations](in)
	if err != nil {
		return done, err
	}
	wanted.All = wanted.All || together
	return d.Invite.Many(ctx, callerOf(ctx), terms, wanted, dry)
}

func (d *door) inviteTable(ctx context.Context, in *call, together, dry bool) (done admin.Changed[api.InvitedRows], err error) {
	terms, err := in.terms()
	if err != nil {
		return done, err
	}
	return d.Invite.Table(ctx, callerOf(ctx), terms, in.form.sheets[api.PartInvitations], in.form.mapping, together, dry)
}

func (d *door) inviteAdmin(ctx context.Context, in *call) (reply[api.Invited[policy.Admin]], error) {
	wanted, terms, err := changeOf[api.NewAdmin](in)
	if err != nil {
		return reply[api.Invited[policy.Admin]]{}, err
	}
	done, err := d.Invite.NewAdmin(ctx, callerOf(ctx), terms, wanted)
	return reply[api.Invited[policy.Admin]]{body: done.Value, revision: done.Revision, etag: true}, err
}

func (d *door) suspend(ctx context.Context, in *call) (reply[policy.Client], error) {
	terms, err := in.terms()
	if err != nil {
		return reply[policy.Client]{}, err
	}
	done, err := d.Admin.Suspend(ctx, callerOf(ctx), terms, in.gin.Param("id"))
	return reply[policy.Client]{body: done.Value, revision: done.Revision, etag: true}, err
}

func (d *door) resume(ctx context.Context, in *call) (reply[policy.Client], error) {
	terms, err := in.terms()
	if err != nil {
		return reply[policy.Client]{}, err
	}
	done, err := d.Admin.Resume(ctx, callerOf(ctx), terms, in.gin.Param("id"))
	return reply[policy.Client]{body: done.Value, revision: done.Revision, etag: true}, err
}

func (d *door) erase(ctx context.Context, in *call) (reply[api.DeletedClient], error) {
	terms, err := in.terms()
	if err != nil {
		return reply[api.DeletedClient]{}, err
	}
	return replied(d.Admin.Erase(ctx, callerOf(ctx), terms, in.gin.Param("id")))
}

func (d *door) deletedClients(ctx context.Context, in *call) (out reply[api.DeletedClients], err error) {
	limit, err := in.limit()
	if err != nil {
		return out, err
	}
	out.body, err = d.Admin.DeletedClients(ctx, callerOf(ctx), in.gin.Query("after"), limit)
	return out, err
}
