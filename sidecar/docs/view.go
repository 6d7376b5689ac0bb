package docs

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// view is what the page shows.
type view struct {
	Title, Version, About string
	Style                 string
	Groups                []group
	Schemas               []shape
}

// group is the operations of a tag.
type group struct {
	Name, About string
	Anchor      string
	Calls       []call
}

// call is an operation.
type call struct {
	ID, Method, Path string
	Summary, About   string
	Open             bool
	Parameters       []field
	Bodies           []content
	Answers          []answer
	Errors           []answer
	Example          string
}

// content is a body of some media type.
type content struct {
	Media string
	Kind  kind
	shape
}

// answer is what is answered with some status.
type answer struct {
	Status, About string
	Headers       []field
	Bodies        []content
}

func viewOf(d document) (view, error) {
	v := view{Title: d.Info.Title, Version: d.Info.Version, About: d.Info.Description, Style: "/docs" + Style}
	calls := map[string][]call{}
	for _, path := range slices.Sorted(maps.Keys(d.Paths)) {
		for _, method := range methods() {
			op, ok := d.Paths[path][method]
			if !ok {
				continue
			}
			if len(op.Tags) != 1 {
				return v, fmt.Errorf("%s %s has %d tags, not one", method, path, len(op.Tags))
			}
			c, err := d.call(method, path, op)
			if err != nil {
				return v, fmt.Errorf("%s %s: %w", method, path, err)
			}
			calls[op.Tags[0]] = append(calls[op.Tags[0]], c)
		}
	}
	for _, tag := range d.Tags {
		if len(calls[tag.Name]) > 0 {
			v.Groups = append(v.Groups, group{tag.Name, tag.Description, anchor(tag.Name), calls[tag.Name]})
		}
		delete(calls, tag.Name)
	}
	for name := range calls {
		return v, fmt.Errorf("the tag %s is not listed", name)
	}
	var err error
	v.Schemas, err = d.shapes()
	return v, err
}

func methods() []string { return []string{"get", "post", "put", "patch", "delete"} }

func anchor(name string) string { return strings.ToLower(strings.ReplaceAll(name, " ", "-")) }

func (d *document) call(method, path string, op *operation) (call, error) {
	c := call{
		ID: op.OperationID, Method: strings.ToUpper(method), Path: path,
		Summary: op.Summary, About: op.Description, Open: d.open(op),
	}
	for _, p := range op.Parameters {
		k, err := d.kind(p.Schema)
		if err != nil {
			return c, err
		}
		c.Parameters = append(c.Parameters, field{p.Name, p.In, p.Required, k, cmp.Or(p.Description, k.About)})
	}
	if op.RequestBody != nil {
		var err error
		if c.Bodies, err = d.contents(op.RequestBody.Content); err != nil {
			return c, err
		}
	}
	for _, status := range slices.Sorted(maps.Keys(op.Responses)) {
		a, err := d.answer(status, op.Responses[status])
		if err != nil {
			return c, err
		}
		if status < "400" {
			c.Answers = append(c.Answers, a)
		} else {
			c.Errors = append(c.Errors, a)
		}
	}
	c.Example = d.example(c, op)
	return c, nil
}

func (d *document) answer(status string, r response) (a answer, err error) {
	a = answer{Status: status, About: r.Description}
	for _, name := range slices.Sorted(maps.Keys(r.Headers)) {
		a.Headers = append(a.Headers, field{Name: name, About: r.Headers[name].Description})
	}
	a.Bodies, err = d.contents(r.Content)
	return a, err
}

func (d *document) contents(all map[string]media) (bodies []content, err error) {
	for _, name := range slices.Sorted(maps.Keys(all)) {
		c := content{Media: name}
		if c.Kind, err = d.kind(all[name].Schema); err != nil {
			return nil, err
		}
		if c.shape, err = d.shapeOf(all[name].Schema); err != nil {
			return nil, err
		}
		bodies = append(bodies, c)
	}
	return bodies, nil
}
