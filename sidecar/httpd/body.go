package httpd

import (
	"errors"
	"io"
	"mime"
	"net/http"

	"github.com/gin-gonic/gin"

	"sightline.example/policy"
)

const jsonType = "application/json"

// readBody returns the body of a request that says it is JSON and is not larger
// than limit bytes. Parameters of the media type are accepted and ignored: JSON
// is UTF-8 (RFC 8259, section 8.1).
func readBody(c *gin.Context, limit int64) ([]byte, error) {
	media, _, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	if err != nil || media != jsonType {
		return nil, policy.Errorf(policy.Invalid, "Content-Type must be %s", jsonType)
	}
	body, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, limit))
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, policy.Errorf(policy.TooLarge, "the body is larger than %d bytes", limit)
	}
	if err != nil {
		return nil, policy.Errorf(policy.Invalid, "the body ended early")
	}
	return body, nil
}
