package roster_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/rego"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/roster"
)

var (
	noon    = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	auditor = policy.Caller{Type: policy.SubjectKey, ID: "key", Role: policy.RoleAuditor}
	app     = policy.Caller{Type: policy.SubjectKey, ID: "key", Role: policy.RoleApp}
)

// list is a roster whose data and time a test changes.
type list struct {
	*roster.Roster
	data *policy.Data
	now  time.Time
}

// start returns a roster of what the changes make, at noon.
func start(tb testing.TB, changes ...policy.Change) *list {
	tb.Helper()
	return startWith(tb, rules(tb), changes...)
}

// rules returns what asks the built-in rules.
func rules(tb testing.TB) *admin.Admin {
	tb.Helper()
	e, err := engine.New(tb.Context(), rego.Files, engine.Config{Limit: time.Minute}) // machines of tests stand still now and then
	if err != nil {
		tb.Fatal(err)
	}
	e.Swap((&policy.Data{}).Apply(1))
	return admin.New(admin.Config{Engine: e, Log: slog.New(slog.DiscardHandler)})
}

func startWith(tb testing.TB, by roster.Authoriser, changes ...policy.Change) *list {
	tb.Helper()
	l := &list{now: noon, data: (&policy.Data{}).Apply(1, changes...)}
	l.Roster = roster.New(roster.Config{
		Authoriser: by,
		Key:        func() ([]byte, bool) { return []byte("a key of this test"), true },
		Now:        func() time.Time { return l.now },
	})
	l.Follow(l.data, nil)
	return l
}

// change makes changes in a revision of their own.
func (l *list) change(changes ...policy.Change) {
	before := l.data
	l.data = before.Apply(before.Revision()+1, changes...)
	l.Follow(l.data, changes)
}

// ids returns the ids on all pages of a query: those that can be read, then the
// others.
func (l *list) ids(tb testing.TB, q roster.Query) []policy.ClientID {
	tb.Helper()
	return l.idsWhile(tb, q, func() {})
}

// idsWhile is ids with something happening between the pages.
func (l *list) idsWhile(tb testing.TB, q roster.Query, happens func()) []policy.ClientID {
	tb.Helper()
	ids, broken := []policy.ClientID{}, []policy.ClientID{}
	for {
		page := l.page(tb, q)
		for _, item := range page.Items {
			ids = append(ids, item.Value.ID)
		}
		for _, id := range page.Unreadable {
			broken = append(broken, policy.ClientID(id))
		}
		if page.Next == "" {
			return append(ids, broken...)
		}
		q.After = page.Next
		happens()
	}
}

func (l *list) page(tb testing.TB, q roster.Query) roster.Page {
	tb.Helper()
	if q.Limit == 0 {
		q.Limit = 1000
	}
	page, err := l.List(context.Background(), auditor, q)
	if err != nil {
		tb.Fatal(err)
	}
	return page
}

// client returns the change that writes a client.
func client(c policy.Client) policy.Change {
	return policy.Change{Kind: policy.KindClients, ID: string(c.ID), Value: &c, Revision: 5}
}

// named returns an active client with an address made of the id.
func named(id, name string) policy.Client {
	return policy.Client{ID: policy.ClientID(id), Name: name, Email: id + "@example.com", Status: policy.Active}
}

func account(id policy.ClientID, seen time.Time) policy.Change {
	return policy.Change{Kind: policy.KindAccounts, ID: string(id), Value: &policy.Account{
		Client: id, Name: fmt.Sprint("Account of ", id), Created: noon, Seen: seen,
	}}
}

func group(id policy.GroupID) policy.Change {
	return policy.Change{Kind: policy.KindGroups, ID: string(id), Value: &policy.Group{ID: id, Name: string(id)}}
}

func project(id policy.ProjectID) policy.Change {
	return policy.Change{Kind: policy.KindProjects, ID: string(id), Value: &policy.Project{ID: id, Name: string(id)}}
}

func gone(kind policy.Kind, id string) policy.Change { return policy.Change{Kind: kind, ID: id} }

func yes() *bool { v := true; return &v }
func no() *bool  { v := false; return &v }
