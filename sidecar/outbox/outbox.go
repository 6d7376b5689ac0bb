// Package outbox sends the letters that are stored. One sidecar of all does so at
// a time; when it ends, another one goes on.
//
// A letter is tried until it is taken, refused for good, or out of time. A try is
// written down before it is made, so that a sidecar that dies meanwhile sends the
// letter again: at least once, under the same message id.
package outbox

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"sightline.example/policy"
	"sightline.example/sidecar/invite"
	"sightline.example/sidecar/store"
)

// Refusal is an error of a sender that tells why a message was not taken.
type Refusal interface {
	error
	// Permanent reports whether another try would be in vain.
	Permanent() bool
}

// Config holds what an Outbox needs. All fields but Now are required.
type Config struct {
	Store  *store.Store
	Invite *invite.Invite
	// Send sends a letter. Its error's text is shown to admins if it is a Refusal.
	Send func(context.Context, invite.Envelope) error
	Now  func() time.Time // nil means time.Now
	Log  *slog.Logger
}

// Outbox sends letters. Its zero value is not usable.
type Outbox struct {
	cfg  Config
	wake chan struct{} // holds one value if there may be a new letter
}

// New returns an Outbox.
func New(cfg Config) *Outbox {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Outbox{cfg: cfg, wake: make(chan struct{}, 1)}
}

// Nudge tells that there is a new letter, which is sent at once then if this
// sidecar is the one to do it. It never blocks.
func (o *Outbox) Nudge() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

const (
	every   = time.Second      // between looks at what other sidecars stored
	retry   = 5 * time.Second  // after the store could not be reached
	atOnce  = 4                // letters on their way at the same time
	oneTry  = 45 * time.Second // for one letter
	perLook = store.MaxPage
)

// Run sends letters until ctx ends.
func (o *Outbox) Run(ctx context.Context) error {
	for {
		err := o.cfg.Store.Lead(ctx, "outbox", o.lead)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			o.cfg.Log.Warn("the outbox does not get on", "error", err)
		}
		if wait(ctx, retry) != nil {
			return nil
		}
	}
}

// lead sends letters as long as ctx says that this sidecar is the one to do it.
func (o *Outbox) lead(ctx context.Context) error {
	for {
		if err := o.sendDue(ctx); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-o.wake:
		case <-time.After(every):
		}
	}
}

// sendDue tries each letter whose time has come.
func (o *Outbox) sendDue(ctx context.Context) error {
	for after := ""; ; {
		page, err := o.cfg.Store.Outbox().List(ctx, after, perLook)
		if err != nil {
			return err
		}
		g, ctx := errgroup.WithContext(ctx)
		g.SetLimit(atOnce)
		for _, letter := range page.Items {
			if !o.cfg.Now().Before(letter.Value.Next) {
				g.Go(func() error { return o.try(ctx, letter) })
			}
		}
		if err := g.Wait(); err != nil {
			return err
		}
		if after = page.Next; after == "" {
			return nil
		}
	}
}

// try delivers a letter. What is wrong with one is no reason not to try others;
// only a store that can't be reached is.
func (o *Outbox) try(ctx context.Context, l store.Versioned[store.Letter]) error {
	err := o.deliver(ctx, l)
	switch policy.CodeOf(err) {
	case "", policy.Stale, policy.NotFound:
		return nil // somebody else was first
	case policy.Unavailable, policy.StoreFull:
		return err
	}
	o.cfg.Log.Error("a letter can't be made ready", "letter", l.Value.ID, "error", err)
	return nil
}

// deliver tries a letter once.
func (o *Outbox) deliver(ctx context.Context, l store.Versioned[store.Letter]) error {
	ctx, cancel := context.WithTimeout(ctx, oneTry)
	defer cancel()
	envelope, ready, err := o.cfg.Invite.Prepare(ctx, l)
	if err != nil || !ready {
		return err
	}
	err = o.cfg.Send(ctx, envelope)
	if err == nil {
		return o.cfg.Invite.Sent(context.WithoutCancel(ctx), envelope)
	}
	detail, permanent := "the message could not be sent", false
	if refusal, ok := errors.AsType[Refusal](err); ok {
		detail, permanent = refusal.Error(), refusal.Permanent()
	}
	o.cfg.Log.Warn("a message was not sent", "letter", l.Value.ID, "kind", l.Value.Kind, "error", err)
	return o.cfg.Invite.Refused(context.WithoutCancel(ctx), envelope, detail, permanent)
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
