package httpd

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// door is the admin API: package admin by HTTP.
//
// Package huma describes the operations and writes their answers. It does not
// read requests: its own checks would repeat what was sent in the answer, and
// are neither as strict as ours nor from the one table of statuses.
type door struct {
	*server
	huma      huma.API
	importing chan struct{} // holds one value while an import is under way
}

// describing returns the settings of the one description that all doors share.
func describing() huma.Config {
	config := huma.DefaultConfig("Sightline", "1")
	// Without these paths it serves neither its pages, which load scripts from
	// elsewhere, nor anything but what describe serves; and without its hook it
	// adds no member to bodies.
	config.DocsPath, config.SchemasPath, config.OpenAPIPath = "", "", ""
	config.CreateHooks = nil
	config.Formats = map[string]huma.Format{jsonType: {Marshal: writeJSON}, "json": {Marshal: writeJSON}}
	config.Info.Description = about
	config.Tags = tags()
	config.Security = []map[string][]string{{"key": {}}}
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"key": {
		Type: "http", Scheme: "bearer", Description: "The text of a key, or of an admin's session.",
	}}
	return config
}

func (s *server) newDoor(router *gin.Engine, group *gin.RouterGroup, config huma.Config) *door {
	return &door{server: s, huma: humagin.NewWithGroup(router, group, config), importing: make(chan struct{}, 1)}
}

func writeJSON(w io.Writer, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}

// operation describes an endpoint.
type operation struct {
	id, method, path string
	tag              tag
	summary          string        // what it does, in a few words
	about            string        // what else is to be known; may be empty
	answer           string        // what success answers
	errors           []policy.Code // besides those of what it takes
	parameters       []*huma.Param
	body             *huma.Schema  // nil if it takes none
	form             *huma.Schema  // of the body as multipart/form-data; nil if it can't be that
	limit            int64         // of the body, in bytes
	status           int           // of success; 0 means 200
	open             bool          // it takes no key
	time             time.Duration // for the whole request; 0 means answerLimit
	// begin comes before the body is read, and end when all is done; nil for nothing.
	begin func(context.Context, *call) (end func(), err error)
}

// reply is what an operation answers.
type reply[T any] struct {
	body     T
	revision int64 // the token of which goes out; 0 for none
	etag     bool  // revision is also the version of the body
}

// output is a reply in the shape package huma wants.
type output[T any] struct {
	ETag  string `header:"ETag" doc:"The version, for If-Match; absent if the answer is not one entity."`
	Token string `header:"Sightline-Revision" doc:"What to send as Sightline-At-Least to be answered from this state, or a later one; absent if there is none to tell of."`
	Body  T
}

// register adds an endpoint. When handle is called, the body is known to be
// JSON, or the form it can be, and within the limits.
func register[T any](d *door, op operation, handle func(context.Context, *call) (reply[T], error)) {
	if op.status == 0 {
		op.status = http.StatusOK
	}
	if op.time == 0 {
		op.time = answerLimit
	}
	huma.Register(d.huma, d.described(op), func(ctx context.Context, c *call) (*output[T], error) {
		ctx, cancel := context.WithTimeout(ctx, op.time)
		defer cancel()
		if op.begin != nil {
			end, err := op.begin(ctx, c)
			if err != nil {
				d.fail(c.gin, err)
				return nil, nil
			}
			defer end()
		}
		if op.body != nil && !c.read(d.server, op) {
			return nil, nil
		}
		r, err := handle(ctx, c)
		if err != nil {
			d.fail(c.gin, err)
			return nil, nil
		}
		return outputOf(ctx, d, r), nil
	})
	d.complete(op)
}

// outputOf waits, for a moment at most, until this sidecar decides on the
// revision it tells of: whoever asks here next sees the change without a token.
func outputOf[T any](ctx context.Context, d *door, r reply[T]) *output[T] {
	out := &output[T]{Body: r.body}
	if r.revision != 0 {
		ctx, cancel := context.WithTimeout(ctx, waitLimit)
		defer cancel()
		_ = d.Feed.WaitFor(ctx, r.revision) // the change is made either way
		out.Token = d.Feed.Token(r.revision)
	}
	if r.etag {
		out.ETag = api.ETag(r.revision)
	}
	return out
}
