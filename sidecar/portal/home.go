package portal

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"sightline.example/policy"
	"sightline.example/policy/engine"
)

// home tells a client in words what there is to see.
func (p *Portal) home(c *gin.Context) {
	caller, view, err := p.caller(c)
	if policy.CodeOf(err) == policy.Unauthenticated {
		c.Redirect(http.StatusSeeOther, Path+"/sign-in")
		return
	}
	if err != nil {
		p.fail(c, err)
		return
	}
	p.cfg.Sessions.Used(view.Data(), caller)
	v := page{Title: "Your access", Client: caller.Name}
	decision := view.Decide(c.Request.Context(), policy.Request{
		Subject:  policy.Entity{Type: policy.TypeClient, ID: caller.ID},
		Action:   policy.Action{Name: policy.ActionView},
		Resource: policy.Entity{Type: policy.TypeReport, ID: "projects_and_tasks"},
	})
	if !decision.Allow {
		v.Text = decision.Reason.Client
		p.show(c, http.StatusOK, "home", v)
		return
	}
	client, _ := view.Data().Client(policy.ClientID(caller.ID))
	v.Text, v.Lines = words(view, client.Scope)
	p.show(c, http.StatusOK, "home", v)
}

// words returns what a scope shows, in words: one sentence and the facts.
func words(view engine.View, s policy.Scope) (string, []line) {
	groups, projects := names(s.Groups, view.Data().Group), names(s.Projects, view.Data().Project)
	var lines []line
	text := ""
	switch s.Mode() {
	case policy.ModeGroups:
		text = "You can see all work of the people in these groups, on any project."
	case policy.ModeProjects:
		text = "You can see all work on these projects, whoever does it."
	case policy.ModeBoth:
		text = "You can see the work on these projects that is done by the people in these groups."
	}
	if len(groups) > 0 {
		lines = append(lines, line{"Groups", strings.Join(groups, ", ")})
	}
	if len(projects) > 0 {
		lines = append(lines, line{"Projects", strings.Join(projects, ", ")})
	}
	lines = append(lines, line{"Screencasts", map[bool]string{true: "included", false: "not included"}[s.Screencasts]})
	if s.Until != nil {
		lines = append(lines, line{"Until", s.Until.UTC().Format("Monday, 2 January 2006, 15:04 MST")})
	}
	return text, lines
}

// named is a group or a project.
type named interface {
	*policy.Group | *policy.Project
}

// names returns the names of those of the ids that exist, in order.
func names[ID ~string, T named](ids []ID, find func(ID) (T, bool)) []string {
	var all []string
	for _, id := range ids {
		if one, ok := find(id); ok {
			all = append(all, nameOf(one))
		}
	}
	slices.Sort(all)
	return all
}

func nameOf[T named](v T) string {
	switch v := any(v).(type) {
	case *policy.Group:
		return v.Name
	case *policy.Project:
		return v.Name
	}
	return ""
}
