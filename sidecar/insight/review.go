package insight

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/api"
)

// ReviewTerms say what to review, and which part of the answer is wanted.
type ReviewTerms struct {
	Type  string // policy.TypeEmployee, policy.TypeGroup or policy.TypeProject
	ID    string
	After policy.ClientID // the clients after this one, by id
	Limit int             // how many of those who can see it: 1 to api.MaxPage
}

// Review returns the clients who can see an employee, a group or a project, and
// through what of their scope. It fails with policy.NotFound if there is none.
func (n *Insight) Review(ctx context.Context, caller policy.Caller, t ReviewTerms) (api.Review, error) {
	view, err := n.reads(ctx, caller)
	if err != nil {
		return api.Review{}, err
	}
	if t.Limit < 1 || t.Limit > api.MaxPage {
		return api.Review{}, policy.FieldErrorf("limit", "must be 1 to %d", api.MaxPage)
	}
	resource, err := resourceOf(view.Data(), t)
	if err != nil {
		return api.Review{}, err
	}
	out := api.Review{Type: t.Type, Resource: resource, Clients: []api.Reviewed{}}
	clients := clientsAfter(view.Data(), t.After)
	for found, err := range view.Review(ctx, policy.Entity{Type: t.Type, ID: t.ID}, clients) {
		if err != nil {
			return api.Review{}, err
		}
		if !found.Allow {
			continue
		}
		if len(out.Clients) == t.Limit {
			out.Next = out.Clients[t.Limit-1].ID
			break
		}
		out.Clients = append(out.Clients, reviewed(view, found))
	}
	return out, nil
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

// clientsAfter returns the clients after one, by id.
func clientsAfter(d *policy.Data, id policy.ClientID) iter.Seq[policy.ClientID] {
	all := slices.Sorted(d.ClientIDs())
	i, found := slices.BinarySearchFunc(all, id, cmp.Compare[policy.ClientID])
	if found {
		i++
	}
	return slices.Values(all[i:])
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
