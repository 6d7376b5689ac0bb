package editor

import (
	"context"
	"crypto/rand"
	"slices"
	"time"

	"sightline.example/desktop/model/scope"
	"sightline.example/desktop/model/sketch"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// Doubt is why a save is asked about.
type Doubt string

// The doubts.
const (
	Unknown Doubt = "unknown" // there is no preview, and so nobody knows what is lost
	Loses   Doubt = "loses"   // the client would cease to see more than a few employees, projects or groups
	Blind   Doubt = "blind"   // the client would see nobody's work
)

// Question is a save that is asked about.
type Question struct {
	Doubt   Doubt
	Preview *api.Preview // nil if it is unknown
	Diff    scope.Diff
}

// Saved is what a save did. Undo takes it.
type Saved struct {
	Client        policy.Client // as it is now
	Before, After policy.Scope
}

// attempt names a save: repeated under its key it takes effect once.
type attempt struct {
	key      string
	scope    policy.Scope
	revision int64
}

// patient is how long a save waits for the preview.
const patient = 5 * time.Second

// Save saves the draft, if it can be saved: at once, or when the preview is known
// that tells whether to ask first, or does not come. Where there is News it is a
// Conflict.
func (e *Editor) Save() {
	switch {
	case !e.CanSave():
	case e.news != nil:
		e.clash(e.news, true)
	case e.mayPass() || e.Sketch.Preview().State != sketch.Loading:
		e.decide()
	default:
		e.enter(Checking)
		e.unchecked()
		e.unchecked = e.on.After(patient, e.check)
	}
}

// check ends the wait for the preview.
func (e *Editor) check() {
	if e.phase == Checking {
		e.phase = Editing
		e.decide()
	}
}

// Confirm saves what was asked about.
func (e *Editor) Confirm() {
	e.confirmed = new(e.Sketch.Scope())
	e.Save()
}

// mayPass reports whether the draft, as it is, was confirmed.
func (e *Editor) mayPass() bool {
	return e.confirmed != nil && scope.Equal(*e.confirmed, e.Sketch.Scope())
}

// decide saves the draft or asks about it.
func (e *Editor) decide() {
	q := e.doubt()
	if q.Doubt == "" || e.mayPass() {
		e.send()
		return
	}
	e.enter(Editing)
	if e.OnAsk != nil {
		e.OnAsk(q)
	}
}

// doubt returns what there is to ask about the draft; an empty doubt is nothing.
func (e *Editor) doubt() Question {
	p := e.Sketch.Preview()
	q := Question{Preview: p.Value, Diff: e.Sketch.Diff()}
	switch {
	case policy.CodeOf(p.Err) == policy.NotFound: // the save will tell that the client is gone
	case p.State != sketch.Ready:
		q.Doubt, q.Preview = Unknown, nil
	case p.Blind():
		q.Doubt = Blind
	case p.Value.Against != nil && most(p.Value.Against.Lost) > e.cfg.Large:
		q.Doubt = Loses
	}
	return q
}

// most returns how many there are of the kind of which there are most.
func most(l api.Edges) int { return max(l.Employees.Count, l.Projects.Count, l.Groups.Count) }

func (e *Editor) send() {
	next := e.client
	next.Scope = e.Sketch.Scope()
	terms := client.Terms{Force: e.keepsDead(), IdempotencyKey: e.name(next.Scope)}
	id, revision := string(e.client.ID), e.revision
	e.err = nil
	e.enter(Saving)
	e.on.Go(func(ctx context.Context) {
		stored, err := e.cfg.Replace(ctx, id, revision, next, terms)
		e.on.Main(func() { e.sent(stored, err) })
	})
}

// name returns the key of a save: the same as before if it is the same save.
func (e *Editor) name(s policy.Scope) string {
	if e.attempt.key == "" || e.attempt.revision != e.revision || !scope.Equal(e.attempt.scope, s) {
		e.attempt = attempt{rand.Text(), s, e.revision}
	}
	return e.attempt.key
}

// keepsDead reports whether the draft has dead references and the version before
// had all of them. One that is new was deleted while it was being selected: the
// sidecar refuses it.
func (e *Editor) keepsDead() bool {
	dead, base := e.Sketch.Dead(), e.client.Scope
	for _, id := range dead.Groups {
		if !slices.Contains(base.Groups, id) {
			return false
		}
	}
	for _, id := range dead.Projects {
		if !slices.Contains(base.Projects, id) {
			return false
		}
	}
	return dead.Count() > 0
}

func (e *Editor) sent(stored client.Stored[policy.Client], err error) {
	switch policy.CodeOf(err) {
	case "":
		e.saved(stored)
	case policy.Stale:
		e.catchUp()
	case policy.NotFound:
		e.lose()
	default:
		e.fail(err)
	}
}

// fail goes back to editing. Where nobody knows what became of the save it keeps
// its name: it may have taken effect all the same, and must not do so twice.
func (e *Editor) fail(err error) {
	e.err = err
	if code := policy.CodeOf(err); code != policy.Unavailable && code != policy.Internal {
		e.attempt.key = ""
	}
	e.enter(Editing)
	e.release()
}

func (e *Editor) saved(stored client.Stored[policy.Client]) {
	done := Saved{Client: stored.Value, Before: e.client.Scope, After: stored.Value.Scope}
	e.stand(stored.Value, stored.Revision)
	e.attempt, e.confirmed = attempt{}, nil
	e.enter(Editing)
	e.Flush()
	e.release()
	e.Sketch.Ask()
	if e.OnSaved != nil {
		e.OnSaved(done)
	}
}

// stand puts the draft over another version.
func (e *Editor) stand(c policy.Client, revision int64) {
	e.client, e.revision = c, revision
	e.Sketch.Draft().Rebase(c.Scope)
	if e.news != nil && e.news.Revision <= revision {
		e.news = nil
	}
}
