package model

import (
	"slices"
	"time"

	"sightline.example/desktop/model/names"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// Client is a client as lists show it, at a revision. It is never changed: a
// change makes another one.
type Client struct {
	policy.Client
	Revision int64
	// Account is the full name the client entered; empty without an account.
	Account string
	// Seen is when the client last used the portal, as far as was known when
	// everything was last read. It is zero for never.
	Seen time.Time

	text    names.Text
	order   string // names in this order are in that of the sidecar's lists
	address string // canonical
}

// Employee is an employee at a revision.
type Employee struct {
	policy.Employee
	Revision int64
}

// Group is a group at a revision.
type Group struct {
	policy.Group
	Revision int64
}

// Project is a project at a revision.
type Project struct {
	policy.Project
	Revision int64
}

// entity is what the store keeps: known by an id, and changed by events.
type entity[T any] interface {
	key() string
	at() int64
	after(api.Event) T
}

// NameKey returns what puts clients in the order of their names, as in the sidecar's
// lists.
func (c *Client) NameKey() string { return c.order }

func (c Client) key() string   { return string(c.ID) }
func (e Employee) key() string { return string(e.ID) }
func (g Group) key() string    { return string(g.ID) }
func (p Project) key() string  { return string(p.ID) }

func (c Client) at() int64   { return c.Revision }
func (e Employee) at() int64 { return e.Revision }
func (g Group) at() int64    { return g.Revision }
func (p Project) at() int64  { return p.Revision }

// after returns the client that an event makes of c.
func (c Client) after(e api.Event) Client {
	d := e.Changes
	c.ID, c.Revision, c.Name = policy.ClientID(e.ID), e.Revision, e.Name
	c.ChangedBy, c.Changed = e.By, e.At
	if e.Action == api.EventAdded {
		c.Created = e.At
	}
	turn(&c.Email, d.Email)
	turn(&c.Status, d.Status)
	turn(&c.Scope.Screencasts, d.Screencasts)
	if d.Period != nil {
		c.Scope.From, c.Scope.Until = d.Period.To.From, d.Period.To.Until
	}
	c.Scope.Groups = members(c.Scope.Groups, d.Groups)
	c.Scope.Projects = members(c.Scope.Projects, d.Projects)
	return c.indexed()
}

func (e Employee) after(event api.Event) Employee {
	e.ID, e.Revision, e.Name = policy.EmployeeID(event.ID), event.Revision, event.Name
	e.Groups = members(e.Groups, event.Changes.Groups)
	e.Projects = members(e.Projects, event.Changes.Projects)
	return e
}

func (g Group) after(event api.Event) Group {
	g.ID, g.Revision, g.Name = policy.GroupID(event.ID), event.Revision, event.Name
	return g
}

func (p Project) after(event api.Event) Project {
	p.ID, p.Revision, p.Name = policy.ProjectID(event.ID), event.Revision, event.Name
	p.Groups = members(p.Groups, event.Changes.Groups)
	return p
}

// NewClient returns a client at a revision, which never used the portal.
func NewClient(c policy.Client, revision int64) *Client {
	return new(Client{Client: c, Revision: revision}.indexed())
}

// withAccount returns c with what events do not tell of. The rest of what was read may
// be newer than c, and is told by events that are yet to come.
func (c *Client) withAccount(read *Client) *Client {
	next := *c
	next.Account, next.Seen = read.Account, read.Seen
	return &next
}

// indexed returns c with what it is found and sorted by.
func (c Client) indexed() Client {
	c.text = names.TextOf(c.Name, c.Email)
	c.order = names.Order(c.Name)
	c.address = policy.CanonicalEmail(c.Email)
	return c
}

// Begins reports whether the name begins with what was typed.
func (c *Client) Begins(typed string) bool { return c.text.Begins(typed) }

// Has reports whether the name and the address have all of the words.
func (c *Client) Has(words names.Terms) bool { return words.Find(&c.text) }

func turn[T any](value *T, to *api.Turn[T]) {
	if to != nil {
		*value = to.To
	}
}

// members returns the ids after some were gained and lost. The given ones are
// not changed.
func members[ID ~string](ids []ID, m api.Membership) []ID {
	if len(m.Gained) == 0 && len(m.Lost) == 0 {
		return ids
	}
	lost := map[ID]bool{}
	for _, ref := range m.Lost {
		lost[ID(ref.ID)] = true
	}
	next := slices.DeleteFunc(slices.Clone(ids), func(id ID) bool { return lost[id] })
	for _, ref := range m.Gained {
		next = append(next, ID(ref.ID))
	}
	return next
}
