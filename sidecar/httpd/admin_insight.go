package httpd

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/insight"
)

// mountInsight adds what admins can find out. Those that take a body change
// nothing either: what they ask is too much for an address.
func (d *door) mountInsight(group *gin.RouterGroup) {
	register(d, operation{
		id: "preview", method: http.MethodPost, path: api.PathPreview, body: schemaOf[api.NewPreview](d), limit: api.MaxBatch,
		tag: tagInsight, summary: "Show what a scope would show",
		about:  "Nothing is stored.",
		answer: "Whom and what a client with the scope would see, and what the client gains and loses by it.", errors: []policy.Code{policy.NotFound, policy.Conflict},
	}, d.preview)
	register(d, operation{
		id: "explain", method: http.MethodPost, path: api.PathExplain, body: schemaOf[api.NewExplanation](d), limit: api.MaxBatch,
		tag: tagInsight, summary: "Explain a decision",
		about:  "Nothing is stored.",
		answer: "The decision, the rule and the facts that decided, and on request how the rules were evaluated.", errors: []policy.Code{policy.NotFound, policy.Conflict},
	}, d.explain)
	register(d, operation{
		id: "counts", method: http.MethodPost, path: api.PathCounts, body: schemaOf[api.NewCounts](d), limit: api.MaxBatch,
		tag: tagInsight, summary: "Count what clients see",
		about:  fmt.Sprintf("Of up to %d clients. Nothing is stored.", api.MaxPage),
		answer: "How many employees and projects each of the clients sees. Those whose counts would take long come without; asked again, more of them have theirs.",
	}, d.counts)
	register(d, operation{
		id: "review", method: http.MethodGet, path: api.PathReview, parameters: append(pageParameters(), resourceParameters()...),
		tag: tagInsight, summary: "Review who can see something",
		answer: "A page of the clients who can see it now, by id, and through what of their scopes.", errors: []policy.Code{policy.NotFound},
	}, d.review)
	register(d, operation{
		id: "orphans", method: http.MethodGet, path: api.PathOrphans, parameters: append(pageParameters(),
			days("unused_days", 90, "Clients who did not use the portal for so many days."),
			days("expiring_days", 14, "Clients whose access ends within so many days.")),
		tag: tagInsight, summary: "Find clients whose access asks for a look",
		about:  "Dead references, nothing visible, everyone visible, unused, ending soon, or unreadable. A page that would take long is of fewer clients than the limit.",
		answer: "Those among the clients of one page, by id.",
	}, d.orphans)
	d.mountReviewCSV(group)
}

func resourceParameters() []*huma.Param {
	kind := choices("type", "What kind of thing it is.", policy.TypeEmployee, policy.TypeGroup, policy.TypeProject)
	id := query("id", "The id of the employee, group or project.")
	kind.Required, id.Required = true, true
	return []*huma.Param{kind, id}
}

func days(name string, otherwise int, description string) *huma.Param {
	one, most := 1.0, float64(insight.MaxDays)
	return &huma.Param{Name: name, In: "query", Description: description, Schema: &huma.Schema{
		Type: "integer", Minimum: &one, Maximum: &most, Default: otherwise,
	}}
}

func (d *door) preview(ctx context.Context, in *call) (reply[api.Preview], error) {
	asked, err := decode[api.NewPreview](in.body)
	if err != nil {
		return reply[api.Preview]{}, err
	}
	preview, err := d.Insight.Preview(ctx, callerOf(ctx), asked)
	return reply[api.Preview]{body: preview}, err
}

func (d *door) explain(ctx context.Context, in *call) (reply[api.Explanation], error) {
	asked, err := decode[api.NewExplanation](in.body)
	if err != nil {
		return reply[api.Explanation]{}, err
	}
	explanation, err := d.Insight.Explain(ctx, callerOf(ctx), asked)
	return reply[api.Explanation]{body: explanation}, err
}

func (d *door) counts(ctx context.Context, in *call) (reply[api.Counted], error) {
	asked, err := decode[api.NewCounts](in.body)
	if err != nil {
		return reply[api.Counted]{}, err
	}
	counts, err := d.Insight.Counts(ctx, callerOf(ctx), asked.Clients)
	return reply[api.Counted]{body: counts, revision: counts.Revision}, err
}

func (d *door) review(ctx context.Context, in *call) (out reply[api.Review], err error) {
	terms := insight.ReviewTerms{
		Type: in.gin.Query("type"), ID: in.gin.Query("id"), After: policy.ClientID(in.gin.Query("after")),
	}
	if terms.Limit, err = in.limit(); err != nil {
		return out, err
	}
	out.body, err = d.Insight.Review(ctx, callerOf(ctx), terms)
	return out, err
}

func (d *door) orphans(ctx context.Context, in *call) (out reply[api.Orphans], err error) {
	asked := insight.OrphanTerms{After: policy.ClientID(in.gin.Query("after"))}
	if asked.Limit, err = in.limit(); err != nil {
		return out, err
	}
	if asked.UnusedDays, err = in.number("unused_days", 90); err != nil {
		return out, err
	}
	if asked.ExpiringDays, err = in.number("expiring_days", 14); err != nil {
		return out, err
	}
	out.body, err = d.Insight.Orphans(ctx, callerOf(ctx), asked)
	return out, err
}
