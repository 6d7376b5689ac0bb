package engine_test

import (
	"slices"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/policy/policytest"
)

// verdict is an answer without its sentences.
type verdict struct {
	Allow  bool
	Reason string
}

func yes(reason string) verdict { return verdict{true, reason} }
func no(reason string) verdict  { return verdict{false, reason} }

// reference answers q in w as DESIGN.md section 2 reads, line by line. It walks
// the lists of the world and shares no code with the engine, its snapshot or
// its rules; whoever changes one of the two has to change the other.
func reference(w policytest.World, now time.Time, q policy.Request) verdict {
	if q.Subject.Type != "client" || !known(w, q.Subject.ID) {
		return no("unknown_client")
	}
	client, readable := read(w, q.Subject.ID)
	switch {
	case !readable:
		return no("unreadable")
	case client.Status != "active":
		return no("not_active")
	case client.Scope.From != nil && now.Before(*client.Scope.From):
		return no("outside_period")
	case client.Scope.Until != nil && !now.Before(*client.Scope.Until):
		return no("outside_period")
	case q.Action.Name != "view":
		return no("action_not_allowed")
	}
	return scope{w, client.Scope}.judge(q.Resource)
}

// scope is what a client may see in a world.
type scope struct {
	policytest.World
	policy.Scope
}

func (s scope) judge(r policy.Entity) verdict {
	isWork := r.Type == "time_entry" || r.Type == "screencast"
	if !isWork && !slices.Contains([]string{"project", "employee", "group", "report"}, r.Type) {
		return no("unknown_resource_type")
	}
	if isWork && (malformed(r.Properties["employee"]) || malformed(r.Properties["project"])) {
		return no("invalid_resource")
	}
	if !s.seesAnything() {
		return no("no_access")
	}
	if r.Type == "report" && r.ID != "projects_and_tasks" {
		return no("report_not_included")
	}
	if r.Type == "screencast" && !s.Screencasts {
		return no("screencasts_off")
	}
	if reason := s.grant(r); reason != "" {
		return yes(reason)
	}
	return no("not_in_scope")
}

func malformed(key any) bool {
	_, isText := key.(string)
	return key != nil && !isText
}

// mode is decided by what was selected, dead or alive.
func (s scope) mode() string {
	groups, projects := len(s.Scope.Groups) > 0, len(s.Scope.Projects) > 0
	switch {
	case groups && projects:
		return "both"
	case groups:
		return "groups"
	case projects:
		return "projects"
	}
	return "none"
}

func (s scope) seesAnything() bool {
	somebody, something := false, false
	for _, e := range s.Employees {
		somebody = somebody || s.inGroup(string(e.ID))
	}
	for _, p := range s.Scope.Projects {
		something = something || s.selected(string(p))
	}
	switch s.mode() {
	case "groups":
		return somebody
	case "projects":
		return something
	case "both":
		return somebody && something
	}
	return false
}

func (s scope) grant(r policy.Entity) string {
	switch r.Type {
	case "time_entry", "screencast":
		employee, _ := r.Properties["employee"].(string)
		project, _ := r.Properties["project"].(string)
		return s.match(s.inGroup(employee), s.selected(project))
	case "employee":
		return s.match(s.inGroup(r.ID), s.onProject(r.ID))
	case "project":
		return s.project(r.ID)
	case "group":
		if s.mode() != "projects" && s.selectedGroup(r.ID) {
			return "group_selected"
		}
		return ""
	}
	return "report_included"
}

// match combines the two dimensions as the table of modes does.
func (s scope) match(inGroup, onProject bool) string {
	switch mode := s.mode(); {
	case mode == "groups" && inGroup:
		return "in_group"
	case mode == "projects" && onProject:
		return "on_project"
	case mode == "both" && inGroup && onProject:
		return "in_group_on_project"
	}
	return ""
}

func (s scope) project(id string) string {
	if s.mode() != "groups" {
		if s.selected(id) {
			return "project_selected"
		}
		return ""
	}
	for _, p := range s.World.Projects {
		if string(p.ID) != id || !alive(s.World, "projects", id) {
			continue
		}
		for _, g := range p.Groups {
			if s.selectedGroup(string(g)) {
				return "project_of_group"
			}
		}
		for _, e := range s.Employees {
			if slices.Contains(e.Projects, p.ID) && s.inGroup(string(e.ID)) {
				return "project_of_group"
			}
		}
	}
	return ""
}

// inGroup reports whether the employee exists and is in a selected group that does.
func (s scope) inGroup(employee string) bool {
	for _, e := range s.Employees {
		for _, g := range e.Groups {
			if string(e.ID) == employee && alive(s.World, "employees", employee) && s.selectedGroup(string(g)) {
				return true
			}
		}
	}
	return false
}

// onProject reports whether the employee exists and is a member of a selected project that does.
func (s scope) onProject(employee string) bool {
	for _, e := range s.Employees {
		for _, p := range e.Projects {
			if string(e.ID) == employee && alive(s.World, "employees", employee) && s.selected(string(p)) {
				return true
			}
		}
	}
	return false
}

func (s scope) selectedGroup(id string) bool {
	return slices.Contains(s.Scope.Groups, policy.GroupID(id)) && alive(s.World, "groups", id)
}

// selected reports whether the project is selected and exists.
func (s scope) selected(id string) bool {
	return slices.Contains(s.Scope.Projects, policy.ProjectID(id)) && alive(s.World, "projects", id)
}

func known(w policytest.World, client string) bool { return alive(w, "clients", client) }

// read returns a client that exists, and false if it can't be read.
func read(w policytest.World, id string) (policy.Client, bool) {
	for _, c := range w.Clients {
		if string(c.ID) == id && !slices.Contains(w.Unreadable, c.ID) {
			return c, true
		}
	}
	return policy.Client{}, false
}

func alive(w policytest.World, kind, id string) bool {
	if slices.Contains(w.Delete, kind+"/"+id) {
		return false
	}
	switch kind {
	case "groups":
		return slices.ContainsFunc(w.Groups, func(g policy.Group) bool { return string(g.ID) == id })
	case "projects":
		return slices.ContainsFunc(w.Projects, func(p policy.Project) bool { return string(p.ID) == id })
	case "employees":
		return slices.ContainsFunc(w.Employees, func(e policy.Employee) bool { return string(e.ID) == id })
	}
	return slices.Contains(w.Unreadable, policy.ClientID(id)) ||
		slices.ContainsFunc(w.Clients, func(c policy.Client) bool { return string(c.ID) == id })
}

// The reference has to give the literal answers too; otherwise it would be one
// more opinion.
func TestReferenceCases(t *testing.T) {
	for _, s := range policytest.Suites(t) {
		for _, c := range s.Cases {
			if got := reference(s.World, c.Now, c.Request()); got != (verdict{c.Allow, c.Reason}) {
				t.Errorf("%s: got %v, want %v %q", c.Name, got, c.Allow, c.Reason)
			}
		}
	}
}
