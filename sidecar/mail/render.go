package mail

import (
	"embed"
	htmltemplate "html/template"
	"io"
	"strings"
	"text/template"
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
	l.By, l.Role, s.Company = oneLine(l.By), oneLine(l.Role), oneLine(s.Company)
	v := shown{
		Letter: l, Sender: s, NoteLines: lines(l.Note),
		Until: l.Expires.UTC().Format("Monday, 2 January 2006, 15:04 MST"),
	}
	text, err := template.ParseFS(files, "templates/layout.txt", "templates/"+string(l.Kind)+".txt")
	if err != nil {
		return parts{}, err
	}
	html, err := htmltemplate.ParseFS(files, "templates/layout.html", "templates/"+string(l.Kind)+".html")
	if err != nil {
		return parts{}, err
	}
	var subject, plain, rich strings.Builder
	for _, part := range []struct {
		template interface {
			ExecuteTemplate(w io.Writer, name string, data any) error
		}
		name string
		into *strings.Builder
	}{{text, "subject", &subject}, {text, "layout.txt", &plain}, {html, "layout.html", &rich}} {
		if err := part.template.ExecuteTemplate(part.into, part.name, v); err != nil {
			return parts{}, err
		}
	}
	return parts{oneLine(subject.String()), plain.String(), rich.String()}, nil
}
