package portal_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"sightline.example/policy"
	"sightline.example/policy/policytest"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

const (
	ann    = "ann@lumen.example"
	herons = "four quiet herons at dawn"
)

// start starts a sidecar whose directory has two groups and two projects, one of
// each with a name that is markup.
func start(t *testing.T, o sidecartest.Options) *sidecartest.Sidecar {
	t.Helper()
	s := sidecartest.Start(t, o)
	w := policytest.Company().Group("design", "ada").Group("print", "ben").Project("site", "ada").Project("app")
	w.Groups[1].Name, w.Projects[1].Name = "<b>Print</b>", `App "2" & more`
	w.Groups[0].Name, w.Projects[0].Name = "Design", "Site"
	doc := api.Document{Clients: []policy.Client{}}
	doc.Employees, doc.Groups, doc.Projects = w.Employees, w.Groups, w.Projects
	if _, err := s.Owner.Import(t.Context(), doc, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	return s
}

// invite invites Ann, and returns the id and the address of the link.
func invite(t *testing.T, s *sidecartest.Sidecar, scope policy.Scope) (id, link string) {
	t.Helper()
	wanted := api.NewInvitation{Email: ann, Scope: scope, Link: true}
	done, err := s.Owner.Invite(t.Context(), wanted, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	return string(done.Value.Value.ID), done.Value.Link
}

// visitor is somebody with a browser.
type visitor struct {
	http.Client
	base string
}

func visit(t *testing.T, s *sidecartest.Sidecar) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{http.Client{Jar: jar}, s.URL}
}

// stay makes the visitor not follow redirects.
func (v *visitor) stay() *visitor {
	v.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return v
}

// page is what a visitor gets.
type page struct {
	*http.Response
	text string
}

func (v *visitor) send(t *testing.T, method, address string, form url.Values, header map[string]string) page {
	t.Helper()
	if strings.HasPrefix(address, "/") {
		address = v.base + address
	}
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range header {
		r.Header.Set(name, value)
	}
	answer, err := v.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return page{answer, string(text)}
}

func (v *visitor) open(t *testing.T, address string) page {
	t.Helper()
	return v.send(t, http.MethodGet, address, nil, nil)
}

// fill sends a form as browsers do from our own pages.
func (v *visitor) fill(t *testing.T, path string, form url.Values) page {
	t.Helper()
	return v.send(t, http.MethodPost, path, form, map[string]string{"Sec-Fetch-Site": "same-origin"})
}

func (p page) want(t *testing.T, status int, says ...string) {
	t.Helper()
	for _, text := range says {
		if p.StatusCode != status || !strings.Contains(p.text, text) {
			t.Errorf("%s has status %d, want %d and %q:\n%s", p.Request.URL.Path, p.StatusCode, status, text, p.text)
		}
	}
}

// member is a visitor who has just made an account.
func member(t *testing.T, s *sidecartest.Sidecar, scope policy.Scope) (*visitor, page) {
	t.Helper()
	_, link := invite(t, s, scope)
	v := visit(t, s)
	v.open(t, link).want(t, 200, "<h1>Set up your account</h1>", "You were invited as <strong>"+ann+"</strong>")
	home := v.fill(t, "/portal/setup/password", url.Values{"name": {"Ann <Lee>"}, "password": {herons}})
	home.want(t, 200, "<h1>Your access</h1>", "Ann &lt;Lee&gt;")
	return v, home
}
