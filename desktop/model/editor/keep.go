package editor

import (
	"time"

	"sightline.example/desktop/model/scope"
)

// calm is how long a draft has to rest before it is kept.
const calm = time.Second

// keepLater keeps the draft once it has rested.
func (e *Editor) keepLater() {
	e.keep()
	e.keep = e.on.After(calm, e.Flush)
}

// Flush keeps the draft now: the app may be ending.
func (e *Editor) Flush() {
	e.keep()
	switch {
	case e.cfg.Keep == nil || e.cfg.Forget == nil:
	case e.Sketch.Draft().Dirty():
		e.cfg.Keep(e.Sketch.Draft().Record(e.client.ID, e.revision, e.cfg.Now()))
	default:
		e.cfg.Forget(e.client.ID)
	}
}

// Discard forgets the draft, and goes back to the newest version that is known.
func (e *Editor) Discard() {
	e.Dismiss()
	if n := e.news; n != nil {
		e.stand(n.Client, n.Revision)
	}
	e.Sketch.Restart(e.client.Scope)
	e.Flush()
}

// Resume goes on with a draft that was kept. If the client has been changed since,
// that is News.
func (e *Editor) Resume(r scope.Record) {
	now, at := e.client, e.revision
	e.client.Scope, e.revision = r.Base, r.Revision
	e.Sketch.Resume(r.Draft())
	if at != r.Revision {
		e.Remote(&now, at)
	}
}
