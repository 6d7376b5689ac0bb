package httpd

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/signin"
)

// idSignIn names the one open operation that looks at a password.
const idSignIn = "sign-in"

// mountOpen adds the operations that let people in. They take no key.
func mountOpen(d *door) {
	register(d, operation{
		id: "setup", method: http.MethodPost, path: api.PathSetup, status: http.StatusCreated,
		body: schemaOf[api.Setup](d), limit: api.MaxBody, open: true,
		tag: tagSignIn, summary: "Make the first owner",
		about:  "Takes the code that the sidecar printed when it first started. It works once, within an hour, and only while there is no owner.",
		answer: "The owner's session.", errors: []policy.Code{policy.Forbidden, policy.Conflict, policy.LinkFault, policy.TooMany},
	}, d.setup)
	register(d, operation{
		id: idSignIn, method: http.MethodPost, path: api.PathSignIn,
		body: schemaOf[api.SignIn](d), limit: api.MaxBody, open: true,
		tag: tagSignIn, summary: "Sign in",
		about:  "With one-time codes switched on, a try without code is answered with code_required.",
		answer: "A session: send its text as the bearer.", errors: []policy.Code{policy.CodeRequired, policy.TooMany},
	}, d.signIn)
}

// mountSession adds what people do with their own sessions, passwords and codes.
func mountSession(d *door) {
	register(d, operation{
		id: "sign-out", method: http.MethodPost, path: api.PathSignOut,
		tag: tagSignIn, summary: "Sign out",
		answer: "The session is over.",
	}, d.signOut)
	register(d, operation{
		id: "get-session", method: http.MethodGet, path: api.PathSession,
		tag: tagSignIn, summary: "Tell who asks",
		answer: "Who the key or session belongs to, and what that permits.",
	}, d.who)
	register(d, operation{
		id: "list-sessions", method: http.MethodGet, path: api.PathSessions,
		parameters: []*huma.Param{query("admin", "Whose sessions, if not your own.")},
		tag:        tagSignIn, summary: "List sessions",
		answer: "The sessions of an admin, the oldest first.", errors: []policy.Code{policy.NotFound},
	}, d.sessions)
	register(d, operation{
		id: "end-session", method: http.MethodDelete, path: one(api.PathSessions), parameters: []*huma.Param{pathID()},
		tag: tagSignIn, summary: "End a session",
		answer: "The session is over.",
	}, d.endSession)
	register(d, operation{
		id: "change-password", method: http.MethodPost, path: api.PathPassword,
		body: schemaOf[api.NewPassword](d), limit: api.MaxBody,
		tag: tagSignIn, summary: "Change your password",
		answer: "A new session. All others of yours are over.", errors: []policy.Code{policy.CodeRequired, policy.TooMany},
	}, d.changePassword)
	register(d, operation{
		id: "begin-codes", method: http.MethodPost, path: api.PathCodes,
		tag: tagSignIn, summary: "Begin to use one-time codes",
		about:  "They are asked for once a first one was confirmed.",
		answer: "The secret, once, to be put into an app for one-time codes (RFC 6238).", errors: []policy.Code{policy.Conflict},
	}, d.beginCodes)
	register(d, operation{
		id: "confirm-codes", method: http.MethodPost, path: api.PathConfirmCodes,
		body: schemaOf[api.Code](d), limit: api.MaxBody,
		tag: tagSignIn, summary: "Switch one-time codes on",
		answer: "Codes to get in with without the app, each once. They are not told again.", errors: []policy.Code{policy.CodeRequired, policy.Conflict, policy.TooMany},
	}, d.confirmCodes)
	register(d, operation{
		id: "stop-codes", method: http.MethodDelete, path: api.PathCodes,
		body: schemaOf[api.Password](d), limit: api.MaxBody,
		tag: tagSignIn, summary: "Switch one-time codes off",
		answer: "They are not asked for any more.", errors: []policy.Code{policy.Conflict, policy.TooMany},
	}, d.stopCodes)
}

func (d *door) setup(ctx context.Context, in *call) (reply[api.SignedIn], error) {
	wanted, err := decode[api.Setup](in.body)
	if err != nil {
		return reply[api.SignedIn]{}, err
	}
	return replied(d.Desk.Setup(ctx, in.origin(), wanted))
}

func (d *door) signIn(ctx context.Context, in *call) (reply[api.SignedIn], error) {
	wanted, err := decode[api.SignIn](in.body)
	if err != nil {
		return reply[api.SignedIn]{}, err
	}
	return replied(d.Desk.SignIn(ctx, signin.Try{
		Email: wanted.Email, Password: wanted.Password, Code: wanted.Code, Origin: in.origin(),
	}))
}

func (d *door) signOut(ctx context.Context, _ *call) (reply[api.Done], error) {
	return replied(d.Desk.SignOut(ctx, callerOf(ctx)))
}

func (d *door) who(ctx context.Context, _ *call) (out reply[api.Who], err error) {
	out.body, err = d.Desk.Who(ctx, callerOf(ctx))
	return out, err
}

func (d *door) sessions(ctx context.Context, in *call) (out reply[api.Sessions], err error) {
	out.body, err = d.Desk.Sessions(ctx, callerOf(ctx), in.gin.Query("admin"))
	return out, err
}

func (d *door) endSession(ctx context.Context, in *call) (reply[api.Done], error) {
	return replied(d.Desk.EndSession(ctx, callerOf(ctx), in.gin.Param("id")))
}

func (d *door) changePassword(ctx context.Context, in *call) (reply[api.SignedIn], error) {
	wanted, err := decode[api.NewPassword](in.body)
	if err != nil {
		return reply[api.SignedIn]{}, err
	}
	return replied(d.Desk.ChangePassword(ctx, callerOf(ctx), in.origin().Agent, wanted))
}

func (d *door) beginCodes(ctx context.Context, _ *call) (reply[api.NewCodes], error) {
	return replied(d.Desk.BeginCodes(ctx, callerOf(ctx)))
}

func (d *door) confirmCodes(ctx context.Context, in *call) (reply[api.RecoveryCodes], error) {
	wanted, err := decode[api.Code](in.body)
	if err != nil {
		return reply[api.RecoveryCodes]{}, err
	}
	return replied(d.Desk.ConfirmCodes(ctx, callerOf(ctx), wanted.Code))
}

func (d *door) stopCodes(ctx context.Context, in *call) (reply[api.Done], error) {
	wanted, err := decode[api.Password](in.body)
	if err != nil {
		return reply[api.Done]{}, err
	}
	return replied(d.Desk.StopCodes(ctx, callerOf(ctx), wanted.Password))
}

// replied returns the reply that tells of a change.
func replied[T any](done admin.Changed[T], err error) (reply[T], error) {
	return reply[T]{body: done.Value, revision: done.Revision}, err
}

// origin returns where a request comes from.
func (c *call) origin() signin.Origin {
	return signin.Origin{From: c.gin.ClientIP(), Agent: c.gin.Request.UserAgent()}
}

// seen notes that a session was used.
func (s *server) seen(data *policy.Data, caller policy.Caller) {
	if s.Desk != nil && caller.Session != "" {
		s.Desk.Used(data, caller)
	}
}
