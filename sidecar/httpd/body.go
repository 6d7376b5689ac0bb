package httpd

import (
	"errors"
	"io"
	"mime"
	"net/http"

	"github.com/gin-gonic/gin"

	"sightline.example/policy"
)

// The media types of bodies.
const (
	jsonType = "application/json"
	formType = "multipart/form-data"
)

// readBody returns the body of a request that says it is JSON and is not larger
// than limit bytes. Parameters of the media type are accepted and ignored: JSON
// is UTF-8 (RFC 8259, section 8.1).
func readBody(c *gin.Context, limit int64) ([]byte, error) {
	media, _, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	if err != nil || media != jsonType {
		return nil, policy.Errorf(policy.Invalid, "Content-Type must be %s", jsonType)
	}
	body, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, limit))
	if err != nil {
		return nil, bodyError(err, limit)
	}
	return body, nil
}

// bodyError returns the error that tells a caller why the body could not be read.
func bodyError(err error, limit int64) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return policy.Errorf(policy.TooLarge, "the body is larger than %d bytes", limit)
	}
	return policy.Errorf(policy.Invalid, "the body ended early")
}
