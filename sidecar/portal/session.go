package portal

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/signin"
)

// caller returns the client who is signed in, and the view that knows so. It
// fails with policy.Unauthenticated if nobody is, and with policy.Unavailable if
// that can't be told.
func (p *Portal) caller(c *gin.Context) (policy.Caller, engine.View, error) {
	view, ok := p.cfg.Engine.View()
	if !ok {
		return policy.Caller{}, view, policy.Errorf(policy.Unavailable, "there is no current data")
	}
	caller, ok := view.Data().ClientCaller(p.cookie(c, sessionCookie), p.cfg.Now())
	if !ok {
		return policy.Caller{}, view, policy.Errorf(policy.Unauthenticated, "nobody is signed in")
	}
	caller.From = c.ClientIP()
	return caller, view, nil
}

func (p *Portal) signInPage(c *gin.Context) {
	p.show(c, http.StatusOK, "sign_in", page{Title: "Sign in", Action: Path + "/sign-in"})
}

func (p *Portal) signIn(c *gin.Context) { p.enter(c, c.PostForm("email"), c.PostForm("password")) }

// enter signs a client in and goes on to the home page.
func (p *Portal) enter(c *gin.Context, email, password string) {
	entered, err := p.cfg.Sessions.SignInClient(c.Request.Context(), signin.Try{
		Email: email, Password: password, Origin: signin.Origin{From: c.ClientIP(), Agent: c.Request.UserAgent()},
	})
	switch policy.CodeOf(err) {
	case "":
	case policy.Unauthenticated, policy.Invalid:
		p.show(c, http.StatusUnauthorized, "sign_in", page{
			Title: "Sign in", Action: Path + "/sign-in", Email: email, Problem: "The address or the password is wrong.",
		})
		return
	default:
		p.fail(c, err)
		return
	}
	p.settle(c.Request.Context(), entered.Revision)
	p.set(c, sessionCookie, entered.Text, 0, http.SameSiteStrictMode)
	c.Redirect(http.StatusSeeOther, Path)
}

// settleLimit is how long a page may wait for what was just done to be known.
const settleLimit = time.Second

// settle waits until the next page knows of a revision. If that takes too long,
// the page may ask to sign in again, which does no harm.
func (p *Portal) settle(ctx context.Context, revision int64) {
	ctx, cancel := context.WithTimeout(ctx, settleLimit)
	defer cancel()
	_ = p.cfg.WaitFor(ctx, revision)
}

func (p *Portal) signOut(c *gin.Context) {
	caller, _, err := p.caller(c)
	if err == nil {
		_, err = p.cfg.Sessions.SignOut(c.Request.Context(), caller)
	}
	if err != nil && policy.CodeOf(err) != policy.Unauthenticated {
		p.fail(c, err)
		return
	}
	p.set(c, sessionCookie, "", -1, http.SameSiteStrictMode)
	c.Redirect(http.StatusSeeOther, Path+"/sign-in")
}

func (p *Portal) forgotPage(c *gin.Context) {
	p.show(c, http.StatusOK, "forgot", page{Title: "Forgot your password?", Action: Path + "/forgot"})
}

func (p *Portal) forgot(c *gin.Context) {
	asked := api.AskReset{Type: policy.SubjectClient, Email: c.PostForm("email")}
	err := p.cfg.Accounts.Reset(c.Request.Context(), c.ClientIP(), asked)
	if policy.CodeOf(err) == policy.Invalid {
		p.show(c, http.StatusBadRequest, "forgot", page{
			Title: "Forgot your password?", Action: Path + "/forgot", Email: asked.Email, Problem: "That is not an e-mail address.",
		})
		return
	}
	if err != nil {
		p.fail(c, err)
		return
	}
	p.show(c, http.StatusOK, "message", page{
		Title: "Look at your mail", Text: "If there is an account with this address, a message with a link is on its way. The link works for 30 minutes.",
	})
}
