package httpd

import (
	"encoding/json"
	"net/http"
	"sync"

	"github.com/gin-gonic/gin"

	"sightline.example/sidecar/api"
	"sightline.example/sidecar/docs"
)

// mountDescription adds the description of all operations, for programs and for
// people. It is no secret: whoever has the program has it. Nothing may be added
// to the description afterwards.
func (d *door) mountDescription(router gin.IRouter) {
	for _, unused := range []string{"ErrorModel", "ErrorDetail"} { // package huma's own, which no answer is
		delete(d.huma.OpenAPI().Components.Schemas.Map(), unused)
	}
	document := sync.OnceValues(func() ([]byte, error) { return json.Marshal(d.huma.OpenAPI()) })
	page := sync.OnceValues(func() ([]byte, error) {
		text, err := document()
		if err != nil {
			return nil, err
		}
		return docs.Page(text)
	})
	router.GET(api.PathOpenAPI, d.text("application/openapi+json", document))
	router.GET(api.PathDocs, docsGuard, d.text("text/html; charset=utf-8", page))
	router.GET(api.PathDocs+docs.Style, docsGuard, d.text("text/css; charset=utf-8", docs.StyleSheet))
}

// text answers with a text.
func (d *door) text(media string, of func() ([]byte, error)) gin.HandlerFunc {
	return func(c *gin.Context) {
		text, err := of()
		if err != nil {
			d.fail(c, err)
			return
		}
		c.Data(http.StatusOK, media, text)
	}
}

// docsGuard lets the page load nothing but its style, and be framed by nobody
// (OWASP ASVS 5.0, 3.4).
func docsGuard(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}
