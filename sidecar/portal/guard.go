package portal

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

const contentPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// maxForm is the largest form that is read, in bytes.
const maxForm = 64 << 10

// head sets what every page carries (OWASP ASVS 5.0, 3.4).
func (p *Portal) head(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if p.secure {
		h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
	}
}

// guard refuses forms from other sites (OWASP ASVS 5.0, 3.5), and those that are
// too large.
func (p *Portal) guard(c *gin.Context) {
	p.head(c)
	if err := p.cross.Check(c.Request); err != nil || foreign(c.Request) {
		p.show(c, http.StatusForbidden, "message", page{Title: "Not from here", Text: "This form was sent from another site. Open the page again and fill it in there."})
		c.Abort()
		return
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, maxForm)
	if err := c.Request.ParseForm(); err != nil {
		p.show(c, http.StatusBadRequest, "message", page{Title: "That did not work", Text: "The form is too large, or did not arrive whole. Please fill it in again."})
		c.Abort()
	}
}

// foreign reports whether a form may be from elsewhere since the browser does not
// say where it is from. Every browser that is in use does.
func foreign(r *http.Request) bool {
	return r.Method == http.MethodPost && r.Header.Get("Sec-Fetch-Site") == "" && r.Header.Get("Origin") == ""
}
