package model

import (
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// Data is everything the store holds at one moment. It is never changed.
type Data struct {
	Clients   Table[Client]
	Employees Table[Employee]
	Groups    Table[Group]
	Projects  Table[Project]
	// Revision is the newest that is known of.
	Revision int64
	// Token is of a revision that has all of it; see client.Client.AtLeast. It is
	// empty while not everything has been read.
	Token string
	// Directory is the revision of the newest change of the directory since all
	// was read; 0 if there was none.
	Directory int64

	addresses addresses
	read      int   // the how manieth reading this goes back to
	removed   int64 // the revision of the newest removal of a client since then
}

// Complete reports whether all has been read. What is not in d may exist all the
// same until then.
func (d *Data) Complete() bool { return d.Token != "" }

// Reading returns which reading of everything this goes back to: revisions of
// different readings may not be of the same sidecar.
func (d *Data) Reading() int { return d.read }

// Removals tells apart data between which clients have been removed.
type Removals struct {
	read int
	at   int64
}

// Removals returns which clients have been removed until then. It means something of
// complete data only.
func (d *Data) Removals() Removals { return Removals{d.read, d.removed} }

// nextEnd returns when the next access of a client ends after a time; zero if none
// does.
func (d *Data) nextEnd(now time.Time) (next time.Time) {
	for _, c := range d.Clients.All() {
		if end := c.Scope.Until; end != nil && end.After(now) && (next.IsZero() || end.Before(next)) {
			next = *end
		}
	}
	return next
}

// DeadGroups returns the groups the scope selects that do not exist.
func (d *Data) DeadGroups(s policy.Scope) []policy.GroupID { return dead(d.Groups, s.Groups) }

// DeadProjects returns the projects the scope selects that do not exist.
func (d *Data) DeadProjects(s policy.Scope) []policy.ProjectID { return dead(d.Projects, s.Projects) }

func dead[T entity[T], ID ~string](t Table[T], ids []ID) (missing []ID) {
	for _, id := range ids {
		if t.Find(string(id)) == nil {
			missing = append(missing, id)
		}
	}
	return missing
}

// SameDirectory reports whether nothing has happened to employees, groups and
// projects between d and other.
func (d *Data) SameDirectory(other *Data) bool {
	return d.Employees.same(other.Employees) && d.Groups.same(other.Groups) && d.Projects.same(other.Projects)
}

// after returns the data that the events of one revision make of d.
func (d *Data) after(events []api.Event) *Data {
	next := *d
	next.Clients = applied(d.Clients, policy.KindClients, events)
	next.addresses = d.addresses.after(events, d.Clients, next.Clients)
	next.Employees = applied(d.Employees, policy.KindEmployees, events)
	next.Groups = applied(d.Groups, policy.KindGroups, events)
	next.Projects = applied(d.Projects, policy.KindProjects, events)
	for _, e := range events {
		next.Revision = max(next.Revision, e.Revision)
		if e.Kind == policy.KindClients && e.Action == api.EventRemoved {
			next.removed = max(next.removed, e.Revision)
		}
		if e.Kind != policy.KindClients {
			next.Directory = max(next.Directory, e.Revision)
		}
	}
	return &next
}

// applied applies those of the events that are about a kind. What was read
// already at the event's revision or a later one stays.
func applied[T entity[T]](t Table[T], kind policy.Kind, events []api.Event) Table[T] {
	changes := map[string]*T{}
	for _, e := range events {
		if e.Kind != kind {
			continue
		}
		row, pending := changes[e.ID]
		if !pending {
			row = t.Find(e.ID)
		}
		if row != nil && (*row).at() >= e.Revision {
			continue
		}
		switch {
		case e.Action == api.EventRemoved:
			changes[e.ID] = nil
		case row != nil:
			changes[e.ID] = new((*row).after(e))
		case e.Action == api.EventAdded:
			var none T
			changes[e.ID] = new(none.after(e))
		}
	}
	return t.with(changes)
}
