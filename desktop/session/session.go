// Package session signs an admin in at a sidecar: which one and how it is known
// to be the right one, the connections that are remembered, and the secrets,
// which are kept in the system's keyring and never in a file.
//
// What goes wrong is a *Fault, which says what to do about it.
package session

import (
	"context"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// Credentials say who signs in. Exactly one of Token, Setup and Email is set.
type Credentials struct {
	// Token is the text of an admin's key, or of a session that was remembered.
	Token string

	// Setup is the set-up code of a sidecar without an owner: the one who signs
	// in becomes it, with Name, Email and Password.
	Setup string
	Name  string

	Email    string
	Password string
	Code     string // a one-time code or recovery code, if the account has them
}

// Session is the time an admin is signed in. Its fields are not changed once it
// is open.
type Session struct {
	// Client calls the sidecar as the admin. It goes on to do so after Renew.
	Client     *client.Client
	Who        api.Who
	Connection Connection

	bearer *bearer
}

// agent is what lists of sessions have the app by.
const agent = "Sightline-desktop (" + runtime.GOOS + ")"

// OpenTime is how long signing in may take.
const OpenTime = 30 * time.Second

// Open signs in. A failure is a *Fault.
func Open(ctx context.Context, at Connection, with Credentials) (*Session, error) {
	transport, err := transportTo(at)
	if err != nil {
		return nil, err
	}
	base, err := CheckURL(at.URL)
	if err != nil {
		return nil, err
	}
	b := &bearer{base: transport, path: base.Path}
	s := &Session{
		Client:     &client.Client{BaseURL: strings.TrimSuffix(at.URL, "/"), HTTP: &http.Client{Transport: b}, Agent: agent},
		Connection: at, bearer: b,
	}
	in, err := s.enter(ctx, with)
	if err != nil {
		transport.CloseIdleConnections()
		return nil, faultOf(err)
	}
	s.Who = in.who
	b.set(in.token)
	if s.Who.Admin != nil {
		s.Connection.Login = s.Who.Admin.Email
	}
	return s, nil
}

// entry is a caller who was let in, and the token of that.
type entry struct {
	who   api.Who
	token string
}

// enter gets a token and asks who it is. It does not use it for anything else.
func (s *Session) enter(ctx context.Context, with Credentials) (entry, error) {
	ctx, cancel := context.WithTimeout(ctx, OpenTime)
	defer cancel()
	token, at, err := s.token(ctx, with)
	if err != nil {
		return entry{}, err
	}
	fresh := *s.Client
	fresh.HTTP = &http.Client{Transport: &bearer{base: s.bearer.base}}
	fresh.Key = token
	who, err := fresh.AtLeast(at).Who(ctx)
	switch {
	case err != nil:
		return entry{}, err
	case who.Role == "":
		return entry{}, &Fault{Kind: NotSightline}
	case !slices.Contains(who.Permissions, "clients:read"):
		return entry{}, &Fault{Kind: NotAllowed}
	}
	if err := needs(ctx, fresh.AtLeast(at)); err != nil {
		return entry{}, err
	}
	return entry{who, token}, nil
}

// needs asks for the youngest of what the app needs of a sidecar. Only that it is
// not there counts: what is in the way of an answer is told where it is asked for.
func needs(ctx context.Context, c *client.Client) error {
	if _, err := c.Sidecar(ctx); policy.CodeOf(err) == policy.NotFound {
		return &Fault{Kind: TooOld, Err: err}
	}
	return nil
}

// token returns the text to present, and the revision from which on it counts.
func (s *Session) token(ctx context.Context, with Credentials) (text, at string, err error) {
	fresh := *s.Client
	fresh.HTTP = &http.Client{Transport: s.bearer.base}
	var signed client.Stored[api.SignedIn]
	switch {
	case with.Token != "":
		return strings.TrimSpace(with.Token), "", nil
	case with.Setup != "":
		signed, err = fresh.Setup(ctx, api.Setup{Code: strings.TrimSpace(with.Setup), Name: with.Name, Email: with.Email, Password: with.Password})
	default:
		signed, err = fresh.SignIn(ctx, api.SignIn{Email: with.Email, Password: with.Password, Code: strings.TrimSpace(with.Code)})
	}
	return signed.Value.Token, signed.Token, err
}

// Renew signs the same admin in again, in place: whatever holds the Client goes
// on with it. It fails with a *Fault of kind OtherAdmin if it is another one.
func (s *Session) Renew(ctx context.Context, with Credentials) error {
	in, err := s.enter(ctx, with)
	if err != nil {
		return faultOf(err)
	}
	if !same(in.who, s.Who) {
		return &Fault{Kind: OtherAdmin}
	}
	s.bearer.set(in.token)
	return nil
}

// same reports whether two callers are the same one: the same id, or the address
// of an admin in a store that was set up anew.
func same(a, b api.Who) bool {
	return a.ID == b.ID || a.Admin != nil && b.Admin != nil && a.Admin.Email == b.Admin.Email
}

// Token returns what lets the admin in, to be remembered.
func (s *Session) Token() string { return s.bearer.get() }

// OnExpired has expired called when the sidecar lets the admin in no more: once
// for each token, in the background.
func (s *Session) OnExpired(expired func()) { s.bearer.expired.Store(&expired) }

// May reports whether the admin has a permission, such as "clients:write".
func (s *Session) May(p policy.Permission) bool {
	return slices.Contains(s.Who.Permissions, p)
}

// Close ends the connections to the sidecar. The session itself goes on: it can
// be remembered.
func (s *Session) Close() { s.bearer.base.CloseIdleConnections() }

// SignOut ends the session at the sidecar, unless it was a key that was used.
func (s *Session) SignOut(ctx context.Context) error {
	defer s.Close()
	if s.Who.Type != policy.SubjectAdmin {
		return nil
	}
	_, err := s.Client.SignOut(ctx)
	return err
}

// bearer presents a token that can be changed with each request, and notices when
// it lets nobody in any more (RFC 6750).
type bearer struct {
	base    *http.Transport
	path    string // of the sidecar's address
	token   atomic.Pointer[string]
	expired atomic.Pointer[func()]
	told    atomic.Pointer[string] // the token of which expired was told
}

func (b *bearer) get() string {
	if t := b.token.Load(); t != nil {
		return *t
	}
	return ""
}

func (b *bearer) set(token string) { b.token.Store(&token) }

// RoundTrip implements http.RoundTripper.
func (b *bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	used := b.token.Load()
	if used == nil {
		return b.base.RoundTrip(r)
	}
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+*used)
	response, err := b.base.RoundTrip(r)
	if err == nil && response.StatusCode == http.StatusUnauthorized && b.over(r) {
		b.expire(used)
	}
	return response, err
}

// over reports whether it is the token that a refused request was refused for: it
// can be a wrong password in it, too.
func (b *bearer) over(r *http.Request) bool {
	if strings.HasSuffix(r.URL.Path, api.PathSession) {
		return true
	}
	ask := r.Clone(r.Context())
	ask.Method, ask.Body, ask.ContentLength = http.MethodGet, nil, 0
	ask.URL.Path, ask.URL.RawPath, ask.URL.RawQuery = strings.TrimSuffix(b.path, "/")+api.PathSession, "", ""
	response, err := b.base.RoundTrip(ask)
	if err != nil {
		return false
	}
	defer response.Body.Close()
	return response.StatusCode == http.StatusUnauthorized
}

// expire tells that a token lets nobody in, once.
func (b *bearer) expire(used *string) {
	if b.told.Swap(used) == used || b.token.Load() != used {
		return
	}
	if expired := b.expired.Load(); expired != nil {
		(*expired)()
	}
}
