package insight

import (
	"cmp"
	"context"
	"slices"
	"time"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/api"
)

// OrphanTerms say which clients' access asks for a look.
type OrphanTerms struct {
	After        policy.ClientID // looks at the clients after this one, by id
	Limit        int             // at how many of them: 1 to api.MaxPage
	UnusedDays   int             // days without the portal that are too many
	ExpiringDays int             // days before the end that are few
}

// Orphans returns those of one page of clients whose access asks for a look:
// dead references, nothing visible, everyone visible, unused, or ending soon.
// Only what is in force is looked at: not the suspended, not the expired.
func (n *Insight) Orphans(ctx context.Context, caller policy.Caller, t OrphanTerms) (api.Orphans, error) {
	view, err := n.reads(ctx, caller)
	if err != nil {
		return api.Orphans{}, err
	}
	if err := t.check(); err != nil {
		return api.Orphans{}, err
	}
	out := api.Orphans{Items: []api.Orphan{}}
	page, more := after(view.Data().Clients(), t.After, t.Limit)
	for _, client := range page {
		found, err := n.findings(ctx, view, client, t)
		if err != nil {
			return api.Orphans{}, err
		}
		if len(found) > 0 {
			out.Items = append(out.Items, n.orphan(view, client, found))
		}
	}
	if more {
		out.Next = page[len(page)-1].ID
	}
	return out, nil
}

func (t OrphanTerms) check() error {
	const most = 3_650
	switch {
	case t.Limit < 1 || t.Limit > api.MaxPage:
		return policy.FieldErrorf("limit", "must be 1 to %d", api.MaxPage)
	case t.UnusedDays < 1 || t.UnusedDays > most:
		return policy.FieldErrorf("unused_days", "must be 1 to %d", most)
	case t.ExpiringDays < 1 || t.ExpiringDays > most:
		return policy.FieldErrorf("expiring_days", "must be 1 to %d", most)
	}
	return nil
}

// after returns the clients after one, by id, and whether there are more.
func after(all []*policy.Client, id policy.ClientID, limit int) ([]*policy.Client, bool) {
	i, found := slices.BinarySearchFunc(all, id, func(c *policy.Client, id policy.ClientID) int {
		return cmp.Compare(c.ID, id)
	})
	if found {
		i++
	}
	rest := all[i:]
	return rest[:min(limit, len(rest))], len(rest) > limit
}

func (n *Insight) orphan(view engine.View, c *policy.Client, found []api.Finding) api.Orphan {
	o := api.Orphan{ID: c.ID, Name: c.Name, Email: c.Email, Standing: c.Standing(n.cfg.Now()), Findings: found, Until: c.Scope.Until}
	if account, ok := view.Data().Account(c.ID); ok {
		o.Seen = account.Seen
	}
	return o
}

// findings returns why the access of a client asks for a look.
func (n *Insight) findings(ctx context.Context, view engine.View, c *policy.Client, t OrphanTerms) ([]api.Finding, error) {
	now := n.cfg.Now()
	standing := c.Standing(now)
	if standing != policy.Active && standing != policy.Invited {
		return nil, nil
	}
	visible, err := view.Visible(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	var found []api.Finding
	note := func(is bool, f api.Finding) {
		if is {
			found = append(found, f)
		}
	}
	note(len(visible.DeadGroups)+len(visible.DeadProjects) > 0, api.FindingDead)
	note(visible.Message != "", api.FindingNothing)
	note(everyone(view.Data(), visible), api.FindingEveryone)
	note(standing == policy.Active && unused(view.Data(), c.ID, now.AddDate(0, 0, -t.UnusedDays)), api.FindingUnused)
	note(c.Scope.Until != nil && c.Scope.Until.Before(now.AddDate(0, 0, t.ExpiringDays)), api.FindingExpiring)
	return found, nil
}

func everyone(d *policy.Data, v engine.Visible) bool {
	return len(v.Employees) > 1 && len(v.Employees) == d.EmployeeCount()
}

// unused reports whether a client who has an account did not use it since. One
// without is let in elsewhere, where nobody here sees it.
func unused(d *policy.Data, id policy.ClientID, since time.Time) bool {
	account, ok := d.Account(id)
	if !ok {
		return false
	}
	last := account.Seen
	if last.Before(account.Created) {
		last = account.Created
	}
	return last.Before(since)
}
