// Package docs makes a page to read of an OpenAPI 3.1 description: every operation
// by tag, with its parameters, bodies, answers and errors, and a command to try it
// with. The page is plain HTML with one style sheet of its own. It needs no
// script, and nothing from elsewhere.
package docs

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
)

// Style is where the style sheet is, below the page.
const Style = "/style.css"

//go:embed page
var files embed.FS

// StyleSheet returns the style sheet of the page.
func StyleSheet() ([]byte, error) { return files.ReadFile("page/style.css") }

// Page returns the page of a description. It fails for one that is not as it has
// to be: with a reference to a schema that is not there, for instance.
func Page(description []byte) ([]byte, error) {
	var d document
	if err := json.Unmarshal(description, &d); err != nil {
		return nil, fmt.Errorf("docs: decode the description: %w", err)
	}
	v, err := viewOf(d)
	if err != nil {
		return nil, fmt.Errorf("docs: %w", err)
	}
	page, err := template.New("page.html").Funcs(template.FuncMap{"prose": prose, "described": described}).ParseFS(files, "page/page.html")
	if err != nil {
		return nil, fmt.Errorf("docs: %w", err)
	}
	var out bytes.Buffer
	if err := page.Execute(&out, v); err != nil {
		return nil, fmt.Errorf("docs: %w", err)
	}
	return out.Bytes(), nil
}
