package httpd

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"sightline.example/sidecar/api"
)

// described returns an operation as package huma describes it.
func (d *door) described(op operation) huma.Operation {
	var security []map[string][]string
	if op.open {
		security = []map[string][]string{{}}
	}
	return huma.Operation{
		Security:      security,
		OperationID:   op.id,
		Method:        op.method,
		Path:          op.path,
		Parameters:    op.parameters,
		DefaultStatus: op.status,
		Responses: map[string]*huma.Response{
			strconv.Itoa(op.status): {},
			"default": {
				Description: "Error",
				Content:     map[string]*huma.MediaType{api.ProblemType: {Schema: schemaOf[api.Problem](d)}},
			},
		},
	}
}

// describeBody adds the body to the description of a registered operation. Had
// package huma known of it before, it would read it.
func (d *door) describeBody(op operation) {
	item := d.huma.OpenAPI().Paths[op.path]
	body := &huma.RequestBody{
		Required: true,
		Content:  map[string]*huma.MediaType{jsonType: {Schema: op.body}},
	}
	if op.form != nil {
		body.Content[formType] = &huma.MediaType{Schema: op.form, Encoding: encodings(op.form)}
	}
	switch op.method {
	case http.MethodPut:
		item.Put.RequestBody = body
	case http.MethodDelete:
		item.Delete.RequestBody = body
	default:
		item.Post.RequestBody = body
	}
}

func schemaOf[T any](d *door) *huma.Schema {
	return d.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")
}

// describe serves the description of all operations.
func (d *door) describe(c *gin.Context) {
	text, err := json.Marshal(d.huma.OpenAPI())
	if err != nil {
		d.fail(c, err)
		return
	}
	c.Data(http.StatusOK, "application/openapi+json", text)
}

func pageParameters() []*huma.Param {
	one, most := 1.0, float64(api.MaxPage)
	return []*huma.Param{
		{Name: "after", In: "query", Description: "Answer what comes after it.", Schema: &huma.Schema{Type: "string"}},
		{Name: "limit", In: "query", Description: "How many at most.", Schema: &huma.Schema{
			Type: "integer", Minimum: &one, Maximum: &most, Default: api.DefaultPage,
		}},
	}
}

func changeParameters() []*huma.Param {
	longest := api.MaxIdempotencyKey
	return []*huma.Param{{
		Name: api.HeaderIdempotencyKey, In: "header",
		Description: "Names the change: sent again within a day it has no second effect.",
		Schema:      &huma.Schema{Type: "string", MaxLength: &longest},
	}}
}

func pathID() *huma.Param {
	return &huma.Param{Name: "id", In: "path", Required: true, Schema: &huma.Schema{Type: "string"}}
}

func ifMatch() *huma.Param {
	return &huma.Param{
		Name: api.HeaderIfMatch, In: "header", Required: true,
		Description: "The ETag of the version you have seen.",
		Schema:      &huma.Schema{Type: "string"},
	}
}

// optionalIfMatch is for changes that say themselves what they change from.
func optionalIfMatch() *huma.Param {
	p := ifMatch()
	p.Required = false
	return p
}

func force() *huma.Param {
	return flag("force", "Write references to groups and projects that do not exist.")
}

func dryRun() *huma.Param {
	return flag("dry_run", "Change nothing, say what would change.")
}

// query is a parameter of the query that is text.
func query(name, description string) *huma.Param {
	return &huma.Param{Name: name, In: "query", Description: description, Schema: &huma.Schema{Type: "string"}}
}

func flag(name, description string) *huma.Param {
	return &huma.Param{Name: name, In: "query", Description: description, Schema: &huma.Schema{Type: "boolean", Default: false}}
}
