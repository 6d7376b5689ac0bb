package client

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strconv"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// Preview returns what the draft of a scope would show. Nothing is stored.
func (c *Client) Preview(ctx context.Context, asked api.NewPreview) (api.Preview, error) {
	answer, err := call[api.Preview](ctx, c, http.MethodPost, api.PathPreview, nil, asked)
	return answer.Value, err
}

// ExplainFor returns whether a client may view a resource, and what decided it.
func (c *Client) ExplainFor(ctx context.Context, asked api.NewExplanation) (api.Explanation, error) {
	answer, err := call[api.Explanation](ctx, c, http.MethodPost, api.PathExplain, nil, asked)
	return answer.Value, err
}

// Counts returns how many employees and projects the scopes of clients show: of up
// to api.MaxPage clients.
func (c *Client) Counts(ctx context.Context, clients []policy.ClientID) (api.Counted, error) {
	answer, err := call[api.Counted](ctx, c, http.MethodPost, api.PathCounts, nil, api.NewCounts{Clients: clients})
	return answer.Value, err
}

// Review returns the clients after the given one, by id, who can see an employee,
// a group or a project: at most limit, or api.DefaultPage if that is 0. Kind is
// policy.TypeEmployee, policy.TypeGroup or policy.TypeProject.
func (c *Client) Review(ctx context.Context, kind, id string, after policy.ClientID, limit int) (api.Review, error) {
	query := url.Values{"type": {kind}, "id": {id}}
	path := api.PathReview + pageQuery(string(after), limit) + "&" + query.Encode()
	answer, err := call[api.Review](ctx, c, http.MethodGet, path, nil, nil)
	return answer.Value, err
}

// ReviewCSV writes all clients who can see an employee, a group or a project to w,
// as CSV with a header line, as they come. After an error only a part is written.
func (c *Client) ReviewCSV(ctx context.Context, kind, id string, w io.Writer) error {
	path := api.PathReviewCSV + "?" + url.Values{"type": {kind}, "id": {id}}.Encode()
	return c.copy(ctx, path, w)
}

// Orphans returns those of the clients after the given one, by id, whose access
// asks for a look: it looks at up to limit of them, or api.DefaultPage if that is
// 0, and at fewer if that takes long.
func (c *Client) Orphans(ctx context.Context, after policy.ClientID, limit, unusedDays, expiringDays int) (api.Orphans, error) {
	path := api.PathOrphans + pageQuery(string(after), limit) +
		"&unused_days=" + strconv.Itoa(unusedDays) + "&expiring_days=" + strconv.Itoa(expiringDays)
	answer, err := call[api.Orphans](ctx, c, http.MethodGet, path, nil, nil)
	return answer.Value, err
}
