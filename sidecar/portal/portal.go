// Package portal is the clients' web: the pages behind the links of invitations,
// where accounts are made and passwords set, and the page that a client sees who
// is signed in.
//
// Pages are plain HTML without scripts. Each is answered under a content security
// policy that permits nothing but our own style and forms; forms from other sites
// are refused ([http.CrossOriginProtection]). Looking at a link changes nothing.
// What a client may see is asked of the same engine as everywhere.
package portal

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/signin"
)

// Path is where the portal is. All its pages are below it.
const Path = "/portal"

// Accounts makes accounts from links.
type Accounts interface {
	Open(ctx context.Context, link string) (api.Opened, error)
	Accept(ctx context.Context, from string, a api.Acceptance) (admin.Changed[api.Accepted], error)
	Reset(ctx context.Context, from string, asked api.AskReset) error
}

// Sessions lets clients in and out.
type Sessions interface {
	// SignInClient begins a session. Its error is Unauthenticated for a wrong
	// address or password, whichever, and TooMany after too many tries.
	SignInClient(ctx context.Context, t signin.Try) (signin.Entered, error)
	// SignOut ends the session of the caller.
	SignOut(ctx context.Context, caller policy.Caller) (admin.Changed[api.Done], error)
	// Used notes that the session of the caller is in use.
	Used(data *policy.Data, caller policy.Caller)
}

// Engine gives the view that pages are made from.
type Engine interface {
	// View returns the engine at its current snapshot, and false if there is none
	// that may be trusted.
	View() (engine.View, bool)
}

// Config holds what the portal needs. All fields but Now and WaitFor are required.
type Config struct {
	Accounts Accounts
	Sessions Sessions
	Engine   Engine
	// WaitFor returns once the engine's view stands at revision or later, or with
	// an error when ctx ends before. Who has just signed in is known then. Nil
	// means not to wait.
	WaitFor   func(ctx context.Context, revision int64) error
	PublicURL string           // where clients reach it, such as https://sightline.example
	Company   string           // whose portal it is
	Now       func() time.Time // nil means time.Now
	Log       *slog.Logger     // gets each internal error once
}

// Portal answers the requests for its pages. Its zero value is not usable.
type Portal struct {
	cfg    Config
	pages  pages
	secure bool // cookies go over TLS only
	cross  *http.CrossOriginProtection
}

// New returns a Portal.
func New(cfg Config) *Portal {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.WaitFor == nil {
		cfg.WaitFor = func(context.Context, int64) error { return nil }
	}
	return &Portal{
		cfg:    cfg,
		pages:  parsePages(),
		secure: strings.HasPrefix(cfg.PublicURL, "https://"),
		cross:  http.NewCrossOriginProtection(),
	}
}

// LinkTo returns the address of the page that the text of a link opens.
func LinkTo(publicURL string, purpose policy.Purpose, text string) string {
	return strings.TrimSuffix(publicURL, "/") + Path + "/" + string(purpose) + "/" + text
}

// Mount adds the pages to a router. This is the whole of the portal's route table.
func (p *Portal) Mount(router gin.IRouter) {
	g := router.Group(Path, p.guard)
	see := func(path string, page gin.HandlerFunc) {
		g.Match([]string{http.MethodGet, http.MethodHead}, path, page)
	}
	see("", p.home)
	see("/", p.home)
	see("/style.css", p.style)

	see("/sign-in", p.signInPage)
	g.POST("/sign-in", p.signIn)
	g.POST("/sign-out", p.signOut)

	for _, purpose := range []policy.Purpose{policy.PurposeSetup, policy.PurposeReset} {
		see("/"+string(purpose), p.passwordPage(purpose))
		see("/"+string(purpose)+"/:link", p.follow(purpose))
		g.POST("/"+string(purpose)+"/password", p.accept(purpose))
	}
	see("/forgot", p.forgotPage)
	g.POST("/forgot", p.forgot)
}
