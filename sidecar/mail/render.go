package mail

import (
	"embed"
	"fmt"
	htmltemplate "html/template"
	"strings"
	"text/template"
	"unicode"
)

//go:embed templates
var files embed.FS

// parts is a message's text in its forms.
type parts struct {
	subject, text, html string
}

// shown is what templates see.
type shown struct {
	Letter
	Sender
	NoteLines []string
	Until     string
}

// render makes the parts of a letter.
func render(l Letter, s Sender) (parts, error) {
	v := shown{Letter: l, Sender: s, Until: l.Expires.UTC().Format("Monday, 2 January 2006, 15:04 MST")}
	v.By, v.Company = oneLine(l.By), oneLine(s.Company)
	if l.Note != "" {
		v.NoteLines = strings.Split(strings.ReplaceAll(l.Note, "\r\n", "\n"), "\n")
	}
	text, err := template.ParseFS(files, "templates/layout.txt", "templates/"+string(l.Kind)+".txt")
	if err != nil {
		return parts{}, fmt.Errorf("mail template: %w", err)
	}
	html, err := htmltemplate.ParseFS(files, "templates/layout.html", "templates/"+string(l.Kind)+".html")
	if err != nil {
		return parts{}, fmt.Errorf("mail template: %w", err)
	}
	var subject, plain, rich strings.Builder
	if err := text.ExecuteTemplate(&subject, "subject", v); err != nil {
		return parts{}, fmt.Errorf("mail template: %w", err)
	}
	if err := text.ExecuteTemplate(&plain, "layout.txt", v); err != nil {
		return parts{}, fmt.Errorf("mail template: %w", err)
	}
	if err := html.ExecuteTemplate(&rich, "layout.html", v); err != nil {
		return parts{}, fmt.Errorf("mail template: %w", err)
	}
	return parts{oneLine(subject.String()), plain.String(), rich.String()}, nil
}

// oneLine returns text without what could end a header's line.
func oneLine(text string) string {
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || c == '\u2028' || c == '\u2029' {
			return ' '
		}
		return c
	}, text))
}
