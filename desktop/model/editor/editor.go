// Package editor is the editing of one client's scope: from the version that was
// read to the one that is saved, whatever else happens to the client meanwhile.
//
// Nothing is ever overwritten that the admin has not seen: a save is for the
// revision the draft stands over, and where that is not the newest any more, both
// changes come together in a Conflict. What is typed survives all of it.
//
// An Editor belongs to the UI goroutine.
package editor

import (
	"context"
	"time"

	"sightline.example/desktop/async"
	"sightline.example/desktop/model/scope"
	"sightline.example/desktop/model/sketch"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// Config says how an editor reaches the sidecar and where it keeps drafts. The
// functions are the methods of client.Client: see Calls.
type Config struct {
	On      async.Dispatcher // required, as the four that follow
	Preview sketch.Ask
	Get     func(ctx context.Context, id string) (client.Stored[policy.Client], error)
	Replace func(ctx context.Context, id string, revision int64, c policy.Client, t client.Terms) (client.Stored[policy.Client], error)
	Invite  func(context.Context, api.NewInvitation, client.Terms) (client.Stored[api.Invited[policy.Client]], error)

	// Keep is handed the draft when it has changed, and Forget the client of whom
	// no draft is to be kept any more. Nil keeps nothing.
	Keep   func(scope.Record)
	Forget func(policy.ClientID)
	// Large is how many employees, projects or groups a client may lose without
	// being asked about; 0 is 5.
	Large int
	Now   func() time.Time // nil means time.Now
	Zone  *time.Location   // nil means time.Local
}

// Calls returns a Config that reaches the sidecar by a client.
func Calls(on async.Dispatcher, c *client.Client) Config {
	clients := c.Clients()
	return Config{On: on, Preview: sketch.AskBy(c), Get: clients.Get, Replace: clients.Replace, Invite: c.Invite}
}

// Phase is what an editor is doing.
type Phase string

// The phases.
const (
	Editing  Phase = "editing"
	Checking Phase = "checking" // waits for the preview before it saves
	Saving   Phase = "saving"
	Clashing Phase = "clashing" // there is a Conflict to be resolved
	Gone     Phase = "gone"     // the client was deleted: recreate or discard
)

// Editor is the editing of one client's scope. Functions that are nil are not
// called.
type Editor struct {
	// OnChange is called when anything to be shown has changed.
	OnChange func()
	// OnAsk is asked before a save that takes something away: Confirm saves.
	OnAsk func(Question)
	// OnSaved is told what was saved.
	OnSaved func(Saved)
	// OnRecreated is told the client who took the place of one that was deleted.
	OnRecreated func(policy.Client)

	Sketch *sketch.Sketch

	cfg       Config
	on        *async.Scope
	client    policy.Client // the version the draft stands over
	revision  int64
	phase     Phase
	news      *News
	held      *News // what came while a save was under way
	conflict  *Conflict
	confirmed *policy.Scope // may be saved without asking
	attempt   attempt
	err       error
	offline   bool
	keep      func() // stops what waits to keep the draft
	unchecked func() // stops the wait for the preview
}

// New returns an editor of a client at a revision.
func New(cfg Config, c policy.Client, revision int64) *Editor {
	if cfg.Large == 0 {
		cfg.Large = 5
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	e := &Editor{cfg: cfg, on: async.NewScope(cfg.On), client: c, revision: revision, phase: Editing, keep: func() {}, unchecked: func() {}}
	e.Sketch = sketch.New(sketch.Config{On: e.on, Preview: cfg.Preview, Client: c.ID, Zone: cfg.Zone}, c.Scope)
	e.Sketch.OnChange = e.sketched
	return e
}

// Close ends what the editor does in the background. The draft is kept as it is.
func (e *Editor) Close() {
	e.Flush()
	e.Sketch.Close()
	e.on.Close()
}

// Client returns the client, in the version that the draft stands over.
func (e *Editor) Client() policy.Client { return e.client }

// Phase returns what the editor is doing.
func (e *Editor) Phase() Phase { return e.phase }

// Err returns why the last save failed; nil once something has changed since.
func (e *Editor) Err() error { return e.err }

// Dirty reports whether something would be lost if the editor were closed.
func (e *Editor) Dirty() bool { return e.Sketch.Dirty() || e.busy() }

// CanSave reports whether there is something that can be saved now.
func (e *Editor) CanSave() bool {
	return e.phase == Editing && e.Sketch.Dirty() && e.Sketch.Valid() && !e.offline
}

// Offline reports whether changes have to wait.
func (e *Editor) Offline() bool { return e.offline }

// SetOffline says whether changes have to wait. The draft can be looked at only
// meanwhile; it stays as it is.
func (e *Editor) SetOffline(offline bool) {
	if offline == e.offline {
		return
	}
	e.offline = offline
	e.lock()
	if !offline {
		e.Sketch.Ask()
	}
}

func (e *Editor) busy() bool { return e.phase == Checking || e.phase == Saving }

// enter goes on to a phase.
func (e *Editor) enter(p Phase) {
	e.phase = p
	e.lock()
}

func (e *Editor) lock() {
	e.Sketch.SetLocked(e.offline || e.phase != Editing)
	e.changed()
}

func (e *Editor) changed() {
	if e.OnChange != nil {
		e.OnChange()
	}
}

// sketched follows a change of the draft or of its preview.
func (e *Editor) sketched() {
	if e.phase == Checking && e.Sketch.Preview().State != sketch.Loading {
		e.check()
		return
	}
	if e.phase == Editing && !scope.Equal(e.attempt.scope, e.Sketch.Scope()) {
		e.err = nil
	}
	e.keepLater()
	e.changed()
}
