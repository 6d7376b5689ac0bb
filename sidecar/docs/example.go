package docs

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// deepest is how far examples of objects go into each other.
const deepest = 4

// example returns a command that calls an operation. $SIGHTLINE is the address of
// the sidecar, and $KEY the text of a key.
func (d *document) example(c call, op *operation) string {
	line := []string{`curl -s "$SIGHTLINE` + strings.ReplaceAll(c.Path, "{id}", "ID") + queryOf(op) + `"`}
	if c.Method != "GET" {
		line[0] = strings.Replace(line[0], "curl -s", "curl -s -X "+c.Method, 1)
	}
	if !c.Open {
		line = append(line, `-H "Authorization: Bearer $KEY"`)
	}
	for _, p := range op.Parameters {
		if p.In == "header" && p.Required {
			line = append(line, `-H '`+p.Name+`: "8"'`)
		}
	}
	if op.RequestBody != nil {
		if body, ok := op.RequestBody.Content["application/json"]; ok {
			line = append(line, "-H 'Content-Type: application/json'", "-d '"+d.sample(body.Schema)+"'")
		}
	}
	return strings.Join(line, " \\\n  ")
}

// queryOf has what a call can't do without.
func queryOf(op *operation) string {
	var parts []string
	for _, p := range op.Parameters {
		if p.In == "query" && p.Required {
			value := "ID"
			if p.Schema != nil && len(p.Schema.Enum) > 0 {
				value, _ = p.Schema.Enum[0].(string)
			}
			parts = append(parts, p.Name+"="+value)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "?" + strings.Join(parts, "&")
}

// sample returns JSON of a schema: of objects, what has to be there.
func (d *document) sample(s *schema) string {
	text, _ := json.MarshalIndent(d.value(s, deepest), "  ", "  ")
	return string(bytes.ReplaceAll(text, []byte("'"), []byte("")))
}

func (d *document) value(s *schema, deep int) any {
	if s == nil || deep == 0 {
		return map[string]any{}
	}
	if s.Ref != "" {
		// Whoever shows the page found that there is one.
		_, named, _ := d.named(s.Ref)
		return d.value(named, deep)
	}
	if len(s.Enum) > 0 {
		return s.Enum[0]
	}
	switch {
	case slices.Contains(s.Type, "object"):
		return d.object(s, deep)
	case slices.Contains(s.Type, "array"):
		if s.Items == nil {
			return []any{}
		}
		return []any{d.value(s.Items, deep-1)}
	case slices.Contains(s.Type, "boolean"):
		return true
	case slices.Contains(s.Type, "integer"), slices.Contains(s.Type, "number"):
		return 1
	case s.Format == "date-time":
		return "2026-01-31T08:00:00Z"
	}
	return "..."
}

func (d *document) object(s *schema, deep int) map[string]any {
	object := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		if slices.Contains(s.Required, name) {
			object[name] = d.value(s.Properties[name], deep-1)
		}
	}
	return object
}
