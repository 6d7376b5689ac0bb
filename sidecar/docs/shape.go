package docs

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// shape is the members of an object.
type shape struct {
	Name   string // of the schema; empty if it has none of its own
	About  string
	Fields []field
}

// field is a member of an object, a parameter or a header.
type field struct {
	Name     string
	In       string // of a parameter: path, query or header
	Required bool
	Kind     kind
	About    string
}

// kind is what a value is.
type kind struct {
	Text   string   // such as "array of"
	Ref    string   // the name of the schema of it, or of what it is made of
	Values []string // those it can be, if they are few
	Limits string
	About  string
}

// shapes returns all schemas that have a name, by name.
func (d *document) shapes() (all []shape, err error) {
	for _, name := range slices.Sorted(maps.Keys(d.Components.Schemas)) {
		s, err := d.shapeOf(&schema{Ref: schemas + name})
		if err != nil {
			return nil, fmt.Errorf("schema %s: %w", name, err)
		}
		all = append(all, s)
	}
	return all, nil
}

// shapeOf returns the members of an object, and none of anything else.
func (d *document) shapeOf(s *schema) (out shape, err error) {
	if s == nil {
		return out, nil
	}
	if s.Ref != "" {
		if out.Name, s, err = d.named(s.Ref); err != nil {
			return out, err
		}
	}
	out.About = s.Description
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		member := s.Properties[name]
		k, err := d.kind(member)
		if err != nil {
			return out, err
		}
		out.Fields = append(out.Fields, field{Name: name, Required: slices.Contains(s.Required, name), Kind: k, About: k.About})
	}
	slices.SortStableFunc(out.Fields, func(a, b field) int { return order(a) - order(b) })
	return out, nil
}

// order puts what has to be there first.
func order(f field) int {
	if f.Required {
		return 0
	}
	return 1
}

func (d *document) kind(s *schema) (k kind, err error) {
	switch {
	case s == nil:
		return kind{Text: "anything"}, nil
	case s.Ref != "":
		k.Ref, _, err = d.named(s.Ref)
		return k, err
	}
	k = kind{Text: s.Type.text(s.Format), Limits: limits(s), About: s.Description}
	for _, v := range s.Enum {
		k.Values = append(k.Values, fmt.Sprint(v))
	}
	if inner := s.inner(); inner != nil {
		of, err := d.kind(inner)
		if err != nil {
			return k, err
		}
		k.Text, k.Ref, k.Values = strings.TrimSpace(k.Text+" of "+of.Text), of.Ref, of.Values
	}
	return k, nil
}

// text names the types. That a list can be null too goes without saying: it is
// empty then.
func (t types) text(format string) string {
	named := strings.Join(slices.DeleteFunc(slices.Clone(t), func(one string) bool { return one == "null" }), " or ")
	switch {
	case named == "":
		return "anything"
	case format != "":
		return named + " (" + format + ")"
	}
	return named
}

// inner is what an array or a map is made of; nil for anything else.
func (s *schema) inner() *schema {
	if s.Items != nil {
		return s.Items
	}
	var of schema
	if len(s.Properties) > 0 || len(s.AdditionalProperties) == 0 || json.Unmarshal(s.AdditionalProperties, &of) != nil {
		return nil
	}
	return &of
}

func limits(s *schema) string {
	var all []string
	if s.Minimum != nil && s.Maximum != nil {
		all = append(all, fmt.Sprintf("%v to %v", *s.Minimum, *s.Maximum))
	}
	if s.MaxLength != nil {
		all = append(all, fmt.Sprintf("at most %d bytes", *s.MaxLength))
	}
	if s.Default != nil {
		all = append(all, fmt.Sprintf("%v if left out", s.Default))
	}
	return strings.Join(all, ", ")
}

// described reports whether there is something to say of any of the fields.
func described(all []field) bool {
	return slices.ContainsFunc(all, func(f field) bool { return f.About != "" || f.Kind.Limits != "" })
}
