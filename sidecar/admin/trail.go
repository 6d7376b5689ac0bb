package admin

import "sightline.example/policy"

// stamp writes into v who makes it what it is now, and since when there is one:
// since now, if there was none before.
func (c Collection[T]) stamp(caller policy.Caller, v, before *T) {
	if c.trail == nil {
		return
	}
	now := c.admin.now().UTC()
	trail := policy.Trail{Created: now, Changed: now, ChangedBy: caller.Name}
	if before != nil {
		trail.Created = c.trail(before).Created
	}
	*c.trail(v) = trail
}

// plain returns v without its trail, which is no part of what a caller wants.
func (c Collection[T]) plain(v T) T {
	if c.trail != nil {
		*c.trail(&v) = policy.Trail{}
	}
	return v
}
