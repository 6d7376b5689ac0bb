package httpd

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"mime"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
)

// call is the request of an operation of the admin API.
type call struct {
	gin  *gin.Context
	body []byte
	form *form // instead of JSON
}

// Resolve implements huma.Resolver.
func (c *call) Resolve(ctx huma.Context) []error {
	c.gin = humagin.Unwrap(ctx)
	return nil
}

// read reads the body. If it is not of a media type the operation takes, of at
// most limit bytes and well formed, it answers with the error and returns false.
func (c *call) read(s *server, op operation) bool {
	var err error
	switch media, parameters, _ := mime.ParseMediaType(c.gin.GetHeader("Content-Type")); {
	case media == jsonType:
		if c.body, err = readBody(c.gin, op.limit); err == nil {
			err = checkJSON(c.body)
		}
	case media == formType && op.form != nil:
		if c.form, err = readForm(c.gin, parameters["boundary"], op.form, op.limit); err == nil {
			c.body = c.form.digest()
		}
	default:
		unsupported(c.gin, op)
		return false
	}
	if err != nil {
		s.fail(c.gin, err)
	}
	return err == nil
}

// unsupported answers a body of another media type. No policy.Code has status
// 415, so it is not fail that answers.
func unsupported(c *gin.Context, op operation) {
	taken := jsonType
	if op.form != nil {
		taken += " or " + formType
	}
	p := api.ProblemOf(policy.Errorf(policy.Invalid, "Content-Type must be %s", taken))
	p.Status = http.StatusUnsupportedMediaType
	p.Title = http.StatusText(p.Status)
	c.Header(api.HeaderError, string(p.Code))
	c.Header("Content-Type", api.ProblemType)
	c.JSON(p.Status, p)
}

// extend puts off the deadlines of the connection to what ctx has, and a moment
// for the answer.
func (c *call) extend(ctx context.Context) {
	connection := http.NewResponseController(c.gin.Writer)
	deadline, _ := ctx.Deadline()
	// What has no deadlines to put off needs none put off.
	_ = connection.SetReadDeadline(deadline)
	_ = connection.SetWriteDeadline(deadline.Add(writeTimeout - answerLimit))
}

// terms returns the conditions of a change.
func (c *call) terms() (t admin.Terms, err error) {
	if t.IdempotencyKey, err = c.idempotencyKey(); err != nil {
		return t, err
	}
	if t.Revision, err = c.ifMatch(); err != nil {
		return t, err
	}
	if t.Force, err = c.flag("force"); err != nil {
		return t, err
	}
	t.Fingerprint = c.fingerprint()
	return t, nil
}

// fingerprint returns a hash of the method, the path with its query, and the body.
func (c *call) fingerprint() string {
	hash := sha256.New()
	// A hash takes whatever it is given.
	_, _ = io.WriteString(hash, c.gin.Request.Method+" "+c.gin.Request.URL.RequestURI()+"\n")
	_, _ = hash.Write(c.body)
	return hex.EncodeToString(hash.Sum(nil))
}

func (c *call) idempotencyKey() (string, error) {
	key := c.gin.GetHeader(api.HeaderIdempotencyKey)
	if len(key) > api.MaxIdempotencyKey {
		return "", policy.Errorf(policy.Invalid, "%s is longer than %d bytes", api.HeaderIdempotencyKey, api.MaxIdempotencyKey)
	}
	return key, nil
}

// ifMatch returns the revision in If-Match, 0 if there is none.
func (c *call) ifMatch() (int64, error) {
	tag := c.gin.GetHeader(api.HeaderIfMatch)
	if tag == "" {
		return 0, nil
	}
	revision, err := api.ParseETag(tag)
	if err != nil {
		return 0, policy.Errorf(policy.Invalid, "%s must be the ETag of an earlier answer", api.HeaderIfMatch)
	}
	return revision, nil
}

// flag returns a parameter of the query that is true or false.
func (c *call) flag(name string) (bool, error) {
	switch c.gin.Query(name) {
	case "true":
		return true, nil
	case "", "false":
		return false, nil
	}
	return false, policy.FieldErrorf(name, "must be true or false")
}

// number returns a parameter of the query that is a whole number.
func (c *call) number(name string, otherwise int) (int, error) {
	text := c.gin.Query(name)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, policy.FieldErrorf(name, "must be a whole number")
	}
	return n, nil
}

// limit returns how many items are asked for.
func (c *call) limit() (int, error) { return c.number("limit", api.DefaultPage) }
