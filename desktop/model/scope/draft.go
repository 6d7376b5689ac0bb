// Package scope is the scope of a client while an admin edits it: a draft over the
// version it began with, what it changes, what has to be pointed out about it, and
// how two changes of one scope come together.
//
// Scopes are sets here: the order of their ids means nothing. Nothing in this
// package knows a sidecar, a screen or words for the admin. A Draft belongs to
// the UI goroutine; everything else is values and pure functions.
package scope

import (
	"slices"
	"time"

	"sightline.example/policy"
)

// MaxSteps is how many changes of a draft can be undone.
const MaxSteps = 200

// Draft is a scope that is being edited.
type Draft struct {
	base, now  policy.Scope
	undo, redo []policy.Scope
}

// New returns a draft in which nothing has been changed yet.
func New(base policy.Scope) *Draft {
	base = Canonical(base)
	return &Draft{base: base, now: base}
}

// Base returns the version that the draft began with.
func (d *Draft) Base() policy.Scope { return clone(d.base) }

// Scope returns the scope as it is in the draft, in canonical form.
func (d *Draft) Scope() policy.Scope { return clone(d.now) }

// Dirty reports whether the draft differs from its base.
func (d *Draft) Dirty() bool { return !Equal(d.base, d.now) }

// Diff returns what the draft changes of its base.
func (d *Draft) Diff() Diff { return Compare(d.base, d.now) }

// SetGroups selects these groups and no others.
func (d *Draft) SetGroups(ids []policy.GroupID) {
	next := d.now
	next.Groups = ids
	d.Set(next)
}

// SetProjects selects these projects and no others.
func (d *Draft) SetProjects(ids []policy.ProjectID) {
	next := d.now
	next.Projects = ids
	d.Set(next)
}

// SetScreencasts says whether screencasts are visible.
func (d *Draft) SetScreencasts(on bool) {
	next := d.now
	next.Screencasts = on
	d.Set(next)
}

// SetPeriod says when anything is visible. A nil time is no beginning, or no end.
func (d *Draft) SetPeriod(from, until *time.Time) {
	next := d.now
	next.From, next.Until = from, until
	d.Set(next)
}

// Set makes the draft this scope, as one change. A scope that is equal to the
// present one is no change.
func (d *Draft) Set(next policy.Scope) {
	next = Canonical(next)
	if Equal(next, d.now) {
		return
	}
	d.undo = append(d.undo, d.now)
	if len(d.undo) > MaxSteps {
		d.undo = d.undo[1:]
	}
	d.redo = nil
	d.now = next
}

// CanUndo reports whether there is a change to take back.
func (d *Draft) CanUndo() bool { return len(d.undo) > 0 }

// CanRedo reports whether there is a change that was taken back.
func (d *Draft) CanRedo() bool { return len(d.redo) > 0 }

// Undo takes the last change back.
func (d *Draft) Undo() { d.step(&d.undo, &d.redo) }

// Redo makes the change again that was taken back last.
func (d *Draft) Redo() { d.step(&d.redo, &d.undo) }

func (d *Draft) step(from, to *[]policy.Scope) {
	last := len(*from) - 1
	if last < 0 {
		return
	}
	*to = append(*to, d.now)
	d.now = (*from)[last]
	*from = (*from)[:last]
}

// Rebase puts the draft over another version: what is changed by it is changed of
// that from now on. The scope in the draft stays, and so do the steps.
func (d *Draft) Rebase(base policy.Scope) { d.base = Canonical(base) }

// Canonical returns the scope with its ids sorted and each there once, and its
// times in UTC. It shares nothing with s.
func Canonical(s policy.Scope) policy.Scope {
	s = clone(s)
	s.Groups, s.Projects = set(s.Groups), set(s.Projects)
	for _, t := range []*time.Time{s.From, s.Until} {
		if t != nil {
			*t = t.UTC()
		}
	}
	return s
}

// Equal reports whether two scopes show the same, in whatever order.
func Equal(a, b policy.Scope) bool { return Compare(a, b).Empty() }

func clone(s policy.Scope) policy.Scope {
	s.Groups, s.Projects = slices.Clone(s.Groups), slices.Clone(s.Projects)
	s.From, s.Until = cloneTime(s.From), cloneTime(s.Until)
	return s
}

func cloneTime(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	return new(*t)
}

// set sorts ids in place, and returns each once; nil if there are none.
func set[ID ~string](ids []ID) []ID {
	if len(ids) == 0 {
		return nil
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
