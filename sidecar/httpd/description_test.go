package httpd_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/events"
	"sightline.example/sidecar/httpd"
	"sightline.example/sidecar/insight"
	"sightline.example/sidecar/invite"
	"sightline.example/sidecar/roster"
	"sightline.example/sidecar/signin"
	"sightline.example/sidecar/store/storetest"
)

// description is what is looked at of the description of all operations.
type description struct {
	OpenAPI string
	Info    struct{ Title, Version, Description string }
	Tags    []struct{ Name, Description string }
	Paths   map[string]map[string]described

	Security   []map[string][]string
	Components struct {
		Schemas         map[string]struct{ Required []string }
		SecuritySchemes map[string]any
	}
}

type described struct {
	OperationID          string
	Summary, Description string
	Tags                 []string
	Parameters           []struct {
		Name, In, Description string
		Required              bool
		Schema                map[string]any
	}
	RequestBody *struct {
		Required bool
		Content  map[string]struct{ Schema map[string]any }
	}
	Responses map[string]struct {
		Description string
		Headers     map[string]struct{ Description string }
		Content     map[string]struct{ Schema map[string]any }
	}
	Security *[]map[string][]string
}

// everything is a server with all operations, none of which can be called.
func everything(t *testing.T) *gin.Engine {
	t.Helper()
	s := start(t)
	changes := admin.New(admin.Config{Store: storetest.Start(t).Open(t, "/test/"), Engine: s.engine, Log: discard()})
	handler := httpd.New(httpd.Config{
		Engine: s, Feed: s, Admin: changes, Roster: roster.New(roster.Config{}), Insight: insight.New(insight.Config{}),
		Desk: &signin.Desk{}, Invite: &invite.Invite{}, Events: events.NewHub(events.Config{}), Log: discard(),
	})
	return handler.(*gin.Engine)
}

func ask(t *testing.T, h http.Handler, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", path, w.Code, w.Body)
	}
	return w
}

func descriptionOf(t *testing.T, h http.Handler) (d description) {
	t.Helper()
	a := ask(t, h, api.PathOpenAPI)
	if got := a.Header().Get("Content-Type"); got != "application/openapi+json" {
		t.Errorf("it is %s", got)
	}
	if err := json.Unmarshal(a.Body.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// each calls do with every operation that is described.
func (d description) each(do func(name, method, path string, op described)) {
	for path, methods := range d.Paths {
		for method, op := range methods {
			do(strings.ToUpper(method)+" "+path, method, path, op)
		}
	}
}

func TestEveryRouteOfTheAdminAPIIsDescribed(t *testing.T) {
	router := everything(t)
	var got, want []string
	descriptionOf(t, router).each(func(name, _, _ string, _ described) { got = append(got, name) })
	for _, r := range router.Routes() {
		if strings.HasPrefix(r.Path, "/v1/") {
			want = append(want, r.Method+" "+strings.ReplaceAll(r.Path, ":id", "{id}"))
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" || len(want) < 50 {
		t.Errorf("%d routes (-routes +description):\n%s", len(want), diff)
	}
}

func TestEveryOperationIsDescribedInFull(t *testing.T) {
	d := descriptionOf(t, everything(t))
	if d.OpenAPI != "3.1.0" || d.Info.Title != "Sightline" || d.Info.Version == "" || d.Info.Description == "" {
		t.Errorf("it begins with %s %+v", d.OpenAPI, d.Info)
	}
	var tags []string
	for _, tag := range d.Tags {
		tags = append(tags, tag.Name)
		if tag.Description == "" {
			t.Errorf("the tag %s has no description", tag.Name)
		}
	}
	ids := map[string]bool{}
	d.each(func(name, method, path string, op described) {
		lack := func(what string, lacks bool) {
			if lacks {
				t.Errorf("%s has no %s", name, what)
			}
		}
		lack("id of its own", op.OperationID == "" || ids[op.OperationID])
		ids[op.OperationID] = true
		lack("summary", op.Summary == "" || strings.HasSuffix(op.Summary, "."))
		lack("tag that is listed", len(op.Tags) != 1 || !slices.Contains(tags, op.Tags[0]))
		for _, p := range op.Parameters {
			lack("description of "+p.Name, p.Description == "" || len(p.Schema) == 0)
		}
		lack("parameter for its path", strings.Contains(path, "{id}") != slices.ContainsFunc(op.Parameters,
			func(p struct {
				Name, In, Description string
				Required              bool
				Schema                map[string]any
			},
			) bool {
				return p.In == "path" && p.Name == "id" && p.Required
			}))
		if op.RequestBody != nil {
			lack("schema of its body", len(op.RequestBody.Content["application/json"].Schema) == 0)
		}
		success := 0
		for status, r := range op.Responses {
			lack("description of "+status, r.Description == "" || r.Description == "OK" || r.Description == "Created")
			for header, h := range r.Headers {
				lack("description of "+header, h.Description == "")
			}
			if status < "300" {
				success++
				lack("schema of its answer", len(r.Content) == 0)
				continue
			}
			lack("problem document with "+status, len(r.Content[api.ProblemType].Schema) == 0)
		}
		lack("one answer of success", success != 1)
		lack("internal error", !strings.Contains(op.Responses["500"].Description, "`internal`"))
		lack("answer to what is no JSON", (op.RequestBody != nil) != (op.Responses["415"].Description != ""))
	})
}

func TestOpenOperationsNeedNoKey(t *testing.T) {
	d := descriptionOf(t, everything(t))
	if len(d.Security) != 1 || len(d.Components.SecuritySchemes) != 1 {
		t.Errorf("the security is %v of %v", d.Security, d.Components.SecuritySchemes)
	}
	var open []string
	d.each(func(name, _, _ string, op described) {
		if op.Security == nil {
			if op.Responses["401"].Description == "" || op.Responses["403"].Description == "" {
				t.Errorf("%s needs a key, and has no answer for whoever has none", name)
			}
			return
		}
		open = append(open, name)
		if len(*op.Security) != 1 || len((*op.Security)[0]) != 0 {
			t.Errorf("%s has the security %v", name, *op.Security)
		}
	})
	slices.Sort(open)
	want := []string{
		"POST /v1/accept", "POST /v1/open", "POST /v1/reset", "POST /v1/setup", "POST /v1/sign-in",
	}
	if diff := cmp.Diff(want, open); diff != "" {
		t.Error(diff)
	}
}

// code is the code of an error in the description of an answer.
var code = regexp.MustCompile("(?m)^- `([a-z_]+)`: ")

func TestErrorsAreDescribedAtTheirStatus(t *testing.T) {
	seen := map[policy.Code]bool{}
	descriptionOf(t, everything(t)).each(func(name, _, _ string, op described) {
		for status, r := range op.Responses {
			for _, found := range code.FindAllStringSubmatch(r.Description, -1) {
				c := policy.Code(found[1])
				seen[c] = true
				if want := fmt.Sprint(api.Status(c)); status != want && status != "415" {
					t.Errorf("%s: %s comes with %s, not %s", name, c, want, status)
				}
				if strings.HasSuffix(r.Description, "`: .\n") {
					t.Errorf("%s: %s has no meaning", name, c)
				}
			}
		}
	})
	for _, c := range []policy.Code{
		policy.Invalid, policy.TooLarge, policy.Unauthenticated, policy.CodeRequired, policy.Forbidden, policy.NotFound,
		policy.Exists, policy.Conflict, policy.Stale, policy.Unconditional, policy.KeyReused, policy.DeadReference,
		policy.TooMany, policy.EpochChanged, policy.LinkFault, policy.StoreFull, policy.Unavailable, policy.Internal,
	} {
		if !seen[c] {
			t.Errorf("no operation gives %s", c)
		}
	}
}

func TestNoIDIsNeededForWhatIsCreated(t *testing.T) {
	d := descriptionOf(t, everything(t))
	for path, name := range map[string]string{
		"/v1/clients": "Client", "/v1/employees": "Employee", "/v1/groups": "Group", "/v1/projects": "Project",
	} {
		ref, _ := d.Paths[path]["post"].RequestBody.Content["application/json"].Schema["$ref"].(string)
		if want := "#/components/schemas/Unstored" + name; ref != want {
			t.Errorf("%s takes %s, not %s", path, ref, want)
		}
		if slices.Contains(d.Components.Schemas["Unstored"+name].Required, "id") {
			t.Errorf("a new %s needs an id", name)
		}
		if !slices.Contains(d.Components.Schemas[name].Required, "id") {
			t.Errorf("a stored %s needs none", name)
		}
	}
}

func TestTheDescriptionIsAPageToo(t *testing.T) {
	router := everything(t)
	page := ask(t, router, "/docs")
	want := "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	if got := page.Header().Get("Content-Security-Policy"); got != want {
		t.Errorf("the policy is %q", got)
	}
	if got := page.Header().Get("Content-Type"); got != "text/html; charset=utf-8" {
		t.Errorf("it is %s", got)
	}
	descriptionOf(t, router).each(func(name, _, _ string, op described) {
		if !strings.Contains(page.Body.String(), `<article id="`+op.OperationID+`">`) {
			t.Errorf("%s is not on it", name)
		}
	})
	for _, part := range []string{"<script", "http://", "https://", " style=", "onclick"} {
		if strings.Contains(page.Body.String(), part) {
			t.Errorf("it has %s", part)
		}
	}
	style := ask(t, router, "/docs/style.css")
	if got := style.Header().Get("Content-Type"); got != "text/css; charset=utf-8" || strings.Contains(style.Body.String(), "url(") {
		t.Errorf("its style is %s", got)
	}
	for _, path := range []string{"/schemas/Client.json", "/openapi.yaml", "/openapi-3.0.json"} {
		w := httptest.NewRecorder()
		router.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		if w.Code != http.StatusNotFound {
			t.Errorf("%s: the status is %d, want 404", path, w.Code)
		}
	}
}
