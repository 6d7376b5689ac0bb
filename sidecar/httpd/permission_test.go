package httpd_test

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/events"
	"sightline.example/sidecar/httpd"
	"sightline.example/sidecar/insight"
	"sightline.example/sidecar/invite"
	"sightline.example/sidecar/password"
	"sightline.example/sidecar/portal"
	"sightline.example/sidecar/sidecartest"
	"sightline.example/sidecar/signin"
)

// What each route answers whom, a letter for each of callers: u for who is not
// let in, f for what is forbidden, and a dot for what is neither.
const (
	open           = "........"
	anyKey         = "u.....u."
	decides        = "u....fu."
	readsClients   = "uf....u."
	editsClients   = "uff..fuf"
	reads          = "uf...fu."
	edits          = "uff..fuf"
	readsKeys      = "uf.f.fu."
	owns           = "ufff.fuf"
	readsSessions  = "ufff.fu." // of others; people who are signed in, their own
	signedInPeople = "ufffffu."
)

// callers are the columns of the table below.
var callers = []string{"nobody", "app", "auditor", "admin", "owner", "limited", "client", "signed in"}

// permissions is who may call which route.
func permissions() map[string]string {
	return map[string]string{
		"GET /livez":          open,
		"GET /readyz":         open,
		"POST /v1/setup":      open,
		"POST /v1/sign-in":    open,
		"POST /v1/open":       open,
		"POST /v1/accept":     open,
		"POST /v1/reset":      open,
		"GET /openapi.json":   open,
		"GET /docs":           open,
		"GET /docs/style.css": open,
		"GET /v1/session":     anyKey,
		"GET /v1/sidecar":     anyKey,

		"POST /access/v1/evaluation":  decides,
		"POST /access/v1/evaluations": decides,

		"GET /v1/clients":                readsClients,
		"GET /v1/clients/:id":            readsClients,
		"GET /v1/clients/:id/invitation": readsClients,
		"GET /v1/deleted-clients":        readsClients,
		"GET /v1/invitations":            readsClients,
		"POST /v1/preview":               readsClients,
		"POST /v1/explain":               readsClients,
		"POST /v1/counts":                readsClients,
		"GET /v1/review":                 readsClients,
		"GET /v1/review.csv":             readsClients,
		"GET /v1/orphans":                readsClients,

		"POST /v1/clients":                  editsClients,
		"PUT /v1/clients/:id":               editsClients,
		"DELETE /v1/clients/:id":            editsClients,
		"POST /v1/clients/:id/suspend":      editsClients,
		"POST /v1/clients/:id/resume":       editsClients,
		"POST /v1/clients/:id/erase":        editsClients,
		"POST /v1/clients/:id/invitation":   editsClients,
		"DELETE /v1/clients/:id/invitation": editsClients,
		"POST /v1/invitations":              editsClients,
		"POST /v1/invitations/batch":        editsClients,

		"GET /v1/employees":        reads,
		"GET /v1/employees/:id":    reads,
		"GET /v1/groups":           reads,
		"GET /v1/groups/:id":       reads,
		"GET /v1/projects":         reads,
		"GET /v1/projects/:id":     reads,
		"GET /v1/audit":            reads,
		"GET /v1/audit/log":        reads,
		"GET /v1/events":           reads,
		"POST /v1/employees":       edits,
		"PUT /v1/employees/:id":    edits,
		"DELETE /v1/employees/:id": edits,
		"POST /v1/groups":          edits,
		"PUT /v1/groups/:id":       edits,
		"DELETE /v1/groups/:id":    edits,
		"POST /v1/projects":        edits,
		"PUT /v1/projects/:id":     edits,
		"DELETE /v1/projects/:id":  edits,
		"POST /v1/import":          edits,

		"GET /v1/keys":                     readsKeys,
		"POST /v1/keys":                    owns,
		"DELETE /v1/keys/:id":              owns,
		"GET /v1/admins":                   reads,
		"GET /v1/admins/:id":               reads,
		"GET /v1/admins/:id/invitation":    reads,
		"POST /v1/admins":                  owns,
		"PUT /v1/admins/:id":               owns,
		"DELETE /v1/admins/:id":            owns,
		"POST /v1/admins/:id/unlock":       owns,
		"POST /v1/admins/:id/invitation":   owns,
		"DELETE /v1/admins/:id/invitation": owns,

		"GET /v1/sessions":        readsSessions,
		"DELETE /v1/sessions/:id": owns,
		"POST /v1/sign-out":       signedInPeople,
		"POST /v1/password":       signedInPeople,
		"POST /v1/codes":          signedInPeople,
		"DELETE /v1/codes":        signedInPeople,
		"POST /v1/codes/confirm":  signedInPeople,

		"GET /portal":                 open,
		"GET /portal/":                open,
		"GET /portal/style.css":       open,
		"GET /portal/sign-in":         open,
		"POST /portal/sign-in":        open,
		"POST /portal/sign-out":       open,
		"GET /portal/setup":           open,
		"GET /portal/setup/:link":     open,
		"POST /portal/setup/password": open,
		"GET /portal/reset":           open,
		"GET /portal/reset/:link":     open,
		"POST /portal/reset/password": open,
		"GET /portal/forgot":          open,
		"POST /portal/forgot":         open,
	}
}

// everyRoute returns the route table of a sidecar that has all parts. Nothing of
// them is asked before there is a request.
func everyRoute(t *testing.T) []string {
	t.Helper()
	handler := httpd.New(httpd.Config{
		Admin: &admin.Admin{}, Desk: &signin.Desk{}, Invite: &invite.Invite{}, Insight: &insight.Insight{},
		Events: events.NewHub(events.Config{}), Portal: portal.New(portal.Config{}), Log: discard(),
	})
	var routes []string
	for _, r := range handler.(*gin.Engine).Routes() {
		// What a HEAD answers is what its GET answers, without the body.
		if r.Method != http.MethodHead {
			routes = append(routes, r.Method+" "+r.Path)
		}
	}
	slices.Sort(routes)
	return routes
}

// TestEveryRouteIsForWhomItIsFor calls every route of the table as everybody, on
// what is not there: rules come first, so the answer tells who may.
func TestEveryRouteIsForWhomItIsFor(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{Passwords: password.AtFloor(), Log: discard()})
	wanted, routes := permissions(), everyRoute(t)
	// Signing out comes last.
	slices.SortFunc(routes, func(a, b string) int {
		last := func(r string) int { return strings.Count(r, "/v1/sign-out") }
		return last(a) - last(b)
	})
	texts := everybody(t, s)
	for _, route := range routes {
		want, listed := wanted[route]
		if !listed {
			t.Errorf("%s is not in the table", route)
			continue
		}
		delete(wanted, route)
		got := ""
		for _, text := range texts {
			got += asked(t, s.URL, route, text)
		}
		if got != want {
			t.Errorf("%s: got %s, want %s, of %v", route, got, want, callers)
		}
	}
	for route := range wanted {
		t.Errorf("%s is in the table, but no route", route)
	}
}

// TestThePortalNamesNobody keeps clients to themselves: no path or query of the
// portal can name another one.
func TestThePortalNamesNobody(t *testing.T) {
	for _, route := range everyRoute(t) {
		if strings.Contains(route, " /portal") && strings.Contains(strings.ReplaceAll(route, "/:link", ""), ":") {
			t.Errorf("%s takes something that could be somebody else's", route)
		}
	}
}

// everybody returns what each of callers presents.
func everybody(t *testing.T, s *sidecartest.Sidecar) []string {
	t.Helper()
	key := func(wanted api.NewKey) string {
		wanted.Name = "test"
		made, err := s.Owner.CreateKey(t.Context(), wanted, client.Terms{})
		if err != nil {
			t.Fatal(err)
		}
		return made.Value.Text
	}
	return []string{
		"",
		key(api.NewKey{Role: policy.RoleApp}),
		key(api.NewKey{Role: policy.RoleAuditor}),
		key(api.NewKey{Role: policy.RoleAdmin}),
		key(api.NewKey{Role: policy.RoleOwner}),
		key(api.NewKey{Role: policy.RoleAdmin, Permissions: []policy.Permission{"clients:read"}}),
		clientSession(t, s),
		auditorSession(t, s),
	}
}

// clientSession returns the text of the session of a client in the portal.
func clientSession(t *testing.T, s *sidecartest.Sidecar) string {
	t.Helper()
	invited, err := s.Owner.Invite(t.Context(), api.NewInvitation{Email: "cleo@acme.example", Link: true}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	accept(t, s, invited.Value.Link)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/portal/sign-in", strings.NewReader("email=cleo@acme.example&password="+strings.ReplaceAll(herons, " ", "+")))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", s.URL)
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	for _, c := range response.Cookies() {
		if c.Name == "sightline" && c.Value != "" {
			return c.Value
		}
	}
	t.Fatalf("the client is not let in: %d", response.StatusCode)
	return ""
}

// auditorSession returns the text of the session of an admin who only reads.
func auditorSession(t *testing.T, s *sidecartest.Sidecar) string {
	t.Helper()
	invited, err := s.Owner.InviteAdmin(t.Context(), api.NewAdmin{Email: "audrey@test.example", Role: policy.RoleAuditor, Link: true}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	accept(t, s, invited.Value.Link)
	in, err := s.Owner.SignIn(t.Context(), api.SignIn{Email: "audrey@test.example", Password: herons})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Owner.AtLeast(in.Token).Who(t.Context()); err != nil {
		t.Fatal(err)
	}
	return in.Value.Token
}

func accept(t *testing.T, s *sidecartest.Sidecar, link string) {
	t.Helper()
	open := &client.Client{BaseURL: s.URL}
	_, err := open.Accept(t.Context(), api.Acceptance{Link: link[strings.LastIndex(link, "/")+1:], Name: "Test", Password: herons})
	if err != nil {
		t.Fatal(err)
	}
}

// asked calls a route with what a caller presents, and returns its letter.
func asked(t *testing.T, url, route, text string) string {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel() // ends a stream
	method, path, _ := strings.Cut(route, " ")
	path = strings.NewReplacer(":id", "none", ":link", "none").Replace(path)
	var body io.Reader
	if method == http.MethodPost || method == http.MethodPut || path == api.PathCodes {
		body = strings.NewReader("{}")
	}
	request, err := http.NewRequestWithContext(ctx, method, url+path, body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Origin", url)
	if text != "" {
		request.Header.Set("Authorization", "Bearer "+text)
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	switch response.StatusCode {
	case http.StatusForbidden:
		return "f"
	case http.StatusUnauthorized:
		problem, err := io.ReadAll(response.Body)
		// Signing in with nothing is refused too, but by another sentence.
		if err != nil || strings.Contains(string(problem), "a valid key or session is required") {
			return "u"
		}
	case http.StatusInternalServerError:
		return "!"
	}
	return "."
}
