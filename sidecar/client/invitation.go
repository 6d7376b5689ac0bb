package client

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// Invite invites a client, who is stored with the status policy.Invited. It
// fails with policy.Exists if another client has the address.
func (c *Client) Invite(ctx context.Context, wanted api.NewInvitation, t Terms) (Stored[api.Invited[policy.Client]], error) {
	return call[api.Invited[policy.Client]](ctx, c, http.MethodPost, api.PathInvitations+t.query(), t.header(), wanted)
}

// InviteMany invites clients, up to api.MaxInvitations. What became of each is in
// its row; an error means that a repeat under the same Idempotency-Key goes on
// where this call broke off.
func (c *Client) InviteMany(ctx context.Context, wanted api.Invitations, t Terms) (Stored[api.InvitedRows], error) {
	return call[api.InvitedRows](ctx, c, http.MethodPost, api.PathInviteMany+t.query(), t.header(), wanted)
}

// TryInviteMany says what InviteMany would do.
func (c *Client) TryInviteMany(ctx context.Context, wanted api.Invitations, t Terms) (Stored[api.InvitedRows], error) {
	query := url.Values{"dry_run": {"true"}, "force": {strconv.FormatBool(t.Force)}}
	return call[api.InvitedRows](ctx, c, http.MethodPost, api.PathInviteMany+"?"+query.Encode(), nil, wanted)
}

// InviteAdmin invites an admin.
func (c *Client) InviteAdmin(ctx context.Context, wanted api.NewAdmin, t Terms) (Stored[api.Invited[policy.Admin]], error) {
	return call[api.Invited[policy.Admin]](ctx, c, http.MethodPost, api.PathAdmins, t.header(), wanted)
}

// Invitation returns the newest invitation of a client or an admin.
func (c *Client) Invitation(ctx context.Context, of policy.SubjectType, id string) (Stored[api.Invitation], error) {
	return call[api.Invitation](ctx, c, http.MethodGet, invitation(of, id), nil, nil)
}

// Waiting returns those of the invitations of clients after the given one, by id,
// that wait to be accepted and end before a time, unless that is zero: it looks at
// up to limit of them, or api.DefaultPage if that is 0.
func (c *Client) Waiting(ctx context.Context, after policy.ClientID, limit int, endsBefore time.Time) (api.Waiting, error) {
	path := api.PathInvitations + pageQuery(string(after), limit)
	if !endsBefore.IsZero() {
		path += "&" + url.Values{api.ParamEndsBefore: {moment(endsBefore)}}.Encode()
	}
	answer, err := call[api.Waiting](ctx, c, http.MethodGet, path, nil, nil)
	return answer.Value, err
}

// SendInvitation sends another invitation in the place of the one before.
func (c *Client) SendInvitation(ctx context.Context, of policy.SubjectType, id string, wanted api.SendInvitation, t Terms) (Stored[api.Invited[string]], error) {
	return call[api.Invited[string]](ctx, c, http.MethodPost, invitation(of, id), t.header(), wanted)
}

// RevokeInvitation makes the links of an invitation dead.
func (c *Client) RevokeInvitation(ctx context.Context, of policy.SubjectType, id string, t Terms) (Stored[api.Invitation], error) {
	return call[api.Invitation](ctx, c, http.MethodDelete, invitation(of, id), t.header(), nil)
}

func invitation(of policy.SubjectType, id string) string {
	collection := api.PathClients
	if of == policy.SubjectAdmin {
		collection = api.PathAdmins
	}
	return below(collection, id) + api.SubInvitation
}

// OpenLink returns what the text of an invitation's link is for. Nothing is used up.
func (c *Client) OpenLink(ctx context.Context, link string) (api.Opened, error) {
	opened, err := call[api.Opened](ctx, c, http.MethodPost, api.PathOpen, nil, api.OpenLink{Link: link})
	return opened.Value, err
}

// Accept uses a link up: it makes the account, or sets another password.
func (c *Client) Accept(ctx context.Context, a api.Acceptance) (api.Accepted, error) {
	accepted, err := call[api.Accepted](ctx, c, http.MethodPost, api.PathAccept, nil, a)
	return accepted.Value, err
}

// AskReset asks for a link to set another password.
func (c *Client) AskReset(ctx context.Context, asked api.AskReset) error {
	_, err := c.do(ctx, http.MethodPost, api.PathReset, nil, asked, nil)
	return err
}

// Suspend keeps an active client from seeing anything until [Client.Resume]. With
// a revision other than 0 it fails with policy.Stale if that is not the current one.
func (c *Client) Suspend(ctx context.Context, id policy.ClientID, revision int64, t Terms) (Stored[policy.Client], error) {
	return c.turn(ctx, id, api.SubSuspend, revision, t)
}

// Resume makes a suspended client active again, like [Client.Suspend].
func (c *Client) Resume(ctx context.Context, id policy.ClientID, revision int64, t Terms) (Stored[policy.Client], error) {
	return c.turn(ctx, id, api.SubResume, revision, t)
}

func (c *Client) turn(ctx context.Context, id policy.ClientID, how string, revision int64, t Terms) (Stored[policy.Client], error) {
	header := t.header()
	if revision != 0 {
		header = t.at(revision)
	}
	return call[policy.Client](ctx, c, http.MethodPost, below(api.PathClients, string(id))+how, header, nil)
}

// Erase forgets who a deleted client was: nothing but the id stays. It fails with
// policy.Conflict for a client who is not deleted.
func (c *Client) Erase(ctx context.Context, id policy.ClientID, t Terms) (Stored[api.DeletedClient], error) {
	return call[api.DeletedClient](ctx, c, http.MethodPost, below(api.PathClients, string(id))+api.SubErase, t.header(), nil)
}

// DeletedClients returns the clients who were deleted after the given id, by id:
// at most limit, or api.DefaultPage if that is 0.
func (c *Client) DeletedClients(ctx context.Context, after string, limit int) (api.DeletedClients, error) {
	page, err := call[api.DeletedClients](ctx, c, http.MethodGet, api.PathDeletedClients+pageQuery(after, limit), nil, nil)
	return page.Value, err
}
