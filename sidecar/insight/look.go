package insight

import (
	"context"
	"time"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/api"
)

// look is a look at one client after the other.
type look struct {
	insight *Insight
	view    engine.View
	terms   OrphanTerms
	now     time.Time
}

// at returns the client with what was found; without findings if there is
// nothing, or no such client any more.
func (l look) at(ctx context.Context, id policy.ClientID) (api.Orphan, error) {
	data := l.view.Data()
	client, ok := data.Client(id)
	switch {
	case !ok:
		return api.Orphan{}, nil
	case client == nil:
		return api.Orphan{ID: id, Findings: []api.Finding{api.FindingUnreadable}}, nil
	}
	found := api.Orphan{ID: id, Name: client.Name, Email: client.Email, Standing: client.Standing(l.now), Until: client.Scope.Until}
	if account, ok := data.Account(id); ok {
		found.Seen = account.Seen
	}
	if found.Standing != policy.Active && found.Standing != policy.Invited {
		return found, nil
	}
	var err error
	found.Findings, err = l.findings(ctx, client)
	return found, err
}

func (l look) findings(ctx context.Context, c *policy.Client) (found []api.Finding, err error) {
	nothing, err := l.view.Empty(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	everyone, err := l.insight.everyone(ctx, l.view, c)
	if err != nil {
		return nil, err
	}
	note := func(is bool, f api.Finding) {
		if is {
			found = append(found, f)
		}
	}
	note(dead(l.view.Data(), c.Scope), api.FindingDead)
	note(nothing, api.FindingNothing)
	note(everyone, api.FindingEveryone)
	note(c.Status == policy.Active && l.unused(c.ID), api.FindingUnused)
	note(c.Scope.Until != nil && c.Scope.Until.Before(l.now.AddDate(0, 0, l.terms.ExpiringDays)), api.FindingExpiring)
	return found, nil
}

// dead reports whether a scope names what does not exist.
func dead(d *policy.Data, s policy.Scope) bool {
	for _, g := range s.Groups {
		if _, alive := d.Group(g); !alive {
			return true
		}
	}
	for _, p := range s.Projects {
		if _, alive := d.Project(p); !alive {
			return true
		}
	}
	return false
}

// unused reports whether a client who has an account did not use it for long. One
// without is let in elsewhere, where nobody here sees it.
func (l look) unused(id policy.ClientID) bool {
	account, ok := l.view.Data().Account(id)
	if !ok {
		return false
	}
	last := account.Seen
	if last.Before(account.Created) {
		last = account.Created
	}
	return last.Before(l.now.AddDate(0, 0, -l.terms.UnusedDays))
}
