package editor

import (
	"context"

	"sightline.example/desktop/model/scope"
	"sightline.example/desktop/model/sketch"
	"sightline.example/policy"
	"sightline.example/sidecar/client"
)

// News is a version of the client that somebody else has made meanwhile.
type News struct {
	Client   policy.Client
	Revision int64
	deleted  bool
}

// Conflict is the coming together of two changes. The preview is of its result as
// long as it lasts.
type Conflict struct {
	News
	Merge *scope.Merge
	// Saves tells that it came of a save, which goes on when it is resolved.
	Saves bool
	// Again tells that they have changed the scope once more since it came.
	Again bool
}

// News returns what somebody else has changed while this draft was changed too;
// nil if nobody has.
func (e *Editor) News() *News { return e.news }

// Conflict returns what is to be resolved; nil if nothing is.
func (e *Editor) Conflict() *Conflict { return e.conflict }

// Remote says how the client is now, as the change feed has it: nil is deleted.
// Versions that are known already count for nothing.
func (e *Editor) Remote(c *policy.Client, revision int64) {
	n := &News{Revision: revision, deleted: c == nil}
	if c != nil {
		n.Client = *c
	}
	switch {
	case e.phase == Gone || !n.deleted && (revision <= e.revision || e.news != nil && revision <= e.news.Revision):
	case e.busy():
		e.held = n // it may be our own
	case n.deleted:
		e.lose()
	default:
		e.hear(n)
	}
}

// release takes in what came during a save.
func (e *Editor) release() {
	if n := e.held; n != nil {
		e.held = nil
		if n.deleted {
			e.lose()
		} else if n.Revision > e.revision {
			e.hear(n)
		}
	}
}

// hear takes news in: without a banner where nothing of this draft is concerned.
func (e *Editor) hear(n *News) {
	draft := e.Sketch.Draft()
	switch {
	case e.phase == Clashing:
		e.clashAgain(n)
		return
	case scope.Equal(n.Client.Scope, e.client.Scope) || scope.Equal(n.Client.Scope, draft.Scope()):
		e.stand(n.Client, n.Revision)
	case !e.Sketch.Dirty():
		e.client, e.revision, e.news = n.Client, n.Revision, nil
		e.Sketch.Restart(n.Client.Scope)
	default:
		e.news = n
	}
	e.Sketch.Follow() // what is gained and lost stands against another version
}

// Reload gives the draft up for the news, as one change that can be undone.
func (e *Editor) Reload() {
	if n := e.news; n != nil && e.phase == Editing {
		e.stand(n.Client, n.Revision)
		e.Sketch.Draft().Set(n.Client.Scope)
		e.Sketch.Changed()
		e.Flush()
	}
}

// Merge begins to bring the news and the draft together.
func (e *Editor) Merge() {
	if e.news != nil && e.phase == Editing {
		e.clash(e.news, false)
	}
}

// catchUp reads the version that came before a save.
func (e *Editor) catchUp() {
	id := string(e.client.ID)
	e.on.Go(func(ctx context.Context) {
		stored, err := e.cfg.Get(ctx, id)
		e.on.Main(func() { e.caughtUp(stored, err) })
	})
}

func (e *Editor) caughtUp(stored client.Stored[policy.Client], err error) {
	theirs, mine := stored.Value.Scope, e.Sketch.Scope()
	n := &News{Client: stored.Value, Revision: stored.Revision}
	switch {
	case policy.CodeOf(err) == policy.NotFound:
		e.lose()
	case err != nil:
		e.fail(err)
	case scope.Equal(theirs, mine): // somebody has done the same
		e.saved(stored)
	case scope.Equal(theirs, e.client.Scope): // the scope is as it was
		e.stand(n.Client, n.Revision)
		e.send()
	default:
		e.clash(n, true)
	}
}

func (e *Editor) clash(n *News, saves bool) {
	e.news, e.held, e.confirmed = n, nil, nil
	e.conflict = &Conflict{News: *n, Saves: saves, Merge: scope.Three(e.client.Scope, n.Client.Scope, e.Sketch.Scope())}
	e.enter(Clashing)
	e.look()
}

// clashAgain goes on with a conflict after another change of theirs.
func (e *Editor) clashAgain(n *News) {
	c := e.conflict
	again := c.Again || !scope.Equal(n.Client.Scope, c.Client.Scope)
	e.news = n
	e.conflict = &Conflict{News: *n, Saves: c.Saves, Merge: c.Merge.Follow(n.Client.Scope), Again: again}
	e.look()
}

func (e *Editor) look() { e.Sketch.Look(new(e.conflict.Merge.Result())) }

// Choose lets a side of the conflict win in one thing.
func (e *Editor) Choose(item scope.Item, side scope.Side) {
	if e.conflict != nil {
		e.conflict.Merge.Choose(item, side)
		e.look()
	}
}

// Accept takes the result of the merge, once no conflict is open in it. What came
// of a save is saved then, and not asked about if what it takes away was to be seen.
func (e *Editor) Accept() {
	if c := e.conflict; c != nil && c.Merge.Open() == 0 {
		result := c.Merge.Result()
		if e.Sketch.Preview().State == sketch.Ready {
			e.confirmed = &result
		}
		e.resolve(result)
	}
}

// Overwrite takes the draft as it is, in the place of what somebody else did. Where it
// is saved then, that is asked about as any save is.
func (e *Editor) Overwrite() {
	if e.conflict != nil {
		e.resolve(e.Sketch.Scope())
	}
}

// Dismiss puts the conflict off: the draft stays, and the news with it.
func (e *Editor) Dismiss() {
	if e.conflict != nil {
		e.conflict = nil
		e.enter(Editing)
		e.Sketch.Look(nil)
	}
}

func (e *Editor) resolve(result policy.Scope) {
	c := e.conflict
	e.conflict = nil
	e.stand(c.Client, c.Revision)
	e.Sketch.Draft().Set(result)
	e.enter(Editing)
	e.Sketch.Look(nil)
	e.Sketch.Changed()
	if c.Saves {
		e.Save()
	}
}
