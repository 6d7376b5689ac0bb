package httpd

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/table"
)

// form is tables as multipart/form-data (RFC 7578).
type form struct {
	sheets  table.Sheets
	mapping table.Mapping
	sums    map[string][]byte // of the parts, by their names
}

// readForm reads a body of at most limit bytes, whose parts are some of those that
// the schema has. They can come in any order, each once; what they say of their
// own media types does not matter.
func readForm(c *gin.Context, boundary string, schema *huma.Schema, limit int64) (*form, error) {
	f := &form{sheets: table.Sheets{}, sums: map[string][]byte{}}
	body, last := http.MaxBytesReader(c.Writer, c.Request.Body, limit), &tail{}
	parts := multipart.NewReader(io.TeeReader(body, last), boundary)
	for {
		part, err := parts.NextPart()
		if err == io.EOF && bytes.Contains(last.text, []byte("--"+boundary+"--")) {
			return f, nil
		}
		if err != nil {
			return nil, formError(err, limit)
		}
		if err := f.read(part, schema, limit); err != nil {
			return nil, err
		}
	}
}

// tail keeps the last of what is written to it. A body that breaks off in the
// header of a part looks to package multipart as if it ended there.
type tail struct{ text []byte }

func (t *tail) Write(p []byte) (int, error) {
	const kept = 8 << 10 // more than is read at once
	t.text = append(t.text, p...)
	t.text = append(t.text[:0], t.text[max(0, len(t.text)-kept):]...)
	return len(p), nil
}

func formError(err error, limit int64) error {
	if e := bodyError(err, limit); policy.CodeOf(e) == policy.TooLarge {
		return e
	}
	return policy.Errorf(policy.Invalid, "the body ended early, or is not valid %s", formType)
}

func (f *form) read(part *multipart.Part, schema *huma.Schema, limit int64) error {
	name, sum := part.FormName(), sha256.New()
	if f.sums[name] != nil {
		return policy.FieldErrorf(segment(name), "occurs twice")
	}
	content := io.TeeReader(part, sum)
	switch {
	case schema.Properties[name] == nil:
		return policy.FieldErrorf(segment(name), "is not a part known here")
	case name == api.PartMapping:
		if err := f.readMapping(content, limit); err != nil {
			return err
		}
	default:
		sheet, err := table.Read(name, content)
		if err != nil {
			return formError(err, limit)
		}
		f.sheets[name] = sheet
	}
	f.sums[name] = sum.Sum(nil)
	return nil
}

// readMapping reads the part that says which column is which.
func (f *form) readMapping(content io.Reader, limit int64) error {
	text, err := io.ReadAll(io.LimitReader(content, api.MaxBody+1))
	switch {
	case err != nil:
		return formError(err, limit)
	case len(text) > api.MaxBody:
		return &policy.Error{Code: policy.TooLarge, Field: api.PartMapping, Message: fmt.Sprintf("is larger than %d bytes", api.MaxBody)}
	}
	if err := checkJSON(text); err != nil {
		return within(api.PartMapping, err)
	}
	f.mapping, err = decode[table.Mapping](text)
	return within(api.PartMapping, err)
}

// digest stands for the parts, whatever their order and what is between them.
func (f *form) digest() []byte {
	var text bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(f.sums)) {
		fmt.Fprintf(&text, "%s %x\n", name, f.sums[name])
	}
	return text.Bytes()
}

// directoryForm describes the parts of an import.
func directoryForm() *huma.Schema {
	return formSchema("A directory in tables. What no part speaks of stays as it is.",
		`Which header a column has, by table and column: {"employees": {"id": "Staff no."}}.`,
		map[string]*huma.Schema{
			api.PartEmployees:   csvSchema("Columns: id, name (or first_name and last_name), groups, projects."),
			api.PartGroups:      csvSchema("Columns: id, name."),
			api.PartProjects:    csvSchema("Columns: id, name, groups."),
			api.PartMemberships: csvSchema("Columns: employee, and group and project, or type and target."),
		})
}

// invitationForm describes the parts of a list of clients to be invited.
func invitationForm() *huma.Schema {
	return formSchema("Clients to be invited, in a table.",
		`Which header a column has: {"invitations": {"email": "Contact"}}.`,
		map[string]*huma.Schema{
			api.PartInvitations: csvSchema("Columns: email, name, groups, projects, screencasts, from, until, note."),
		})
}

func csvSchema(columns string) *huma.Schema {
	return &huma.Schema{Type: "string", Description: "CSV with a header line. " + columns}
}

func formSchema(description, mapping string, parts map[string]*huma.Schema) *huma.Schema {
	parts[api.PartMapping] = &huma.Schema{
		Type:        "object",
		Description: mapping,
		AdditionalProperties: &huma.Schema{
			Type: "object", AdditionalProperties: &huma.Schema{Type: "string"},
		},
	}
	return &huma.Schema{Type: "object", Description: description, Properties: parts, AdditionalProperties: false}
}

// encodings gives the media types of a form's parts.
func encodings(form *huma.Schema) map[string]*huma.Encoding {
	all := make(map[string]*huma.Encoding, len(form.Properties))
	for name := range form.Properties {
		all[name] = &huma.Encoding{ContentType: "text/csv"}
	}
	all[api.PartMapping] = &huma.Encoding{ContentType: jsonType}
	return all
}
