package docs

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// document is what the page shows of an OpenAPI description (OpenAPI 3.1.0).
type document struct {
	Info  struct{ Title, Version, Description string }
	Tags  []struct{ Name, Description string }
	Paths map[string]map[string]*operation

	Security   []map[string][]string
	Components struct{ Schemas map[string]*schema }
}

type operation struct {
	OperationID          string
	Tags                 []string
	Summary, Description string
	Parameters           []parameter
	RequestBody          *struct{ Content map[string]media }
	Responses            map[string]response
	Security             *[]map[string][]string // nil for that of the document
}

type parameter struct {
	Name, In, Description string
	Required              bool
	Schema                *schema
}

type response struct {
	Description string
	Content     map[string]media
	Headers     map[string]struct{ Description string }
}

type media struct{ Schema *schema }

// schema is a JSON Schema, as far as the description uses it.
type schema struct {
	Ref                  string `json:"$ref"`
	Type                 types
	Format, Description  string
	Enum                 []any
	Default              any
	Minimum, Maximum     *float64
	MaxLength            *int
	Items                *schema
	Properties           map[string]*schema
	Required             []string
	AdditionalProperties json.RawMessage
}

// types are what a value may be: one type, or several.
type types []string

func (t *types) UnmarshalJSON(text []byte) error {
	var one string
	if json.Unmarshal(text, &one) == nil {
		*t = types{one}
		return nil
	}
	return json.Unmarshal(text, (*[]string)(t))
}

const schemas = "#/components/schemas/"

// named returns the schema that a reference names, and its name.
func (d *document) named(ref string) (name string, s *schema, err error) {
	name, ok := strings.CutPrefix(ref, schemas)
	if s = d.Components.Schemas[name]; !ok || s == nil {
		return "", nil, fmt.Errorf("there is no schema %s", ref)
	}
	return name, s, nil
}

// open reports whether an operation can be called without a key.
func (d *document) open(op *operation) bool {
	security := d.Security
	if op.Security != nil {
		security = *op.Security
	}
	return len(security) == 0 || slices.ContainsFunc(security, func(r map[string][]string) bool { return len(r) == 0 })
}
