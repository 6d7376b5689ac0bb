package client

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"sightline.example/sidecar/api"
	"sightline.example/sidecar/audit"
)

// Audit returns the audit records after the given number, oldest first: at most
// limit, or api.DefaultPage if that is 0.
func (c *Client) Audit(ctx context.Context, after uint64, limit int) (api.AuditPage, error) {
	query := pageQuery(strconv.FormatUint(after, 10), limit)
	page, err := call[api.AuditPage](ctx, c, http.MethodGet, api.PathAudit+query, nil, nil)
	return page.Value, err
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
