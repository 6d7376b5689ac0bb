package docs

import (
	"html/template"
	"strings"
)

// prose returns text as HTML: paragraphs, lists and code, of what Markdown there
// is in a description.
func prose(text string) template.HTML {
	var out strings.Builder
	for block := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		if block == "" {
			continue
		}
		if !strings.HasPrefix(block, "- ") {
			out.WriteString("<p>" + inline(block) + "</p>")
			continue
		}
		out.WriteString("<ul>")
		for item := range strings.SplitSeq(block, "\n") {
			out.WriteString("<li>" + inline(strings.TrimPrefix(item, "- ")) + "</li>")
		}
		out.WriteString("</ul>")
	}
	return template.HTML(out.String()) //nolint:gosec // every text in it is escaped by inline
}

// inline escapes a text and sets what is between backquotes as code.
func inline(text string) string {
	parts := strings.Split(template.HTMLEscapeString(text), "`")
	for i := 1; i+1 < len(parts); i += 2 {
		parts[i] = "<code>" + parts[i] + "</code>"
	}
	return strings.Join(parts, "")
}
