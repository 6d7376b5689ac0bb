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

// mountOpen adds the operations that let people in. They take no key.
func mountOpen(d *door) {
	register(d, operation{
		id: "setup", method: http.MethodPost, path: api.PathSetup, status: http.StatusCreated,
		body: schemaOf[api.Setup](d), limit: api.MaxBody, open: true,
	}, d.setup)
	register(d, operation{
		id: "sign-in", method: http.MethodPost, path: api.PathSignIn,
		body: schemaOf[api.SignIn](d), limit: api.MaxBody, open: true,
	}, d.signIn)
}

// mountSession adds what people do with their own sessions, passwords and codes.
func mountSession(d *door) {
	register(d, operation{id: "sign-out", method: http.MethodPost, path: api.PathSignOut}, d.signOut)
	register(d, operation{id: "get-session", method: http.MethodGet, path: api.PathSession}, d.who)
	register(d, operation{
		id: "list-sessions", method: http.MethodGet, path: api.PathSessions,
		parameters: []*huma.Param{query("admin", "Whose sessions, if not your own.")},
	}, d.sessions)
	register(d, operation{
		id: "end-session", method: http.MethodDelete, path: one(api.PathSessions), parameters: []*huma.Param{pathID()},
	}, d.endSession)
	register(d, operation{
		id: "change-password", method: http.MethodPost, path: api.PathPassword,
		body: schemaOf[api.NewPassword](d), limit: api.MaxBody,
	}, d.changePassword)
	register(d, operation{id: "begin-codes", method: http.MethodPost, path: api.PathCodes}, d.beginCodes)
	register(d, operation{
		id: "confirm-codes", method: http.MethodPost, path: api.PathConfirmCodes,
		body: schemaOf[api.Code](d), limit: api.MaxBody,
	}, d.confirmCodes)
	register(d, operation{
		id: "stop-codes", method: http.MethodDelete, path: api.PathCodes,
		body: schemaOf[api.Password](d), limit: api.MaxBody,
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
