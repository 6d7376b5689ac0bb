package client

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"sightline.example/sidecar/api"
	"sightline.example/sidecar/audit"
)

// FindAudit returns the audit records that q wants: at most q.Limit, or
// api.DefaultPage if that is 0. A page may have fewer, or none, and still a Next
// to go on after.
func (c *Client) FindAudit(ctx context.Context, q audit.Query) (api.AuditPage, error) {
	page, err := call[api.AuditPage](ctx, c, http.MethodGet, api.PathAudit+"?"+auditValues(q).Encode(), nil, nil)
	return page.Value, err
}

func auditValues(q audit.Query) url.Values {
	v := url.Values{}
	put := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	put(api.ParamActorType, string(q.ActorType))
	put(api.ParamActor, q.Actor)
	put(api.ParamAction, q.Action)
	put(api.ParamKind, q.Kind)
	put(api.ParamID, q.ID)
	put(api.ParamFrom, moment(q.From))
	put(api.ParamUntil, moment(q.Until))
	put(api.ParamText, q.Text)
	if q.Descending {
		put(api.ParamOrder, api.Descending)
	}
	if q.After != 0 {
		put(api.ParamAfter, strconv.FormatUint(q.After, 10))
	}
	if q.Limit != 0 {
		put(api.ParamLimit, strconv.Itoa(q.Limit))
	}
	return v
}

// Audit returns the audit records after the given number, oldest first: at most
// limit, or api.DefaultPage if that is 0.
func (c *Client) Audit(ctx context.Context, after uint64, limit int) (api.AuditPage, error) {
	return c.FindAudit(ctx, audit.Query{After: after, Limit: limit})
}

// AuditLines returns the audit records after the given number as they are stored,
// oldest first: at most limit, or api.DefaultPage if that is 0, and fewer if they
// are long. After 0 come the first that are not archived; after another number
// the call fails with policy.NotFound if the next one is archived.
func (c *Client) AuditLines(ctx context.Context, after uint64, limit int) (lines api.AuditLines, err error) {
	query := pageQuery(strconv.FormatUint(after, 10), limit)
	header, err := c.do(ctx, http.MethodGet, api.PathAuditLog+query, nil, nil, &lines.Text)
	if err != nil {
		return lines, err
	}
	if lines.Tail, err = audit.ParseAnchor(header.Get(api.HeaderAuditTail)); err != nil {
		return lines, fmt.Errorf("%s: %w", api.HeaderAuditTail, err)
	}
	if lines.Head, err = audit.ParseAnchor(header.Get(api.HeaderAuditHead)); err != nil {
		return lines, fmt.Errorf("%s: %w", api.HeaderAuditHead, err)
	}
	return lines, nil
}
