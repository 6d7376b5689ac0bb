package insight

import (
	"context"

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
	part, err := partOf(asked)
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
	p := previewOf(view, after, part)
	if before == nil {
		return p, nil
	}
	current, err := n.shown.get(view, before, func() (engine.Visible, error) { return view.Visible(ctx, before.ID) })
	if err != nil {
		return api.Preview{}, err
	}
	current.Entitled = after.Entitled // what was kept is not as of now; periods are compared by themselves
	p.Against = edit(view, current, after, part.limit)
	return p, nil
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

func previewOf(view engine.View, v engine.Visible, p part) api.Preview {
	names := names{view.Data()}
	return api.Preview{
		Mode:         v.Mode,
		Message:      v.Message,
		Employees:    listing(v.Employees, p, names.employee),
		Projects:     listing(v.Projects, p, names.project),
		Groups:       listing(v.Groups, p, names.group),
		DeadGroups:   append([]policy.GroupID{}, v.DeadGroups...),
		DeadProjects: append([]policy.ProjectID{}, v.DeadProjects...),
	}
}

// edit compares what is visible now with what would be.
func edit(view engine.View, before, after engine.Visible, limit int) *api.Edit {
	d := engine.Compare(before, after)
	return &api.Edit{
		From:    before.Mode,
		Widens:  d.Widens,
		Narrows: d.Narrows,
		Gained:  edges(view, d.Gained, limit),
		Lost:    edges(view, d.Lost, limit),
	}
}

func edges(view engine.View, l engine.Lists, limit int) api.Edges {
	names := names{view.Data()}
	return api.Edges{
		Employees: listing(l.Employees, part{limit: limit}, names.employee),
		Projects:  listing(l.Projects, part{limit: limit}, names.project),
		Groups:    listing(l.Groups, part{limit: limit}, names.group),
	}
}
