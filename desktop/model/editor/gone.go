package editor

import (
	"context"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// lose follows the deletion of the client.
func (e *Editor) lose() {
	e.news, e.held, e.conflict = nil, nil, nil
	e.Sketch.SetClient("") // what is gained and lost has nothing to stand against
	e.Sketch.Look(nil)
	e.enter(Gone)
}

// Recreate invites the client again, who was deleted, with the scope in the draft.
// It is another client with another id, who has to make another account.
func (e *Editor) Recreate() {
	if e.phase != Gone || e.offline {
		return
	}
	wanted := api.NewInvitation{Email: e.client.Email, Name: e.client.Name, Scope: e.Sketch.Scope()}
	terms := client.Terms{IdempotencyKey: e.name(wanted.Scope), Force: e.keepsDead()}
	e.err = nil
	e.enter(Saving)
	e.on.Go(func(ctx context.Context) {
		invited, err := e.cfg.Invite(ctx, wanted, terms)
		e.on.Main(func() { e.recreated(invited.Value.Value, err) })
	})
}

func (e *Editor) recreated(c policy.Client, err error) {
	if err != nil {
		e.err = err
		e.enter(Gone)
		return
	}
	e.Abandon()
	if e.OnRecreated != nil {
		e.OnRecreated(c)
	}
}

// Abandon forgets the draft of a client who was deleted.
func (e *Editor) Abandon() {
	e.Sketch.Restart(e.client.Scope)
	e.enter(Gone)
	e.Flush()
}
