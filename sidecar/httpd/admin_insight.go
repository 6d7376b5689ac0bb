package httpd

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/insight"
)

// mountInsight adds what admins can find out. The two that take a body change
// nothing either: what they ask is too much for an address.
func (d *door) mountInsight(group *gin.RouterGroup) {
	register(d, operation{
		id: "preview", method: http.MethodPost, path: api.PathPreview, body: schemaOf[api.NewPreview](d), limit: api.MaxBatch,
	}, d.preview)
	register(d, operation{
		id: "explain", method: http.MethodPost, path: api.PathExplain, body: schemaOf[api.NewExplanation](d), limit: api.MaxBatch,
	}, d.explain)
	register(d, operation{
		id: "review", method: http.MethodGet, path: api.PathReview, parameters: append(pageParameters(),
			query("type", "employee, group or project."), query("id", "Which one.")),
	}, d.review)
	register(d, operation{
		id: "orphans", method: http.MethodGet, path: api.PathOrphans, parameters: append(pageParameters(),
			query("unused_days", "Clients who did not use the portal for so many days; 90 if it is left out."),
			query("expiring_days", "Clients whose access ends within so many days; 14 if it is left out.")),
	}, d.orphans)
	group.GET(api.PathReviewCSV, d.reviewCSV)
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
