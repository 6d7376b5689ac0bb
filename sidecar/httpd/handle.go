package httpd

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/go-json-experiment/json"
	"github.com/google/uuid"

	"sightline.example/policy/engine"
	"sightline.example/sidecar/api"
)

// answerLimit bounds the evaluation of a whole request, so that the answer to a
// slow batch still gets out before the connection's write deadline. What is not
// decided by then is denied by the engine.
const answerLimit = 20 * time.Second

// handle makes an endpoint that answers with decisions: it reads at most limit
// bytes of JSON, decodes all of it before anything is evaluated, and answers
// from one view, which is not older than the last byte of the request. Errors of decode and answer are rendered by fail.
func handle[Req, Resp any](
	s *server,
	limit int64,
	decode func(body []byte) (Req, error),
	answer func(context.Context, engine.View, Req) Resp,
) gin.HandlerFunc {
	return func(c *gin.Context) {
		body, err := readBody(c, limit)
		if err != nil {
			s.fail(c, err)
			return
		}
		request, err := decode(body)
		if err != nil {
			s.fail(c, err)
			return
		}
		if err := s.renew(c); err != nil {
			s.fail(c, err)
			return
		}
		ctx, cancel := context.WithTimeout(c.Request.Context(), answerLimit)
		defer cancel()
		view := viewOf(ctx)
		text, err := json.Marshal(answer(ctx, view, request))
		if err != nil {
			s.fail(c, err)
			return
		}
		c.Header(api.HeaderRevision, s.Feed.Token(view.Data().Revision()))
		c.Header(api.HeaderDecisionID, uuid.Must(uuid.NewV7()).String())
		c.Data(http.StatusOK, jsonType, text)
	}
}
