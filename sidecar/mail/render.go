package mail

import (
	"embed"
	htmltemplate "html/template"
	"strings"
	"text/template"
)

//go:embed templates
var files embed.FS

// letters has the templates of each kind.
var letters = map[Kind]templates{
	Setup:      parsed(Setup),
	AdminSetup: parsed(AdminSetup),
	Reset:      parsed(Reset),
	Changed:    parsed(Changed),
}

type templates struct {
	text *template.Template
	html *htmltemplate.Template
}

func parsed(k Kind) templates {
	file := "templates/" + string(k)
	return templates{
		text: template.Must(template.ParseFS(files, "templates/layout.txt", file+".txt")),
		html: htmltemplate.Must(htmltemplate.ParseFS(files, "templates/layout.html", file+".html")),
	}
}

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

// render makes the parts of a letter that was checked.
func render(l Letter, s Sender) (parts, error) {
	l.By, l.Role, s.Company = oneLine(l.By), oneLine(l.Role), oneLine(s.Company)
	v := shown{
		Letter: l, Sender: s, NoteLines: lines(l.Note),
		Until: l.Expires.UTC().Format("Monday, 2 January 2006, 15:04 MST"),
	}
	var subject, text, html strings.Builder
	t := letters[l.Kind]
	if err := t.text.ExecuteTemplate(&subject, "subject", v); err != nil {
		return parts{}, err
	}
	if err := t.text.ExecuteTemplate(&text, "layout.txt", v); err != nil {
		return parts{}, err
	}
	if err := t.html.ExecuteTemplate(&html, "layout.html", v); err != nil {
		return parts{}, err
	}
	return parts{oneLine(subject.String()), text.String(), html.String()}, nil
}
