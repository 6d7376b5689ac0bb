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
	p.Against = edit(view, current, after, limit)
	return p, nil
}

func limitOf(asked int) (int, error) {
	if asked == 0 {
		return api.DefaultPage, nil
	}
	return asked, checkLimit(asked)
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
		Employees: listing(l.Employees, limit, names.employee),
		Projects:  listing(l.Projects, limit, names.project),
		Groups:    listing(l.Groups, limit, names.group),
	}
}
