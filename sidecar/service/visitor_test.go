package service_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"sightline.example/sidecar/portal"
	"sightline.example/sidecar/sidecartest"
)

// visitor is a browser at the portal of a sidecar.
type visitor struct {
	url  string
	http *http.Client
}

func visit(t *testing.T, s *sidecartest.Sidecar, through http.RoundTripper) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{s.URL, &http.Client{Jar: jar, Transport: through}}
}

// get follows a link of the portal and returns the page it ends at.
func (v *visitor) get(t *testing.T, path string) (status int, page string) {
	t.Helper()
	return v.do(t, http.MethodGet, path, nil)
}

// post sends a form, given as names and values.
func (v *visitor) post(t *testing.T, path string, fields ...string) (status int, page string) {
	t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return v.do(t, http.MethodPost, path, strings.NewReader(form.Encode()))
}

func (v *visitor) do(t *testing.T, method, path string, body io.Reader) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, v.url+path, body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Origin", v.url)
	request.Header.Set("User-Agent", "visitor/1 "+canary)
	if body != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	response, err := v.http.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	page, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(page)
}

// session returns the visitor's cookie, which is the text of the session.
func (v *visitor) session(t *testing.T) string {
	t.Helper()
	at, err := url.Parse(v.url + portal.Path)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range v.http.Jar.Cookies(at) {
		if c.Name == "sightline" {
			return c.Value
		}
	}
	t.Fatal("the visitor is not signed in")
	return ""
}

// linkPath returns the path of a link, and the secret that ends it.
func linkPath(t *testing.T, link string) (path, secret string) {
	t.Helper()
	at, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	return at.Path, at.Path[strings.LastIndex(at.Path, "/")+1:]
}
