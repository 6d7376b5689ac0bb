package portal

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// Names of cookies. Over TLS they have the prefix that binds them to the host
// (RFC 6265bis, section 4.1.3.2).
const (
	sessionCookie = "sightline"
	linkCookie    = "sightline-link"
)

// linkSeconds is how long the page behind a link can be looked at before the link
// has to be followed again.
const linkSeconds = 15 * 60

func (p *Portal) name(cookie string) string {
	if p.secure {
		return "__Host-" + cookie
	}
	return cookie
}

// set sets a cookie. Seconds is how long it is kept: 0 until the browser is
// closed, and -1 removes it.
func (p *Portal) set(c *gin.Context, cookie, value string, seconds int, site http.SameSite) {
	http.SetCookie(c.Writer, &http.Cookie{
		Name: p.name(cookie), Value: value, Path: "/", MaxAge: seconds,
		Secure: p.secure, HttpOnly: true, SameSite: site,
	})
}

func (p *Portal) cookie(c *gin.Context, cookie string) string {
	found, err := c.Request.Cookie(p.name(cookie))
	if err != nil {
		return ""
	}
	return found.Value
}
