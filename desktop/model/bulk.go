package model

import (
	"context"
	"sync/atomic"

	"sightline.example/desktop/async"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// Act is something that is done with one client or several.
type Act string

// The acts.
const (
	ActSuspend Act = "suspend" // active ones: they see nothing from then on
	ActResume  Act = "resume"  // suspended ones
	ActResend  Act = "resend"  // the invitation of invited ones
	ActRevoke  Act = "revoke"  // likewise
	ActDelete  Act = "delete"  // any; for good
)

// Fits reports whether the act can be done with a client.
func (a Act) Fits(c *Client) bool {
	switch a {
	case ActSuspend:
		return c.Status == policy.Active
	case ActResume:
		return c.Status == policy.Suspended
	case ActResend, ActRevoke:
		return c.Status == policy.Invited
	}
	return true
}

// Undo returns the act that takes this one back, or an empty one.
func (a Act) Undo() Act {
	switch a {
	case ActSuspend:
		return ActResume
	case ActResume:
		return ActSuspend
	}
	return ""
}

// Outcome is what became of an act.
type Outcome struct {
	Act     Act
	Done    []*Client // as they were before
	Failed  []Failure
	Skipped int // the act does not fit them
	Left    int // it was stopped before them
}

// Failure is a client with whom an act could not be done.
type Failure struct {
	Client *Client
	Err    error
}

// Acts does things with clients.
type Acts struct {
	On     async.Dispatcher
	Client *client.Client
}

// Do does the act with each of the clients it fits, one after the other, and
// hands progress how many it is done with, and then done the outcome. Where one
// fails the others go on, unless nobody answers or the caller is let in no more.
// With stop it ends after the client whose turn it is.
func (a *Acts) Do(act Act, clients []*Client, progress func(n, of int), done func(Outcome)) (stop func()) {
	out := Outcome{Act: act}
	var fitting []*Client
	for _, c := range clients {
		if act.Fits(c) {
			fitting = append(fitting, c)
		} else {
			out.Skipped++
		}
	}
	return a.run(out, fitting, progress, done)
}

// Undo takes an act back for those it was done with. It does not ask whether that
// fits them: the copy of them here may be the one before the act. Otherwise it is as
// Do.
func (a *Acts) Undo(o Outcome, progress func(n, of int), done func(Outcome)) (stop func()) {
	return a.run(Outcome{Act: o.Act.Undo()}, o.Done, progress, done)
}

func (a *Acts) run(out Outcome, fitting []*Client, progress func(n, of int), done func(Outcome)) (stop func()) {
	var stopped atomic.Bool
	a.On.Go(func(ctx context.Context) {
		for i, c := range fitting {
			if stopped.Load() {
				out.Left = len(fitting) - i
				break
			}
			err := a.one(ctx, out.Act, c)
			if ctx.Err() != nil {
				return
			}
			if err == nil {
				out.Done = append(out.Done, c)
			} else {
				out.Failed = append(out.Failed, Failure{c, err})
			}
			if ends(err) {
				out.fail(fitting[i+1:], err)
				break
			}
			a.On.Main(func() { progress(i+1, len(fitting)) })
		}
		a.On.Main(func() { done(out) })
	})
	return func() { stopped.Store(true) }
}

// fail adds clients for whom it is not even tried.
func (o *Outcome) fail(rest []*Client, err error) {
	for _, c := range rest {
		o.Failed = append(o.Failed, Failure{c, err})
	}
}

// ends reports whether the others would fail in the same way.
func ends(err error) bool {
	switch policy.CodeOf(err) {
	case policy.Unavailable, policy.Unauthenticated, policy.Forbidden:
		return true
	}
	return false
}

// one does the act with a client. Suspending and resuming do not ask for the
// revision: they mean what they say whatever else has changed.
func (a *Acts) one(ctx context.Context, act Act, c *Client) (err error) {
	switch act {
	case ActSuspend:
		_, err = a.Client.Suspend(ctx, c.ID, 0, client.Terms{})
	case ActResume:
		_, err = a.Client.Resume(ctx, c.ID, 0, client.Terms{})
	case ActResend:
		_, err = a.Client.SendInvitation(ctx, policy.SubjectClient, string(c.ID), api.SendInvitation{}, client.Terms{})
	case ActRevoke:
		_, err = a.Client.RevokeInvitation(ctx, policy.SubjectClient, string(c.ID), client.Terms{})
	case ActDelete:
		_, err = a.Client.Clients().Delete(ctx, string(c.ID), c.Revision, client.Terms{})
	}
	return err
}
