package model

import (
	"context"
	"errors"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// follower keeps the store's data up to date, in the background. It alone makes
// new data; the store installs them.
type follower struct {
	client *client.Client
	now    func() time.Time
	retry  <-chan struct{}
	tell   func(*Data, Link)

	data  *Data
	token string // of the revision the data are at; empty if they have to be read
	since time.Time
	tries int // in vain, in a row
	reads int // of everything
}

// run follows until ctx ends.
func (f *follower) run(ctx context.Context) {
	for ctx.Err() == nil {
		err := f.follow(ctx)
		if ctx.Err() != nil {
			return
		}
		if f.pause(ctx, err) != nil {
			return
		}
	}
}

// pause tells that the sidecar can't be reached, and waits before the next try.
func (f *follower) pause(ctx context.Context, err error) error {
	if f.since.IsZero() {
		f.since = f.now()
	}
	link, pause := Link{State: LinkReconnecting, Since: f.since, Err: err}, pauseAfter(f.tries)
	switch code := policy.CodeOf(err); {
	case code == policy.Unauthenticated:
		link.State, pause = LinkSignedOut, -1
	case f.now().Sub(f.since) >= offlineAfter || code != policy.Unavailable:
		link.State = LinkOffline
	}
	if code := policy.CodeOf(err); code == policy.EpochChanged {
		f.token = ""
	}
	if pause >= 0 {
		link.Retry = f.now().Add(pause)
	}
	f.tell(f.data, link)
	f.tries++
	err = sleep(ctx, pause, f.retry)
	link.Retry = time.Time{}
	f.tell(f.data, link)
	return err
}

// follow follows until something is in the way.
func (f *follower) follow(ctx context.Context) error {
	if f.token != "" { // a stream that goes on where it was says nothing until there is something
		if _, err := f.client.Who(ctx); err != nil {
			return err
		}
		f.live(false)
	}
	for update, err := range f.client.Events(ctx, f.token) {
		if err == nil {
			err = f.take(ctx, update)
		}
		if err != nil {
			return err
		}
	}
	return errors.New("the events ended")
}

// live tells that the sidecar can be reached, and whether it is cut off itself.
func (f *follower) live(cutOff bool) {
	f.since, f.tries = time.Time{}, 0
	link := Link{State: LinkLive}
	if cutOff {
		link.State = LinkReadOnly
	}
	f.tell(f.data, link)
}

func (f *follower) take(ctx context.Context, u client.Update) error {
	if f.token != "" && !u.Reset {
		f.token = u.Token
		f.data = f.data.after(u.Events)
		f.data.Token = u.Token
		f.readAccounts(ctx, u)
		f.live(u.CutOff)
		return nil
	}
	f.token = ""
	data, err := f.read(ctx, f.client.AtLeast(u.Token))
	if err != nil {
		return err
	}
	data.Token = u.Token
	f.data, f.token = data, u.Token
	f.live(u.CutOff)
	return nil
}

// read reads everything. While there is nothing yet, what has been read of the
// clients is shown as it comes.
func (f *follower) read(ctx context.Context, c *client.Client) (*Data, error) {
	f.reads++
	d := &Data{read: f.reads}
	var err error
	if d.Groups, err = readAll(ctx, c.Groups(), func(v policy.Group, r int64) *Group { return &Group{v, r} }); err != nil {
		return nil, err
	}
	if d.Projects, err = readAll(ctx, c.Projects(), func(v policy.Project, r int64) *Project { return &Project{v, r} }); err != nil {
		return nil, err
	}
	if err := f.readClients(ctx, c, d); err != nil {
		return nil, err
	}
	d.Employees, err = readAll(ctx, c.Employees(), func(v policy.Employee, r int64) *Employee { return &Employee{v, r} })
	d.Revision = max(d.Revision, newest(d.Groups), newest(d.Projects), newest(d.Employees))
	return d, err
}

// newest returns the highest revision in a table.
func newest[T entity[T]](t Table[T]) (revision int64) {
	for _, row := range t.All() {
		revision = max(revision, (*row).at())
	}
	return revision
}

// manyPages is how many pages of clients are read before they are shown.
const manyPages = 5

func (f *follower) readClients(ctx context.Context, c *client.Client, d *Data) error {
	var rows []*Client
	first := f.data.Clients.Len() == 0
	for pages, after := 1, ""; ; pages++ {
		stored, err := c.ListClients(ctx, client.ClientQuery{After: after, Limit: api.MaxPage})
		if err != nil {
			return err
		}
		page := stored.Value
		for _, item := range page.Items {
			rows = append(rows, clientOf(item))
			d.Revision = max(d.Revision, item.Revision)
		}
		if after = page.Next; after == "" {
			d.Clients, d.addresses = NewTable(rows), newAddresses(rows)
			return nil
		}
		if first && pages%manyPages == 1 {
			shown := *d
			shown.Clients = NewTable(rows)
			f.tell(&shown, Link{State: LinkLoading, Loaded: len(rows), Total: page.Total})
		}
	}
}

// manyAccepted is of how many clients of one update the accounts are read.
const manyAccepted = 20

// readAccounts reads the accounts of those who have accepted their invitations by an
// update: events do not tell of accounts. Where that fails, it comes with the next
// reading.
func (f *follower) readAccounts(ctx context.Context, u client.Update) {
	accounts := map[string]*Client{}
	for _, e := range u.Events {
		c := f.data.Clients.Find(e.ID)
		if e.Kind != policy.KindClients || c == nil || !accepted(e) || len(accounts) == manyAccepted {
			continue
		}
		found, err := f.client.AtLeast(u.Token).ListClients(ctx, client.ClientQuery{Search: c.Email, Limit: api.MaxPage})
		if err != nil {
			return
		}
		for _, row := range found.Value.Items {
			if string(row.Value.ID) == e.ID {
				accounts[e.ID] = c.withAccount(clientOf(row))
			}
		}
	}
	f.data.Clients = f.data.Clients.with(accounts)
}

func accepted(e api.Event) bool {
	status := e.Changes.Status
	return status != nil && status.From == policy.Invited && status.To == policy.Active
}

func clientOf(row api.ClientRow) *Client {
	c := Client{Client: row.Value, Revision: row.Revision}
	if row.Account != nil {
		c.Account, c.Seen = row.Account.Name, row.Account.Seen
	}
	return new(c.indexed())
}

// readAll reads a whole collection.
func readAll[V any, T entity[T]](ctx context.Context, c client.Collection[V], made func(V, int64) *T) (Table[T], error) {
	var rows []*T
	for after := ""; ; {
		page, err := c.List(ctx, after, api.MaxPage)
		if err != nil {
			return Table[T]{}, err
		}
		for _, item := range page.Items {
			rows = append(rows, made(item.Value, item.Revision))
		}
		if after = page.Next; after == "" {
			return NewTable(rows), nil
		}
	}
}
