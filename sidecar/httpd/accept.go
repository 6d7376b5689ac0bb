package httpd

import (
	"context"

	"github.com/gin-gonic/gin"
	"github.com/go-json-experiment/json"

	"sightline.example/sidecar/api"
)

// open makes an endpoint for callers without a key: it reads a small JSON body
// strictly and answers with what do returns.
func open[Req, Resp any](s *server, do func(ctx context.Context, from string, in Req) (Resp, error)) gin.HandlerFunc {
	return func(c *gin.Context) {
		in := call{gin: c}
		if !in.read(s, api.MaxBody) {
			return
		}
		request, err := decode[Req](in.body)
		if err != nil {
			s.fail(c, err)
			return
		}
		ctx, cancel := context.WithTimeout(c.Request.Context(), answerLimit)
		defer cancel()
		answer, err := do(ctx, c.ClientIP(), request)
		if err != nil {
			s.fail(c, err)
			return
		}
		text, err := json.Marshal(answer)
		if err != nil {
			s.fail(c, err)
			return
		}
		c.Data(200, jsonType, text)
	}
}

// mountOpen adds what needs no key: it is let in by what is in the body.
func (s *server) mountOpen(group *gin.RouterGroup) {
	if s.Invite == nil {
		return
	}
	group.POST(api.PathOpen, open(s, s.openLink))
	group.POST(api.PathAccept, open(s, s.Invite.Accept))
	group.POST(api.PathReset, open(s, s.askReset))
}

func (s *server) openLink(ctx context.Context, _ string, in api.OpenLink) (api.Opened, error) {
	return s.Invite.Open(ctx, in.Link)
}

func (s *server) askReset(ctx context.Context, from string, in api.AskReset) (api.Asked, error) {
	err := s.Invite.Reset(ctx, from, in)
	return api.Asked{Message: "If there is an account with this address, a message with a link is on its way."}, err
}
