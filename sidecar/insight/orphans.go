package insight

import (
	"context"

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

// MaxDays is the most days that can be asked about.
const MaxDays = 3_650

// Orphans returns those of one page of clients whose access asks for a look:
// unreadable, dead references, nothing visible, everyone visible, unused, or
// ending soon. Only what is in force is looked at: not the suspended, not the
// expired. A page that takes too long is of fewer clients.
func (n *Insight) Orphans(ctx context.Context, caller policy.Caller, t OrphanTerms) (api.Orphans, error) {
	view, err := n.reads(ctx, caller)
	if err != nil {
		return api.Orphans{}, err
	}
	if err := t.check(); err != nil {
		return api.Orphans{}, err
	}
	look := look{insight: n, view: view, terms: t, now: n.cfg.Now()}
	out := api.Orphans{Items: []api.Orphan{}}
	seen, last, over := 0, t.After, n.patience()
	for id := range n.cfg.Order.After(t.After) {
		if seen == t.Limit || seen > 0 && over() {
			out.Next = last
			break
		}
		orphan, err := look.at(ctx, id)
		if err != nil {
			return api.Orphans{}, err
		}
		if len(orphan.Findings) > 0 {
			out.Items = append(out.Items, orphan)
		}
		seen, last = seen+1, id
	}
	return out, nil
}

func (t OrphanTerms) check() error {
	switch {
	case t.UnusedDays < 1 || t.UnusedDays > MaxDays:
		return policy.FieldErrorf("unused_days", "must be 1 to %d", MaxDays)
	case t.ExpiringDays < 1 || t.ExpiringDays > MaxDays:
		return policy.FieldErrorf("expiring_days", "must be 1 to %d", MaxDays)
	}
	return checkLimit(t.Limit)
}

// everyone reports whether a client sees every employee there is, of several.
// Whoever sees them all has selected as many, which is soon counted.
func (n *Insight) everyone(ctx context.Context, view engine.View, client *policy.Client) (bool, error) {
	data, selected := view.Data(), 0
	for _, g := range client.Scope.Groups {
		selected += data.GroupSize(g)
	}
	for _, p := range client.Scope.Projects {
		selected += data.ProjectSize(p)
	}
	if all := data.EmployeeCount(); all < 2 || selected < all {
		return false, nil
	}
	sees, err := n.sees(ctx, view, client)
	return sees.Employees == data.EmployeeCount(), err
}
