package httpd

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"sightline.example/sidecar/insight"
)

// exportLimit is how long a whole review may take: some 150 µs a client.
const exportLimit = 5 * time.Minute

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
