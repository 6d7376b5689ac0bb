package model

import (
	"slices"
	"time"

	"sightline.example/policy"
)

// expiringWithin is how soon the access of a client ends who is listed as
// expiring soon.
const expiringWithin = 14 * 24 * time.Hour

// Filter says which clients are listed: those of whom all hold that is set. The
// zero Filter lists all.
type Filter struct {
	Standing    policy.Status    `json:"standing,omitempty"` // as listed: policy.Expired too
	Mode        policy.Mode      `json:"mode,omitempty"`
	Screencasts *bool            `json:"screencasts,omitempty"`
	Group       policy.GroupID   `json:"group,omitempty"`    // the scope selects it
	Project     policy.ProjectID `json:"project,omitempty"`  // likewise
	Dead        bool             `json:"dead,omitempty"`     // the scope has dead references
	Never       bool             `json:"never,omitempty"`    // active, and never used the portal
	Expiring    bool             `json:"expiring,omitempty"` // the access ends within two weeks
	// Finding and Only list these clients alone, of whom something was found out
	// elsewhere: Finding names what, for the admin. They hold for a while only, so
	// they are not stored.
	Finding string            `json:"-"`
	Only    []policy.ClientID `json:"-"` // in order
}

// Lasting returns what of f holds as well another day: all but Finding and Only.
func (f Filter) Lasting() Filter {
	f.Finding, f.Only = "", nil
	return f
}

// empty reports whether f lists all.
func (f *Filter) empty() bool {
	return f.Standing == "" && f.Mode == "" && f.Screencasts == nil && f.Group == "" && f.Project == "" &&
		!f.Dead && !f.Never && !f.Expiring && f.Finding == ""
}

// holds reports whether f holds of a client.
func (f *Filter) holds(c *Client, d *Data, now time.Time) bool {
	switch {
	case f.Standing != "" && c.Standing(now) != f.Standing,
		f.Mode != "" && c.Scope.Mode() != f.Mode,
		f.Screencasts != nil && c.Scope.Screencasts != *f.Screencasts,
		f.Group != "" && !slices.Contains(c.Scope.Groups, f.Group),
		f.Project != "" && !slices.Contains(c.Scope.Projects, f.Project),
		f.Never && (c.Status != policy.Active || !c.Seen.IsZero()),
		f.Expiring && !Expiring(&c.Client, now),
		f.Dead && !hasDead(c, d):
		return false
	case f.Finding == "":
		return true
	}
	_, found := slices.BinarySearch(f.Only, c.ID)
	return found
}

// Expiring reports whether the access of a client ends soon.
func Expiring(c *policy.Client, now time.Time) bool {
	end := c.Scope.Until
	return end != nil && now.Before(*end) && end.Sub(now) <= expiringWithin
}

func hasDead(c *Client, d *Data) bool {
	return slices.ContainsFunc(c.Scope.Groups, func(id policy.GroupID) bool { return d.Groups.Find(string(id)) == nil }) ||
		slices.ContainsFunc(c.Scope.Projects, func(id policy.ProjectID) bool { return d.Projects.Find(string(id)) == nil })
}
