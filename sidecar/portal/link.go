package portal

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// follow takes the text of a link out of the address, where it would stand in
// histories and be told to other sites, and goes on to the page with the form.
// Mail programs that look at links do no harm: nothing is used up.
func (p *Portal) follow(purpose policy.Purpose) gin.HandlerFunc {
	return func(c *gin.Context) {
		link := c.Param("link")
		if _, err := p.cfg.Accounts.Open(c.Request.Context(), link); err != nil {
			p.fail(c, err)
			return
		}
		// Whoever follows a link in a mail comes from another site.
		p.set(c, linkCookie, link, linkSeconds, http.SameSiteLaxMode)
		c.Redirect(http.StatusSeeOther, Path+"/"+string(purpose))
	}
}

// passwordPage shows the form behind a link.
func (p *Portal) passwordPage(purpose policy.Purpose) gin.HandlerFunc {
	return func(c *gin.Context) {
		opened, err := p.cfg.Accounts.Open(c.Request.Context(), p.cookie(c, linkCookie))
		if err != nil {
			p.fail(c, err)
			return
		}
		p.show(c, http.StatusOK, "password", form(purpose, opened))
	}
}

func form(purpose policy.Purpose, o api.Opened) page {
	v := page{
		Title: "Set up your account", Button: "Set up my account", Email: o.Email,
		Action: Path + "/" + string(purpose) + "/password",
	}
	if o.Type == policy.SubjectAdmin {
		v.Name = o.Name // of a client, it is the company's rather than the person's
	}
	if o.Purpose == policy.PurposeReset {
		v.Title, v.Button, v.Reset = "Choose a new password", "Set my password", true
	}
	return v
}

// accept uses the link up.
func (p *Portal) accept(purpose policy.Purpose) gin.HandlerFunc {
	return func(c *gin.Context) {
		link := p.cookie(c, linkCookie)
		wanted := api.Acceptance{Link: link, Name: c.PostForm("name"), Password: c.PostForm("password")}
		accepted, err := p.cfg.Accounts.Accept(c.Request.Context(), c.ClientIP(), wanted)
		if e, ok := errors.AsType[*policy.Error](err); ok && e.Code == policy.Invalid {
			p.again(c, purpose, wanted, e)
			return
		}
		if err != nil {
			p.fail(c, err)
			return
		}
		p.settle(c.Request.Context(), accepted.Revision)
		p.set(c, linkCookie, "", -1, http.SameSiteLaxMode)
		p.done(c, accepted.Value, wanted.Password)
	}
}

// again shows the form with what is wrong with it, and all that was typed but the
// password.
func (p *Portal) again(c *gin.Context, purpose policy.Purpose, wanted api.Acceptance, e *policy.Error) {
	opened, err := p.cfg.Accounts.Open(c.Request.Context(), wanted.Link)
	if err != nil {
		p.fail(c, err)
		return
	}
	v := form(purpose, opened)
	v.Name, v.Field, v.Problem = wanted.Name, e.Field, sentence("it "+e.Message)
	p.show(c, http.StatusBadRequest, "password", v)
}

// done goes on after the link was used: a client who has just made the account is
// signed in, all others have to sign in where they do so.
func (p *Portal) done(c *gin.Context, a api.Accepted, password string) {
	switch {
	case a.Type == policy.SubjectAdmin:
		p.show(c, http.StatusOK, "message", page{Title: "You are set", Text: "Open the Sightline app and sign in with your address and the password you have just chosen."})
	case a.Purpose == policy.PurposeReset:
		p.show(c, http.StatusOK, "message", page{Title: "Your password is changed", Text: "You were signed out everywhere.", Next: Path + "/sign-in", Button: "Sign in"})
	default:
		p.enter(c, a.Email, password)
	}
}
