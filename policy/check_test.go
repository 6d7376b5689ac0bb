package policy

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// fault is one way to spoil a valid entity, and the member its Check names for
// it; an empty one means that it stays valid.
type fault[T any] struct {
	name  string
	spoil func(*T)
	field string
}

func checkFaults[T any](t *testing.T, valid func() *T, check func(*T) error, faults []fault[T]) {
	t.Helper()
	if err := check(valid()); err != nil {
		t.Fatalf("a valid entity: %v", err)
	}
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			spoiled := valid()
			f.spoil(spoiled)
			err := check(spoiled)
			var e *Error
			switch {
			case f.field == "" && err != nil:
				t.Errorf("got %v, want no error", err)
			case f.field == "":
			case !errors.As(err, &e) || e.Code != Invalid || e.Field != f.field || e.Message == "":
				t.Errorf("got %#v, want an invalid %s", err, f.field)
			}
		})
	}
}

func TestCheckID(t *testing.T) {
	for id, valid := range map[string]bool{
		"a":                            true,
		"AZaz09-._~@:+":                true,
		"...":                          true,
		"-":                            true,
		strings.Repeat("x", 128):       true,
		strings.Repeat("x", 129):       false,
		"":                             false,
		".":                            false,
		"..":                           false,
		"a b":                          false,
		"a/b":                          false,
		"a\x00":                        false,
		"a%":                           false,
		"é":                            false,
		"\xff":                         false,
		"[":                            false,
		"`":                            false,
		"{":                            false,
		"/":                            false,
		";":                            false,
		",":                            false,
		strings.Repeat("x", 127) + "*": false,
	} {
		err := CheckID("member", id)
		if (err == nil) != valid {
			t.Errorf("CheckID(%q) is %v", id, err)
		}
		if err != nil && (CodeOf(err) != Invalid || !strings.HasPrefix(err.Error(), "member: ")) {
			t.Errorf("CheckID(%q) is %v, which is not about the member", id, err)
		}
	}
}

func TestEmployeeCheck(t *testing.T) {
	valid := func() *Employee {
		return &Employee{ID: "ann", Name: "Ann", Groups: []GroupID{"design", "sales"}, Projects: []ProjectID{"site"}}
	}
	checkFaults(t, valid, (*Employee).Check, []fault[Employee]{
		{"no id", func(e *Employee) { e.ID = "" }, "id"},
		{"bad id", func(e *Employee) { e.ID = "a/b" }, "id"},
		{"no name", func(e *Employee) { e.Name = "" }, "name"},
		{"longest name", func(e *Employee) { e.Name = strings.Repeat("x", 200) }, ""},
		{"too long a name", func(e *Employee) { e.Name = strings.Repeat("x", 201) }, "name"},
		{"too long a name in bytes", func(e *Employee) { e.Name = strings.Repeat("é", 101) }, "name"},
		{"name is not UTF-8", func(e *Employee) { e.Name = "A\xff" }, "name"},
		{"no memberships", func(e *Employee) { e.Groups, e.Projects = nil, nil }, ""},
		{"bad group", func(e *Employee) { e.Groups[1] = "" }, "groups[1]"},
		{"group twice", func(e *Employee) { e.Groups[1] = "design" }, "groups[1]"},
		{"groups differ by case", func(e *Employee) { e.Groups[1] = "Design" }, ""},
		{"most groups", func(e *Employee) { e.Groups = numbered[GroupID](1_000) }, ""},
		{"too many groups", func(e *Employee) { e.Groups = numbered[GroupID](1_001) }, "groups"},
		{"bad project", func(e *Employee) { e.Projects[0] = "." }, "projects[0]"},
		{"project twice", func(e *Employee) { e.Projects = []ProjectID{"a", "b", "a"} }, "projects[2]"},
		{"most projects", func(e *Employee) { e.Projects = numbered[ProjectID](1_000) }, ""},
		{"too many projects", func(e *Employee) { e.Projects = numbered[ProjectID](1_001) }, "projects"},
	})
}

func TestGroupCheck(t *testing.T) {
	checkFaults(t, func() *Group { return &Group{ID: "design", Name: "Design"} }, (*Group).Check, []fault[Group]{
		{"bad id", func(g *Group) { g.ID = "a b" }, "id"},
		{"no name", func(g *Group) { g.Name = "" }, "name"},
	})
}

func TestProjectCheck(t *testing.T) {
	valid := func() *Project { return &Project{ID: "site", Name: "Site", Groups: []GroupID{"design"}} }
	checkFaults(t, valid, (*Project).Check, []fault[Project]{
		{"bad id", func(p *Project) { p.ID = ".." }, "id"},
		{"no name", func(p *Project) { p.Name = "" }, "name"},
		{"no groups", func(p *Project) { p.Groups = nil }, ""},
		{"bad group", func(p *Project) { p.Groups[0] = "a,b" }, "groups[0]"},
		{"group twice", func(p *Project) { p.Groups = []GroupID{"a", "a"} }, "groups[1]"},
		{"most groups", func(p *Project) { p.Groups = numbered[GroupID](1_000) }, ""},
		{"too many groups", func(p *Project) { p.Groups = numbered[GroupID](1_001) }, "groups"},
	})
}

func TestClientCheck(t *testing.T) {
	valid := func() *Client {
		return &Client{
			ID: "acme", Name: "Acme", Email: "ann@example.com", Status: Active,
			Scope: Scope{Groups: []GroupID{"design"}, Projects: []ProjectID{"site"}, Screencasts: true},
		}
	}
	longest := strings.Repeat("x", 64) + "@" + strings.Repeat(strings.Repeat("y", 60)+".", 3) + "yy.com"
	checkFaults(t, valid, (*Client).Check, []fault[Client]{
		{"bad id", func(c *Client) { c.ID = "" }, "id"},
		{"no name", func(c *Client) { c.Name = "" }, "name"},
		{"no email", func(c *Client) { c.Email = "" }, "email"},
		{"email without a domain", func(c *Client) { c.Email = "ann" }, "email"},
		{"email with a name", func(c *Client) { c.Email = "Ann <ann@example.com>" }, "email"},
		{"two emails", func(c *Client) { c.Email = "ann@example.com, bob@example.com" }, "email"},
		{"email with a line break", func(c *Client) { c.Email = "ann@example.com\r\nBcc: x@example.com" }, "email"},
		{"email with a space", func(c *Client) { c.Email = " ann@example.com" }, "email"},
		{"longest email", func(c *Client) { c.Email = longest }, ""},
		{"too long an email", func(c *Client) { c.Email = "x" + longest }, "email"},
		{"invited", func(c *Client) { c.Status = Invited }, ""},
		{"suspended", func(c *Client) { c.Status = Suspended }, ""},
		{"no status", func(c *Client) { c.Status = "" }, "status"},
		{"another status", func(c *Client) { c.Status = "Active" }, "status"},
		{"nothing selected", func(c *Client) { c.Scope = Scope{} }, ""},
		{"bad group", func(c *Client) { c.Scope.Groups = []GroupID{"a", ""} }, "scope.groups[1]"},
		{"group twice", func(c *Client) { c.Scope.Groups = []GroupID{"a", "a"} }, "scope.groups[1]"},
		{"most groups", func(c *Client) { c.Scope.Groups = numbered[GroupID](2_000) }, ""},
		{"too many groups", func(c *Client) { c.Scope.Groups = numbered[GroupID](2_001) }, "scope.groups"},
		{"bad project", func(c *Client) { c.Scope.Projects = []ProjectID{"/"} }, "scope.projects[0]"},
		{"project twice", func(c *Client) { c.Scope.Projects = []ProjectID{"a", "a"} }, "scope.projects[1]"},
		{"most projects", func(c *Client) { c.Scope.Projects = numbered[ProjectID](2_000) }, ""},
		{"too many projects", func(c *Client) { c.Scope.Projects = numbered[ProjectID](2_001) }, "scope.projects"},
	})
}

func TestClientCheckOfPeriod(t *testing.T) {
	for _, test := range []struct{ from, until, field string }{
		{"", "", ""},
		{"2026-03-10T12:00:00Z", "", ""},
		{"", "2026-03-10T12:00:00Z", ""},
		{"2026-03-10T12:00:00Z", "2026-03-10T12:00:00.000000001Z", ""},
		{"2026-03-10T12:00:00Z", "2026-03-10T12:00:00Z", "scope.until"},
		{"2026-03-10T12:00:00Z", "2026-03-10T13:00:00+01:00", "scope.until"},
		{"2026-03-10T12:00:00Z", "2026-03-10T11:59:59.999999999Z", "scope.until"},
		{"1970-01-01T00:00:00Z", "2261-12-31T23:59:59.999999999Z", ""},
		{"1969-12-31T23:59:59.999999999Z", "", "scope.from"},
		{"1970-01-01T00:30:00+01:00", "", "scope.from"},
		{"2262-01-01T00:00:00Z", "", "scope.from"},
		{"", "1969-12-31T23:59:59.999999999Z", "scope.until"},
		{"", "2262-01-01T00:00:00Z", "scope.until"},
		{"1969-01-01T00:00:00Z", "2262-01-01T00:00:00Z", "scope.from"},
	} {
		c := &Client{ID: "acme", Name: "Acme", Email: "ann@example.com", Status: Active}
		c.Scope.From, c.Scope.Until = at(t, test.from), at(t, test.until)
		field := ""
		if e, ok := errors.AsType[*Error](c.Check()); ok {
			field = e.Field
		}
		if field != test.field {
			t.Errorf("from %q until %q: the fault is in %q, want %q", test.from, test.until, field, test.field)
		}
	}
}

func at(t *testing.T, text string) *time.Time {
	t.Helper()
	if text == "" {
		return nil
	}
	when, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		t.Fatal(err)
	}
	return &when
}

func numbered[T ~string](n int) []T {
	ids := make([]T, n)
	for i := range ids {
		ids[i] = T(fmt.Sprint("id-", i))
	}
	return ids
}
