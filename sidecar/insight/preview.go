package insight

import (
	"context"
	"slices"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/api"
)

// draft is the id of a client who is yet to be invited, in the view in which
// that client is there.
const draft policy.ClientID = "~draft~"

// Preview returns what the draft of a scope would show and, for a client, what
// it changes of what is visible now. It fails with policy.NotFound for an
// unknown client.
func (n *Insight) Preview(ctx context.Context, caller policy.Caller, asked api.NewPreview) (api.Preview, error) {
	view, err := n.reads(ctx, caller)
	if err != nil {
		return api.Preview{}, err
	}
	limit, err := limitOf(asked.Limit)
	if err != nil {
		return api.Preview{}, err
	}
	now, before, err := draftOf(view, asked)
	if err != nil {
		return api.Preview{}, err
	}
	after, err := view.With(now).Visible(ctx, now.ID)
	if err != nil {
		return api.Preview{}, err
	}
	p := previewOf(view, after, limit)
	if before == nil {
		return p, nil
	}
	current, err := view.Visible(ctx, before.ID)
	if err != nil {
		return api.Preview{}, err
	}
	p.Against = edit(view, *before, now, current, after, limit)
	return p, nil
}

func limitOf(asked int) (int, error) {
	switch {
	case asked == 0:
		return api.DefaultPage, nil
	case asked < 0 || asked > api.MaxPage:
		return 0, policy.FieldErrorf("limit", "must be 1 to %d", api.MaxPage)
	}
	return asked, nil
}

// draftOf returns the client as the draft has it, and as stored; nil if there is
// none yet.
func draftOf(view engine.View, asked api.NewPreview) (now policy.Client, before *policy.Client, err error) {
	now = policy.Client{ID: draft, Name: "draft", Email: "draft@example.com", Status: policy.Invited, Scope: asked.Scope}
	if asked.Client != "" {
		if before, err = clientIn(view, asked.Client); err != nil {
			return now, nil, err
		}
		now = *before
		now.Scope = asked.Scope
	}
	return now, before, now.Check()
}

func clientIn(view engine.View, id policy.ClientID) (*policy.Client, error) {
	client, ok := view.Data().Client(id)
	switch {
	case !ok:
		return nil, policy.Errorf(policy.NotFound, "there is no client %s", id)
	case client == nil:
		return nil, policy.Errorf(policy.Conflict, "the stored value of the client can't be read")
	}
	return client, nil
}

func previewOf(view engine.View, v engine.Visible, limit int) api.Preview {
	names := names{view.Data()}
	return api.Preview{
		Mode:         v.Mode,
		Message:      v.Message,
		Employees:    listing(v.Employees, limit, names.employee),
		Projects:     listing(v.Projects, limit, names.project),
		Groups:       listing(v.Groups, limit, names.group),
		DeadGroups:   append([]policy.GroupID{}, v.DeadGroups...),
		DeadProjects: append([]policy.ProjectID{}, v.DeadProjects...),
	}
}

// edit compares what is visible now with what would be.
func edit(view engine.View, stored, drafted policy.Client, before, after engine.Visible, limit int) *api.Edit {
	return &api.Edit{
		From:    before.Mode,
		Widens:  exceeds(after, before, drafted.Scope, stored.Scope),
		Narrows: exceeds(before, after, stored.Scope, drafted.Scope),
		Gained:  beyond(view, after, before, limit),
		Lost:    beyond(view, before, after, limit),
	}
}

// beyond returns what a lists that b does not.
func beyond(view engine.View, a, b engine.Visible, limit int) api.Edges {
	names := names{view.Data()}
	return api.Edges{
		Employees: listing(minus(a.Employees, b.Employees), limit, names.employee),
		Projects:  listing(minus(a.Projects, b.Projects), limit, names.project),
	}
}

// exceeds reports whether some work is visible by a, in some way or at some time,
// that is not so by b.
func exceeds(a, b engine.Visible, scopeA, scopeB policy.Scope) bool {
	if a.Message != "" {
		return false // nothing is visible
	}
	if b.Message != "" || a.Screencasts && !b.Screencasts {
		return true
	}
	return !within(a.Reach.Employees, b.Reach.Employees) ||
		!within(a.Reach.Projects, b.Reach.Projects) ||
		longer(scopeA, scopeB)
}

// within reports whether all of a are in b, where nil stands for whatever there is.
func within[ID ~string](a, b []ID) bool {
	if b == nil {
		return true
	}
	return a != nil && len(minus(a, b)) == 0
}

// longer reports whether the period of a reaches beyond that of b.
func longer(a, b policy.Scope) bool {
	begins := b.From != nil && (a.From == nil || a.From.Before(*b.From))
	ends := b.Until != nil && (a.Until == nil || a.Until.After(*b.Until))
	return begins || ends
}

// minus returns what is in a and not in b. Both are in order.
func minus[ID ~string](a, b []ID) []ID {
	rest := []ID{}
	for _, id := range a {
		if _, found := slices.BinarySearch(b, id); !found {
			rest = append(rest, id)
		}
	}
	return rest
}
