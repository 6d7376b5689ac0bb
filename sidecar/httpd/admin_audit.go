package httpd

import (
	"context"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/audit"
)

// mountAudit adds what is told of the audit log.
func mountAudit(d *door) {
	register(d, operation{
		id: "audit", method: http.MethodGet, path: api.PathAudit, parameters: append(pageParameters(),
			query(api.ParamActor, "The id of who did it."),
			choices(api.ParamActorType, "What kind of caller did it.",
				policy.SubjectKey, policy.SubjectAdmin, policy.SubjectClient, policy.SubjectSystem),
			query(api.ParamAction, "What was done, such as create."),
			query(api.ParamKind, "What kind of thing it was done to, such as clients."),
			query(api.ParamID, "The id of what it was done to."),
			moment(api.ParamFrom, "Not before."),
			moment(api.ParamUntil, "Before."),
			text(api.ParamText, "A part of a name, an id, a detail, or a value before or after, without regard to case.", audit.MaxText),
			choices(api.ParamOrder, "By number: asc is the oldest first, desc the newest. Default: asc.", api.Ascending, api.Descending),
		),
		tag: tagAudit, summary: "Search what was done",
		about:  "Every change, sign-in and step of an invitation: who, what, when, from where, and what was before and after. A request looks at so many records at the most; next tells where to go on.",
		answer: "A page of records.",
	}, d.audit)
	registerAuditLog(d)
}

// audit answers a page of the records that are asked for.
func (d *door) audit(ctx context.Context, in *call) (out reply[api.AuditPage], err error) {
	q, err := in.auditQuery()
	if err != nil {
		return out, err
	}
	out.body, err = d.Admin.Audit(ctx, callerOf(ctx), q)
	return out, err
}

// auditQuery returns which records are asked for.
func (c *call) auditQuery() (q audit.Query, err error) {
	q = audit.Query{
		ActorType: policy.SubjectType(c.gin.Query(api.ParamActorType)),
		Actor:     c.gin.Query(api.ParamActor),
		Action:    c.gin.Query(api.ParamAction),
		Kind:      c.gin.Query(api.ParamKind),
		ID:        c.gin.Query(api.ParamID),
		Text:      c.gin.Query(api.ParamText),
	}
	if q.Limit, err = c.limit(); err != nil {
		return q, err
	}
	if q.After, err = c.afterNumber(); err != nil {
		return q, err
	}
	choose(&err, &q.From, api.ParamFrom, c.time)
	choose(&err, &q.Until, api.ParamUntil, c.time)
	choose(&err, &q.Descending, api.ParamOrder, c.descending)
	return q, err
}

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
