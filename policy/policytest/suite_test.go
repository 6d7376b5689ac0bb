package policytest

import (
	"testing"

	"sightline.example/policy"
)

func TestCasesHaveDistinctNames(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Suites(t) {
		for _, c := range s.Cases {
			if seen[c.Name] || c.Name == "" {
				t.Errorf("%s: the name %q is empty or taken", s.Name, c.Name)
			}
			seen[c.Name] = true
		}
	}
	if len(seen) < 300 {
		t.Errorf("there are only %d cases", len(seen))
	}
}

func TestEveryReasonOccurs(t *testing.T) {
	want := map[string]bool{ // code: is it a yes
		"in_group":              true,
		"on_project":            true,
		"in_group_on_project":   true,
		"project_selected":      true,
		"project_of_group":      true,
		"group_selected":        true,
		"report_included":       true,
		"unknown_client":        false,
		"unreadable":            false,
		"not_active":            false,
		"outside_period":        false,
		"action_not_allowed":    false,
		"unknown_resource_type": false,
		"invalid_resource":      false,
		"no_access":             false,
		"report_not_included":   false,
		"screencasts_off":       false,
		"not_in_scope":          false,
	}
	got := map[string]bool{}
	for _, s := range Suites(t) {
		for _, c := range s.Cases {
			got[c.Reason] = true
			if yes, known := want[c.Reason]; !known || yes != c.Allow {
				t.Errorf("%s: allow is %v for reason %q", c.Name, c.Allow, c.Reason)
			}
		}
	}
	for code := range want {
		if !got[code] {
			t.Errorf("no case has reason %q", code)
		}
	}
}

// A suite must be fit for import: whoever runs it over HTTP has no way to
// store an invalid entity. Ids that never were are named so.
func TestWorldsCanBeImported(t *testing.T) {
	for _, s := range Suites(t) {
		for _, c := range s.World.creations() {
			checked, ok := c.Value.(interface{ Check() error })
			if !ok {
				continue
			}
			if err := checked.Check(); err != nil {
				t.Errorf("%s: %s/%s: %v", s.Name, c.Kind, c.ID, err)
			}
		}
		for _, path := range references(s.World) {
			if !s.World.created(path) && path != "groups/never" && path != "projects/never" {
				t.Errorf("%s: %s does not exist", s.Name, path)
			}
		}
	}
}

func references(w World) []string {
	var paths []string
	groups := func(ids []policy.GroupID) {
		for _, id := range ids {
			paths = append(paths, "groups/"+string(id))
		}
	}
	projects := func(ids []policy.ProjectID) {
		for _, id := range ids {
			paths = append(paths, "projects/"+string(id))
		}
	}
	for _, p := range w.Projects {
		groups(p.Groups)
	}
	for _, e := range w.Employees {
		groups(e.Groups)
		projects(e.Projects)
	}
	for _, c := range w.Clients {
		groups(c.Scope.Groups)
		projects(c.Scope.Projects)
	}
	return paths
}

func TestSuitesAreReadStrictly(t *testing.T) {
	for name, text := range map[string]string{
		"unknown member":           `{"cases": [{"reasons": "in_group"}]}`,
		"unknown member of policy": `{"world": {"clients": [{"scope": {"group": []}}]}}`,
		"member in another case":   `{"Cases": []}`,
		"member twice":             `{"cases": [], "cases": []}`,
		"not an object":            `[]`,
	} {
		if _, err := parse([]byte(text)); err == nil {
			t.Errorf("%s: %s is accepted", name, text)
		}
	}
}

func TestCasesHaveDefaults(t *testing.T) {
	s, err := parse([]byte(`{"now": "2026-03-10T12:00:00Z", "cases": [{}, {"subject": "user", "now": "2026-03-11T12:00:00Z"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if c := s.Cases[0]; c.Subject != "client" || !c.Now.Equal(Noon()) {
		t.Errorf("the defaults are %q, %v", c.Subject, c.Now)
	}
	if c := s.Cases[1]; c.Subject != "user" || c.Now.Day() != 11 {
		t.Errorf("the defaults replaced what was given: %q, %v", c.Subject, c.Now)
	}
}
