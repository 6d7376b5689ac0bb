package portal

import (
	"embed"
	"errors"
	"html/template"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"sightline.example/policy"
)

//go:embed pages
var files embed.FS

// pages are the templates by name.
type pages map[string]*template.Template

func parsePages() pages {
	all := pages{}
	for _, name := range []string{"message", "sign_in", "password", "forgot", "home"} {
		all[name] = template.Must(template.ParseFS(files, "pages/layout.html", "pages/"+name+".html"))
	}
	return all
}

// page is what the templates show. What a page does not need is empty.
type page struct {
	Title   string
	Text    string
	Company string
	Client  string // who is signed in

	Action  string // where the form goes
	Email   string
	Name    string
	Problem string // what is wrong with the form
	Field   string // which field it is about
	Reset   bool   // the form sets another password, and asks for no name
	Button  string
	Next    string // the address to go on to
	Lines   []line
}

// line is a fact on the home page.
type line struct{ Name, Text string }

// show answers with a page.
func (p *Portal) show(c *gin.Context, status int, name string, v page) {
	v.Company = p.cfg.Company
	c.Status(status)
	c.Header("Content-Type", "text/html; charset=utf-8")
	if err := p.pages[name].ExecuteTemplate(c.Writer, "layout.html", v); err != nil {
		p.cfg.Log.ErrorContext(c.Request.Context(), "page broke off", "page", name, "error", err)
	}
}

// fail answers with a page that says what went wrong. A fault of ours is logged,
// and shown as no more than that.
func (p *Portal) fail(c *gin.Context, err error) {
	e, ok := errors.AsType[*policy.Error](err)
	if !ok || e.Code == policy.Internal {
		p.cfg.Log.ErrorContext(c.Request.Context(), "page failed", "route", c.FullPath(), "error", err)
		p.show(c, http.StatusInternalServerError, "message", page{Title: "Something went wrong", Text: "That was our fault. Please try again in a moment."})
		return
	}
	switch e.Code {
	case policy.LinkFault:
		p.show(c, http.StatusGone, "message", page{Title: "This link does not work", Text: sentence(e.Message), Next: Path + "/sign-in", Button: "Go to sign-in"})
	case policy.TooMany:
		p.show(c, http.StatusTooManyRequests, "message", page{Title: "Too many tries", Text: "Please wait a while before you try again."})
	case policy.Unavailable, policy.StoreFull:
		p.show(c, http.StatusServiceUnavailable, "message", page{Title: "Not available", Text: "This does not work at the moment. Please try again in a minute."})
	default:
		p.show(c, http.StatusBadRequest, "message", page{Title: "That did not work", Text: sentence(e.Error())})
	}
}

// sentence returns a message as a sentence.
func sentence(message string) string {
	if message == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(message)
	return string(unicode.ToUpper(first)) + message[size:] + "."
}

// Missing answers a request for a page that there is none of, or not by its
// method; the status says which. It gives false if the path is no page's.
func (p *Portal) Missing(c *gin.Context, status int) bool {
	if path := c.Request.URL.Path; path != Path && !strings.HasPrefix(path, Path+"/") {
		return false
	}
	p.head(c)
	p.show(c, status, "message", page{
		Title: "There is no such page", Text: "The address may be incomplete. If you followed a link in a message, copy all of it.",
		Next: Path, Button: "Go to the start page",
	})
	return true
}

func (p *Portal) style(c *gin.Context) {
	c.Header("Cache-Control", "public, max-age=3600")
	c.FileFromFS("pages/style.css", http.FS(files))
}
