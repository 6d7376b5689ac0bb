package httpd

import (
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

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
		Tags:          []string{string(op.tag)},
		Summary:       op.summary,
		Description:   op.about,
		Method:        op.method,
		Path:          op.path,
		Parameters:    op.parameters,
		DefaultStatus: op.status,
		Responses:     d.responses(op),
	}
}

// describeAs describes an endpoint that is no operation of package huma's, which
// knows answers of JSON that end.
func (d *door) describeAs(op operation, media string, schema *huma.Schema) {
	described := d.described(op)
	described.Responses[strconv.Itoa(op.status)].Content = contentOf(media, schema)
	d.huma.OpenAPI().AddOperation(&described)
}

func contentOf(media string, schema *huma.Schema) map[string]*huma.MediaType {
	return map[string]*huma.MediaType{media: {Schema: schema}}
}

// complete adds to the description of a registered operation what package huma
// leaves out: what headers mean, and the body. Had it known of the body before, it
// would read it.
func (d *door) complete(op operation) {
	described := operationIn(d.huma.OpenAPI().Paths[op.path], op.method)
	for _, header := range described.Responses[strconv.Itoa(op.status)].Headers {
		header.Description, header.Schema.Description = header.Schema.Description, ""
	}
	if op.body == nil {
		return
	}
	described.RequestBody = &huma.RequestBody{Required: true, Content: contentOf(jsonType, op.body)}
	if op.form != nil {
		described.RequestBody.Content[formType] = &huma.MediaType{Schema: op.form, Encoding: encodings(op.form)}
	}
}

func operationIn(item *huma.PathItem, method string) *huma.Operation {
	switch method {
	case http.MethodGet:
		return item.Get
	case http.MethodPut:
		return item.Put
	case http.MethodDelete:
		return item.Delete
	}
	return item.Post
}

func schemaOf[T any](d *door) *huma.Schema {
	return d.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")
}

// newSchemaOf describes a T that is yet to be created, whose id need not be given.
func newSchemaOf[T any](d *door, name string) *huma.Schema {
	schemas := d.huma.OpenAPI().Components.Schemas
	stored := *schemas.SchemaFromRef(schemaOf[T](d).Ref)
	stored.Required = slices.DeleteFunc(slices.Clone(stored.Required), func(member string) bool { return member == "id" })
	title := "Unstored" + strings.ToUpper(name[:1]) + name[1:]
	schemas.Map()[title] = &stored
	return &huma.Schema{Ref: schemaPath + title}
}

const schemaPath = "#/components/schemas/"

func pageParameters() []*huma.Param {
	one, most := 1.0, float64(api.MaxPage)
	return []*huma.Param{
		{Name: "after", In: "query", Description: "Answer what comes after it: the next of the page before.", Schema: &huma.Schema{Type: "string"}},
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
	return &huma.Param{Name: "id", In: "path", Required: true, Description: "The id.", Schema: &huma.Schema{Type: "string"}}
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
