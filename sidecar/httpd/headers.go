package httpd

import (
	"strings"
	"unicode"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// headers begins the exchange and sets what every answer carries.
func (s *server) headers(c *gin.Context) {
	c.Header("X-Content-Type-Options", "nosniff")
	c.Header("Cache-Control", "no-store")
	c.Header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'") // pages have one of their own
	id := c.GetHeader(api.HeaderRequestID)
	err := checkRequestID(id)
	if id == "" || err != nil {
		id = uuid.Must(uuid.NewV7()).String()
	}
	c.Header(api.HeaderRequestID, id)
	begin(c, id)
	if err != nil {
		s.fail(c, err)
	}
}

// checkRequestID refuses ids that could split a log line or fill the log.
func checkRequestID(id string) error {
	if len(id) > api.MaxRequestID {
		return policy.Errorf(policy.Invalid, "X-Request-ID is longer than %d bytes", api.MaxRequestID)
	}
	if strings.ContainsFunc(id, unicode.IsControl) {
		return policy.Errorf(policy.Invalid, "X-Request-ID has a control character")
	}
	return nil
}
