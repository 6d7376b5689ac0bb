package roster

import (
	"slices"
	"time"

	"sightline.example/policy"
)

// row is a client as the index knows it. Rows are immutable: one that changes is
// replaced.
type row struct {
	id       policy.ClientID
	revision int64
	client   *policy.Client  // nil if it can't be read
	account  *policy.Account // nil if there is none

	broken   bool   // it can't be read, so that only its id and its revision count
	name     string // folded
	key      string // of the name, by collation
	email    string // canonical
	standing int64  // a place in standings, as of the time the index is settled at
	mode     int64  // a place in modes
	seen     int64  // microseconds, as the other two
	changed  int64
	created  int64
	until    time.Time // zero for no end
}

// standings returns what clients are listed as, in order.
func standings() []policy.Status {
	return []policy.Status{policy.Invited, policy.Active, policy.Suspended, policy.Expired}
}

// modes returns the modes in order.
func modes() []policy.Mode {
	return []policy.Mode{policy.ModeGroups, policy.ModeProjects, policy.ModeBoth, policy.ModeNone}
}

// place returns where v is in list, -1 if it is not there.
func place[T comparable](list []T, v T) int64 { return int64(slices.Index(list, v)) }

// newRow returns the row of a client as it is in the data.
func newRow(d *policy.Data, id policy.ClientID, now time.Time, c *collation) (r *row, ok bool) {
	client, revision, ok := d.ClientVersion(id)
	if !ok || client == nil {
		return &row{id: id, revision: revision, broken: true}, ok
	}
	r = &row{
		id: id, revision: revision, client: client,
		name:     fold(client.Name),
		key:      c.key(client.Name),
		email:    policy.CanonicalEmail(client.Email),
		standing: place(standings(), client.Standing(now)),
		mode:     place(modes(), client.Scope.Mode()),
		seen:     time.Time{}.UnixMicro(),
		changed:  client.Changed.UnixMicro(),
		created:  client.Created.UnixMicro(),
	}
	if account, ok := d.Account(id); ok {
		r.account = account
		r.seen = account.Seen.UnixMicro()
	}
	if client.Scope.Until != nil {
		r.until = *client.Scope.Until
	}
	return r, true
}

// lastSeen returns when the client last used the portal; zero for never.
func (r *row) lastSeen() time.Time {
	if r.account == nil {
		return time.Time{}
	}
	return r.account.Seen
}
