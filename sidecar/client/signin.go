package client

import (
	"context"
	"net/http"
	"net/url"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// Setup makes the first owner, with the set-up code that the sidecar printed. It
// needs no key, and returns a session: see [Client.As].
func (c *Client) Setup(ctx context.Context, wanted api.Setup) (Stored[api.SignedIn], error) {
	return call[api.SignedIn](ctx, c, http.MethodPost, api.PathSetup, nil, wanted)
}

// SignIn begins a session. It needs no key. If a one-time code is needed, it
// fails with policy.CodeRequired; after too many tries with policy.TooMany.
func (c *Client) SignIn(ctx context.Context, wanted api.SignIn) (Stored[api.SignedIn], error) {
	return call[api.SignedIn](ctx, c, http.MethodPost, api.PathSignIn, nil, wanted)
}

// As returns a Client that presents the session.
func (c *Client) As(s Stored[api.SignedIn]) *Client {
	next := *c
	next.Key = s.Value.Token
	return next.AtLeast(s.Token)
}

// SignOut ends the session.
func (c *Client) SignOut(ctx context.Context) (Stored[api.Done], error) {
	return call[api.Done](ctx, c, http.MethodPost, api.PathSignOut, nil, nil)
}

// Who returns who the client is signed in as, or whose key it has.
func (c *Client) Who(ctx context.Context) (api.Who, error) {
	who, err := call[api.Who](ctx, c, http.MethodGet, api.PathSession, nil, nil)
	return who.Value, err
}

// Sessions returns the sessions of an admin, the caller's own if admin is empty.
func (c *Client) Sessions(ctx context.Context, admin policy.AdminID) (api.Sessions, error) {
	path := api.PathSessions
	if admin != "" {
		path += "?" + url.Values{"admin": {string(admin)}}.Encode()
	}
	list, err := call[api.Sessions](ctx, c, http.MethodGet, path, nil, nil)
	return list.Value, err
}

// EndSession ends a session.
func (c *Client) EndSession(ctx context.Context, id policy.SessionID) (Stored[api.Done], error) {
	return call[api.Done](ctx, c, http.MethodDelete, below(api.PathSessions, string(id)), nil, nil)
}

// ChangePassword changes the password of who is signed in. All of their sessions
// end; the answer has a new one.
func (c *Client) ChangePassword(ctx context.Context, wanted api.NewPassword) (Stored[api.SignedIn], error) {
	return call[api.SignedIn](ctx, c, http.MethodPost, api.PathPassword, nil, wanted)
}

// BeginCodes returns the secret that one-time codes are made from.
func (c *Client) BeginCodes(ctx context.Context) (Stored[api.NewCodes], error) {
	return call[api.NewCodes](ctx, c, http.MethodPost, api.PathCodes, nil, nil)
}

// ConfirmCodes switches one-time codes on and returns the recovery codes.
func (c *Client) ConfirmCodes(ctx context.Context, code string) (Stored[api.RecoveryCodes], error) {
	return call[api.RecoveryCodes](ctx, c, http.MethodPost, api.PathConfirmCodes, nil, api.Code{Code: code})
}

// StopCodes switches one-time codes off.
func (c *Client) StopCodes(ctx context.Context, password string) (Stored[api.Done], error) {
	return call[api.Done](ctx, c, http.MethodDelete, api.PathCodes, nil, api.Password{Password: password})
}

// Admins returns the admins after the given id, by id, like [Collection.List].
func (c *Client) Admins(ctx context.Context, after string, limit int) (api.Page[policy.Admin], error) {
	page, err := call[api.Page[policy.Admin]](ctx, c, http.MethodGet, api.PathAdmins+pageQuery(after, limit), nil, nil)
	return page.Value, err
}

// Admin returns an admin.
func (c *Client) Admin(ctx context.Context, id policy.AdminID) (Stored[policy.Admin], error) {
	return call[policy.Admin](ctx, c, http.MethodGet, below(api.PathAdmins, string(id)), nil, nil)
}

// EditAdmin changes the admin's version of the given revision, like
// [Collection.Replace].
func (c *Client) EditAdmin(ctx context.Context, id policy.AdminID, revision int64, wanted api.AdminEdit, t Terms) (Stored[policy.Admin], error) {
	return call[policy.Admin](ctx, c, http.MethodPut, below(api.PathAdmins, string(id)), t.at(revision), wanted)
}

// DeleteAdmin deletes the admin's version of the given revision, and returns who
// it was.
func (c *Client) DeleteAdmin(ctx context.Context, id policy.AdminID, revision int64, t Terms) (Stored[policy.Admin], error) {
	return call[policy.Admin](ctx, c, http.MethodDelete, below(api.PathAdmins, string(id)), t.at(revision), nil)
}

// Unlock lets an admin sign in again after too many failures.
func (c *Client) Unlock(ctx context.Context, id policy.AdminID) (Stored[api.Done], error) {
	return call[api.Done](ctx, c, http.MethodPost, below(api.PathAdmins, string(id))+api.PathUnlock, nil, nil)
}
