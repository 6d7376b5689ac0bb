package policy

import "time"

// Client is an invited guest.
type Client struct {
	ID     ClientID `json:"id"`
	Name   string   `json:"name"`
	Email  string   `json:"email"`
	Status Status   `json:"status"`
	Scope  Scope    `json:"scope"`
	Trail
}

// Trail says since when there is an entity, and who last changed it. It is
// written by the sidecar: what callers send in its place counts for nothing.
type Trail struct {
	Created   time.Time `json:"created,omitzero"`
	Changed   time.Time `json:"changed,omitzero"`
	ChangedBy string    `json:"changed_by,omitempty"` // name of the admin or key
}

// Status says how far a client's access has come.
type Status string

// The statuses of a client. Only an active client sees anything.
const (
	Invited   Status = "invited"   // has no account yet
	Active    Status = "active"    // has accepted the invitation
	Suspended Status = "suspended" // was switched off by an admin
)

// What clients are listed as besides their stored status.
const (
	Expired Status = "expired" // active, but past the end of the scope's period
	Deleted Status = "deleted" // gone; a tombstone is left
)

// Standing returns what c is listed as at a time: its status, or [Expired].
func (c *Client) Standing(now time.Time) Status {
	if c.Status == Active && c.Scope.Until != nil && !now.Before(*c.Scope.Until) {
		return Expired
	}
	return c.Status
}

// Scope is what a client may see. Ids stay in it after what they name is
// deleted: they are then dead references, which match nothing but still decide
// the [Mode]. Otherwise a deletion could widen what the client sees.
type Scope struct {
	Groups      []GroupID   `json:"groups,omitempty"`
	Projects    []ProjectID `json:"projects,omitempty"`
	Screencasts bool        `json:"screencasts,omitempty"`
	From        *time.Time  `json:"from,omitempty"`  // nothing is visible before; nil: no beginning
	Until       *time.Time  `json:"until,omitempty"` // nothing is visible from here on; nil: no end
}

// Begun reports whether the period of s has begun at a time.
func (s Scope) Begun(now time.Time) bool { return s.From == nil || !now.Before(*s.From) }

// Mode is which kind of scope it is: which of the two dimensions limit it.
type Mode string

// The four modes.
const (
	ModeGroups   Mode = "groups"   // the work of the selected groups' employees, on anything
	ModeProjects Mode = "projects" // the work on the selected projects, by anyone
	ModeBoth     Mode = "both"     // the work on the selected projects by the selected groups' employees
	ModeNone     Mode = "none"     // nothing
)

// MaxScope is the most groups, and the most projects, one scope can select.
const MaxScope = 2_000

// Mode returns the mode of s. What is selected decides, not what still exists.
func (s Scope) Mode() Mode {
	switch {
	case len(s.Groups) > 0 && len(s.Projects) > 0:
		return ModeBoth
	case len(s.Groups) > 0:
		return ModeGroups
	case len(s.Projects) > 0:
		return ModeProjects
	}
	return ModeNone
}

// Check reports the first thing wrong with c, as an [Invalid] [Error]. It does
// not look for dead references: those are no fault of a stored scope.
func (c *Client) Check() error {
	return firstError(
		CheckID("id", string(c.ID)),
		CheckName("name", c.Name),
		CheckEmail("email", c.Email),
		checkStatus(c.Status),
		checkRefs("scope.groups", c.Scope.Groups, MaxScope),
		checkRefs("scope.projects", c.Scope.Projects, MaxScope),
		checkPeriod(c.Scope.From, c.Scope.Until),
	)
}

func checkStatus(s Status) error {
	switch s {
	case Invited, Active, Suspended:
		return nil
	}
	return FieldErrorf("status", "must be %s, %s or %s", Invited, Active, Suspended)
}

// Times outside these years do not fit the nanoseconds the rules compare.
const (
	minYear = 1970
	maxYear = 2261
)

func checkPeriod(from, until *time.Time) error {
	if err := firstError(checkTime("scope.from", from), checkTime("scope.until", until)); err != nil {
		return err
	}
	if from != nil && until != nil && !from.Before(*until) {
		return FieldErrorf("scope.until", "must be after scope.from")
	}
	return nil
}

func checkTime(field string, t *time.Time) error {
	if t != nil && (t.UTC().Year() < minYear || t.UTC().Year() > maxYear) {
		return FieldErrorf(field, "must be in the years %d to %d", minYear, maxYear)
	}
	return nil
}
