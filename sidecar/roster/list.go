package roster

import (
	"context"
	"iter"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
)

// actionRead is what the rules are asked about.
const actionRead = "read"

// Page is a part of a list.
type Page struct {
	api.ClientPage
	Revision int64 // of the snapshot it was made from
}

// List returns a page of the clients that match. Its error is a policy.Error:
// Forbidden if the rules do not let the caller read clients, Invalid about a
// field of the query, named as the parameter of the admin API, and Unavailable
// while there is no snapshot.
func (r *Roster) List(ctx context.Context, caller policy.Caller, q Query) (Page, error) {
	if _, err := r.cfg.Authoriser.Authorise(ctx, caller, admin.Intent{Action: actionRead, Kind: policy.KindClients}); err != nil {
		return Page{}, err
	}
	if q.Sort == "" {
		q.Sort = ByID
	}
	if err := q.check(); err != nil {
		return Page{}, err
	}
	return r.find(&q)
}

func (r *Roster) find(q *Query) (Page, error) {
	now := r.cfg.Now()
	key, ok := r.cfg.Key()
	x := r.at(now)
	if !ok || x == nil {
		return Page{}, policy.Errorf(policy.Unavailable, "there is no current data to answer from")
	}
	var after *row
	if q.After != "" {
		var err error
		if after, err = parseCursor(key, q); err != nil {
			return Page{}, err
		}
	}
	s := plan(x, q, x.conditions(q, now))
	rows, more := s.page(after)
	page := x.show(rows)
	if more {
		page.Next = cursor(key, q, rows[len(rows)-1])
	}
	if q.Count {
		matching := s.count()
		page.Matching = &matching
	}
	return Page{page, x.data.Revision()}, nil
}

// After returns the ids of the clients after one, by id, as they are at the time
// of asking: those that can't be read too.
func (r *Roster) After(id policy.ClientID) iter.Seq[policy.ClientID] {
	return func(yield func(policy.ClientID) bool) {
		x := r.current.Load()
		if x == nil {
			return
		}
		for r := range walk(x.sorted[ByID], &row{id: id}, false) {
			if !yield(r.id) {
				return
			}
		}
	}
}

// show returns the page that tells of rows.
func (x *index) show(rows []*row) api.ClientPage {
	page := api.ClientPage{Items: []api.ClientRow{}, Total: x.size()}
	for i, status := range standings() {
		page.Statuses = append(page.Statuses, api.StatusCount{Status: status, Clients: x.counts.standings[i]})
	}
	for i, mode := range modes() {
		page.Modes = append(page.Modes, api.ModeCount{Mode: mode, Clients: x.counts.modes[i]})
	}
	for _, r := range rows {
		if r.broken {
			page.Unreadable = append(page.Unreadable, string(r.id))
		} else {
			page.Items = append(page.Items, x.item(r))
		}
	}
	return page
}

func (x *index) item(r *row) api.ClientRow {
	item := api.ClientRow{
		Versioned: api.Versioned[policy.Client]{Revision: r.revision, Value: *r.client},
		Standing:  standings()[r.standing],
		Mode:      modes()[r.mode],
		Dead:      x.deadOf(r),
	}
	if r.account != nil {
		item.Account = &api.RowAccount{Name: r.account.Name, Created: r.account.Created, Seen: r.account.Seen}
	}
	return item
}
