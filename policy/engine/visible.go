package engine

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"sightline.example/policy"
)

// Visible is everything a client's scope shows. The lists are the scope's,
// whether or not the client is entitled to them now: they tell an admin what an
// invited client is going to see. All ids are in order, each once.
type Visible struct {
	Mode        policy.Mode
	Screencasts bool // the recordings of the work too
	// Entitled tells whether the client may see it now: has an account that is
	// not suspended, within the scope's period.
	Entitled bool
	// Refusal is why the client sees nothing; zero if the client sees something.
	Refusal policy.Reason
	// Message is [policy.NoAccessMessage] if the scope can match nobody's work,
	// and then the lists are empty; else it is empty.
	Message string
	Lists
	Reach Reach
	// The period of the scope, as it is stored.
	From, Until *time.Time
	// What is selected and does not exist any more.
	DeadGroups   []policy.GroupID
	DeadProjects []policy.ProjectID
}

// Lists is what a client finds listed.
type Lists struct {
	Employees []policy.EmployeeID
	Projects  []policy.ProjectID
	Groups    []policy.GroupID
}

// Reach is whose work on what is visible: that of one of the employees, on one
// of the projects. Nil means that it does not matter by whom or on what; an
// empty list that there is nobody or nothing. It is not the lists of [Visible]:
// work by somebody who has left a selected project is visible and nobody is
// listed.
type Reach struct {
	Employees []policy.EmployeeID
	Projects  []policy.ProjectID
}

// Visible lists everything a client sees, by the same rules and from the same
// snapshot as decisions. It costs what the scope reaches, whatever the size of
// the company. The error is a *[policy.Error]: NotFound for an unknown client,
// Invalid if the rules have no entrypoint for it, Unavailable if there is no
// snapshot or it took too long.
func (v View) Visible(ctx context.Context, client policy.ClientID) (Visible, error) {
	visible, err := about(ctx, v, entryVisible, client, v.visible)
	if err != nil {
		return Visible{}, err
	}
	if c, _ := v.data.Client(client); c != nil {
		visible.From, visible.Until = c.Scope.From, c.Scope.Until
	}
	return visible, nil
}

// Empty reports whether a client's scope can match nobody's work, which is when
// [Visible] has a Message. It costs what a decision costs, and fails like
// [View.Visible].
func (v View) Empty(ctx context.Context, client policy.ClientID) (bool, error) {
	return about(ctx, v, entryEmpty, client, func(answer ast.Value) (bool, error) {
		empty, ok := answer.(ast.Boolean)
		if !ok {
			return false, fmt.Errorf("the answer is %s, not a boolean", typeOf(answer))
		}
		return bool(empty), nil
	})
}

// about asks what an entrypoint has to say of a client.
func about[T any](ctx context.Context, v View, entry entrypoint, client policy.ClientID, read func(ast.Value) (T, error)) (T, error) {
	var none T
	if v.data != nil {
		if _, ok := v.data.Client(client); !ok {
			return none, policy.Errorf(policy.NotFound, "There is no client %q.", client)
		}
	}
	q := query{entry: entry, request: policy.Request{
		Subject: policy.Entity{Type: policy.TypeClient, ID: string(client)},
		Action:  policy.Action{Name: policy.ActionView},
	}}
	answer, err := ask(ctx, v, q, read)
	if err != nil {
		return none, complaint(q, err)
	}
	return answer, nil
}

// visible reads the answer of the entrypoint.
func (v View) visible(answer ast.Value) (Visible, error) {
	r := read(answer)
	dead, reach := r.object("dead"), r.object("reach")
	visible := Visible{
		Mode:        policy.Mode(r.text("mode")),
		Screencasts: r.boolean("screencasts"),
		Entitled:    r.boolean("entitled"),
		Refusal:     v.refusal(r),
		Lists: Lists{
			Employees: ids[policy.EmployeeID](r, "employees"),
			Projects:  ids[policy.ProjectID](r, "projects"),
			Groups:    ids[policy.GroupID](r, "groups"),
		},
		DeadGroups:   ids[policy.GroupID](dead, "groups"),
		DeadProjects: ids[policy.ProjectID](dead, "projects"),
		Reach:        reachOf(reach),
	}
	if r.boolean("empty") {
		visible.Message = policy.NoAccessMessage
	}
	return visible, errors.Join(r.err, dead.err, reach.err)
}

// refusal reads the reason for which the client sees nothing.
func (v View) refusal(r *reader) policy.Reason {
	code := r.text("refusal")
	if code == "" {
		return policy.Reason{}
	}
	sentence, known := v.engine.rules.sentences[code]
	if !known {
		r.fail("refusal", "the code of a reason")
	}
	reason := sentence.Reason
	reason.Admin = fill(reason.Admin, r.object("facts").from)
	return reason
}

// reachOf reads a reach. One without any limit would be everybody's work on
// everything, which no rule means.
func reachOf(r *reader) (reach Reach) {
	if r.has("employees") {
		reach.Employees = ids[policy.EmployeeID](r, "employees")
	}
	if r.has("projects") || reach.Employees == nil {
		reach.Projects = ids[policy.ProjectID](r, "projects")
	}
	return reach
}
