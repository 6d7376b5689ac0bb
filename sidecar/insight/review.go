package insight

import (
	"context"
	"iter"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/api"
)

// ReviewTerms say what to review, and which part of the answer is wanted.
type ReviewTerms struct {
	Type  string // policy.TypeEmployee, policy.TypeGroup or policy.TypeProject
	ID    string
	After policy.ClientID // the clients after this one, by id
	Limit int             // how many of those who can see it: 1 to api.MaxPage; all for ReviewAll
}

// Review returns the clients who can see an employee, a group or a project, and
// through what of their scope. It fails with policy.NotFound if there is none.
func (n *Insight) Review(ctx context.Context, caller policy.Caller, t ReviewTerms) (api.Review, error) {
	view, err := n.reads(ctx, caller)
	if err != nil {
		return api.Review{}, err
	}
	if err := checkLimit(t.Limit); err != nil {
		return api.Review{}, err
	}
	resource, err := resourceOf(view.Data(), t)
	if err != nil {
		return api.Review{}, err
	}
	out := api.Review{Type: t.Type, Resource: resource, Clients: []api.Reviewed{}}
	for client, err := range n.seeing(ctx, view, t) {
		if err != nil {
			return api.Review{}, err
		}
		if len(out.Clients) == t.Limit {
			out.Next = out.Clients[t.Limit-1].ID
			break
		}
		out.Clients = append(out.Clients, client)
	}
	return out, nil
}

// ReviewAll returns all clients who can see it, from one snapshot, and finds them
// as they are ranged over: an error among them is the last. It fails like
// [Insight.Review].
func (n *Insight) ReviewAll(ctx context.Context, caller policy.Caller, t ReviewTerms) (iter.Seq2[api.Reviewed, error], error) {
	view, err := n.reads(ctx, caller)
	if err != nil {
		return nil, err
	}
	if _, err := resourceOf(view.Data(), t); err != nil {
		return nil, err
	}
	return n.seeing(ctx, view, t), nil
}

// seeing returns the clients who can see what is reviewed.
func (n *Insight) seeing(ctx context.Context, view engine.View, t ReviewTerms) iter.Seq2[api.Reviewed, error] {
	all := view.Review(ctx, policy.Entity{Type: t.Type, ID: t.ID}, n.cfg.Order.After(t.After))
	return func(yield func(api.Reviewed, error) bool) {
		for found, err := range all {
			switch {
			case err != nil:
				yield(api.Reviewed{}, err)
				return
			case found.Allow && !yield(reviewed(view, found), nil):
				return
			}
		}
	}
}

// resourceOf returns what is reviewed.
func resourceOf(d *policy.Data, t ReviewTerms) (api.Named, error) {
	name, ok := "", false
	switch t.Type {
	case policy.TypeEmployee:
		var e *policy.Employee
		if e, ok = d.Employee(policy.EmployeeID(t.ID)); ok {
			name = e.Name
		}
	case policy.TypeGroup:
		var g *policy.Group
		if g, ok = d.Group(policy.GroupID(t.ID)); ok {
			name = g.Name
		}
	case policy.TypeProject:
		var p *policy.Project
		if p, ok = d.Project(policy.ProjectID(t.ID)); ok {
			name = p.Name
		}
	default:
		return api.Named{}, policy.FieldErrorf("type", "must be %s, %s or %s", policy.TypeEmployee, policy.TypeGroup, policy.TypeProject)
	}
	if !ok {
		e := policy.Errorf(policy.NotFound, "there is no such %s", t.Type)
		e.Field, e.IDs = "id", []string{t.ID}
		return api.Named{}, e
	}
	return api.Named{ID: t.ID, Name: name}, nil
}

func reviewed(view engine.View, found engine.Reviewed) api.Reviewed {
	r := api.Reviewed{
		ID: found.Client, Mode: found.Mode, Reason: found.Reason.Code, Sentence: found.Reason.Admin,
		Groups: namedGroups(found.Groups), Projects: namedProjects(found.Projects),
	}
	if c, _ := view.Data().Client(found.Client); c != nil {
		r.Name, r.Email = c.Name, c.Email
	}
	return r
}
