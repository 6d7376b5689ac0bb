package store

import (
	"fmt"

	"sightline.example/policy"
)

// Unreadable is the error about a stored value that can't be read. Its revision
// allows to replace or delete it all the same.
type Unreadable struct {
	Kind     policy.Kind
	ID       string
	Revision int64
	Cause    error // has ErrUnreadable in its chain
}

// Error implements the error interface.
func (u *Unreadable) Error() string { return fmt.Sprintf("%s/%s: %s", u.Kind, u.ID, u.Cause) }

// Unwrap returns the cause.
func (u *Unreadable) Unwrap() error { return u.Cause }
