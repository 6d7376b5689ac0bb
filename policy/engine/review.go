package engine

import (
	"context"
	"errors"
	"iter"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"sightline.example/policy"
)

// Reviewed is the finding on one client and the resource under review.
type Reviewed struct {
	Client policy.ClientID
	Finding
}

// Review asks who of the clients may view a resource. It yields the findings on
// all of them who might, in their order: whoever is left out may not view it.
// Findings that are a no are among them, such as that on a suspended client.
//
// The rules say which groups and projects a scope must select one of to show
// the resource; clients whose scope does not are not asked about. With rules
// that don't say it, every client is. All answers are decisions by the rules.
//
// A review that can't be completed ends with an error, a *[policy.Error] unless
// the fault is ours; the Reviewed beside it is then zero.
func (v View) Review(ctx context.Context, resource policy.Entity, clients iter.Seq[policy.ClientID]) iter.Seq2[Reviewed, error] {
	return func(yield func(Reviewed, error) bool) {
		through, err := v.through(ctx, resource)
		if err != nil {
			yield(Reviewed{}, err)
			return
		}
		for client := range clients {
			if !v.passes(through, client) {
				continue
			}
			finding := v.Examine(ctx, policy.Request{
				Subject:  policy.Entity{Type: policy.TypeClient, ID: string(client)},
				Action:   policy.Action{Name: policy.ActionView},
				Resource: resource,
			})
			if err := unanswered(finding.Decision); err != nil {
				yield(Reviewed{}, err)
				return
			}
			if !yield(Reviewed{client, finding}, nil) {
				return
			}
		}
	}
}

// through is what a scope must select one of; nil if that is not known.
type through struct {
	groups   []policy.GroupID
	projects []policy.ProjectID
}

func (v View) through(ctx context.Context, resource policy.Entity) (*through, error) {
	q := query{entry: entryThrough, request: policy.Request{
		Action:   policy.Action{Name: policy.ActionView},
		Resource: resource,
	}}
	t, err := ask(ctx, v, q, func(answer ast.Value) (*through, error) {
		if answer == nil {
			return nil, nil
		}
		r := read(answer)
		t := &through{ids[policy.GroupID](r, "groups"), ids[policy.ProjectID](r, "projects")}
		return t, r.err
	})
	switch {
	case errors.Is(err, errNoAnswer):
		return nil, nil
	case err != nil:
		return nil, complaint(q, err)
	}
	return t, nil
}

// passes reports whether the client's scope selects what it needs. An unknown
// client and one who can't be read select nothing.
func (v View) passes(t *through, id policy.ClientID) bool {
	if t == nil {
		return true
	}
	c, _ := v.data.Client(id)
	return c != nil && (anyOf(c.Scope.Groups, t.groups) || anyOf(c.Scope.Projects, t.projects))
}

// anyOf reports whether one of the ids is among those, which are in order.
func anyOf[T ~string](ids, those []T) bool {
	return slices.ContainsFunc(ids, func(id T) bool {
		_, found := slices.BinarySearch(those, id)
		return found
	})
}

// unanswered returns why a decision is none of the rules', nil if it is one. A
// review must not take it for a no.
func unanswered(d policy.Decision) error {
	switch d.Reason.Code {
	case policy.CodeTimeout, policy.CodeStale:
		return policy.Errorf(policy.Unavailable, "%s", d.Reason.Admin)
	case policy.CodeFault:
		return d.Err
	case policy.CodeUndefined:
		return policy.Errorf(policy.Invalid, "%s", d.Reason.Admin)
	}
	return nil
}
