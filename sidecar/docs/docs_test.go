package docs_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/sidecar/docs"
)

var update = flag.Bool("update", false, "write the golden page anew")

func TestThePageOfADescription(t *testing.T) {
	description, err := os.ReadFile("testdata/description.json")
	if err != nil {
		t.Fatal(err)
	}
	got, err := docs.Page(description)
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/page.html"
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// operation returns a description of one operation.
func operation(members string) string {
	return `{"info": {"title": "T"}, "tags": [{"name": "A"}], "paths": {"/a": {"get": {"operationId": "a", ` + members + `}}}}`
}

func TestNothingInADescriptionIsMarkup(t *testing.T) {
	const evil = `<img src=x onerror=alert(1)>`
	page, err := docs.Page([]byte(operation(`"tags": ["A"], "summary": "` + evil + `", "description": "a ` + "`" + evil + "`" + `\n\n- ` + evil + `",
		"parameters": [{"name": "` + evil + `", "in": "query", "required": true, "description": "` + evil + `", "schema": {"type": "string", "enum": ["` + evil + `"]}}],
		"responses": {"200": {"description": "` + evil + `"}, "400": {"description": "` + evil + `"}}`)))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(page), "<img") || strings.Count(string(page), "&lt;img") < 8 {
		t.Errorf("the page is %s", page)
	}
}

func TestDescriptionsThatMakeNoPage(t *testing.T) {
	for name, c := range map[string]struct{ description, want string }{
		"no JSON":           {`{`, "docs: decode the description: unexpected end of JSON input"},
		"no tag":            {operation(`"summary": "S"`), "docs: get /a has 0 tags, not one"},
		"two tags":          {operation(`"tags": ["A", "B"]`), "docs: get /a has 2 tags, not one"},
		"a tag of its own":  {operation(`"tags": ["B"]`), "docs: the tag B is not listed"},
		"no such parameter": {operation(`"tags": ["A"], "parameters": [{"name": "x", "schema": {"$ref": "#/components/schemas/X"}}]`), "docs: get /a: there is no schema #/components/schemas/X"},
		"no such body":      {operation(`"tags": ["A"], "requestBody": {"content": {"x/y": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/X"}}}}}`), "docs: get /a: there is no schema #/components/schemas/X"},
		"from elsewhere":    {operation(`"tags": ["A"], "responses": {"200": {"content": {"x/y": {"schema": {"$ref": "https://x.example/y"}}}}}`), "docs: get /a: there is no schema https://x.example/y"},
		"a schema's member": {`{"components": {"schemas": {"A": {"properties": {"b": {"$ref": "#/components/schemas/B"}}}}}}`, "docs: schema A: there is no schema #/components/schemas/B"},
	} {
		if _, err := docs.Page([]byte(c.description)); err == nil || err.Error() != c.want {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}

func TestTheStyleLoadsNothing(t *testing.T) {
	style, err := docs.StyleSheet()
	if err != nil || len(style) == 0 {
		t.Fatalf("%d bytes, %v", len(style), err)
	}
	for _, part := range []string{"url(", "@import", "http"} {
		if strings.Contains(string(style), part) {
			t.Errorf("it has %s", part)
		}
	}
}
