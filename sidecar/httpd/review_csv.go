package httpd

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/insight"
)

// exportLimit is how long a whole review may take: some 150 µs a client.
const exportLimit = 5 * time.Minute

// mountReviewCSV adds an endpoint that is no operation of package huma's: it
// answers while it finds out.
func (d *door) mountReviewCSV(group *gin.RouterGroup) {
	group.GET(api.PathReviewCSV, d.reviewCSV)
	op := operation{
		id: "export-review", method: http.MethodGet, path: api.PathReviewCSV, status: http.StatusOK, parameters: resourceParameters(),
		tag: tagInsight, summary: "Export a review",
		about:  "All clients who can see it, from one snapshot. An answer that breaks off is not complete.",
		answer: "A header line, and a line for each client. What a spreadsheet would take for a formula begins with an apostrophe.",
		errors: []policy.Code{policy.NotFound},
	}
	d.describeAs(op, "text/csv", &huma.Schema{Type: huma.TypeString})
}

// reviewCSV answers a whole review as a table, while it is being made.
func (d *door) reviewCSV(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), exportLimit)
	defer cancel()
	found, err := d.Insight.ReviewAll(ctx, callerOf(ctx), insight.ReviewTerms{Type: c.Query("type"), ID: c.Query("id")})
	if err != nil {
		d.fail(c, err)
		return
	}
	c.Header("Content-Type", "text/csv; charset=utf-8")
	c.Header("Content-Disposition", `attachment; filename="review.csv"`)
	out := &patient{ResponseWriter: c.Writer, control: http.NewResponseController(c.Writer)}
	if err := insight.WriteReview(out, found); err != nil {
		if !out.broken {
			d.report(ctx, err)
		}
		panic(http.ErrAbortHandler) // the status is out: only a broken connection can tell the caller
	}
}

// patient writes an answer that may take long, as long as there is something to
// write now and then.
type patient struct {
	http.ResponseWriter
	control *http.ResponseController
	broken  bool // the connection
}

func (p *patient) Write(part []byte) (int, error) {
	// What has no deadlines to put off needs none put off.
	_ = p.control.SetWriteDeadline(time.Now().Add(writeTimeout))
	n, err := p.ResponseWriter.Write(part)
	p.broken = err != nil
	return n, err
}
