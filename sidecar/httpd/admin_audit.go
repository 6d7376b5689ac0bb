package httpd

import (
	"context"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// auditLines is api.AuditLines in the shape package huma wants.
type auditLines struct {
	ContentType string `header:"Content-Type" doc:"Lines of JSON."`
	Tail        string `header:"Sightline-Audit-Tail" doc:"Where the chain in the store begins."`
	Head        string `header:"Sightline-Audit-Head" doc:"Where it ends."`
	Body        []byte
}

// registerAuditLog adds the one endpoint whose answer is not JSON, but lines of it.
func registerAuditLog(d *door) {
	op := operation{
		id: "audit-log", method: http.MethodGet, path: api.PathAuditLog, status: http.StatusOK, parameters: pageParameters(),
		tag: tagAudit, summary: "Copy the log",
		about:  "The records and the two ends of the chain, from which anyone can verify that nothing was changed, left out or put in.",
		answer: "The records as they are stored, one a line.",
		errors: []policy.Code{policy.NotFound},
	}
	described := d.described(op)
	described.Responses["200"].Content = contentOf(api.LinesType, &huma.Schema{Type: huma.TypeString})
	huma.Register(d.huma, described, func(ctx context.Context, in *call) (*auditLines, error) {
		ctx, cancel := context.WithTimeout(ctx, answerLimit)
		defer cancel()
		lines, err := d.auditLog(ctx, in)
		if err != nil {
			d.fail(in.gin, err)
			return nil, nil
		}
		return &auditLines{api.LinesType, lines.Tail.String(), lines.Head.String(), lines.Text}, nil
	})
	d.complete(op)
}

func (d *door) auditLog(ctx context.Context, in *call) (api.AuditLines, error) {
	limit, err := in.limit()
	if err != nil {
		return api.AuditLines{}, err
	}
	after, err := in.afterNumber()
	if err != nil {
		return api.AuditLines{}, err
	}
	return d.Admin.AuditLines(ctx, callerOf(ctx), after, limit)
}

// afterNumber returns the number of the audit record to answer what is after, 0
// if there is none.
func (c *call) afterNumber() (uint64, error) {
	text := c.gin.Query("after")
	if text == "" {
		return 0, nil
	}
	after, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0, policy.FieldErrorf("after", "must be the number of a record")
	}
	return after, nil
}
