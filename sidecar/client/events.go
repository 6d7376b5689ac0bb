package client

import (
	"context"
	"iter"
	"math/rand/v2"
	"net/url"
	"strings"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// Update is what one revision changed.
type Update struct {
	// Token is of the revision. Whoever keeps what came up to here can go on
	// after it, another time and with another sidecar of the store.
	Token string
	// Reset says that it is not known any more what happened: everything has to
	// be read again, with [Client.AtLeast] of Token, and then what comes is to
	// be applied.
	Reset bool
	// Events are all that the revision changed. There are none where only time
	// has passed, at the beginning, and where CutOff has changed.
	Events []api.Event
	// CutOff says that the sidecar is cut off from its store: it answers from what it
	// knew then, and takes no changes.
	CutOff bool
}

// Pauses before a stream is asked for again grow from the first to the last of
// these, each cut at random so that many callers do not come back at once.
const (
	firstPause = 100 * time.Millisecond
	lastPause  = 10 * time.Second
)

// Events follows what changes after the token, or from now on if it is empty:
// in the kinds given, or in all of [api.EventKinds]. Each revision comes once and
// whole, in order. To keep a copy, read everything with [Client.AtLeast] of the
// first update's token and then apply all further ones.
//
// When the stream breaks off it is asked for again, until ctx ends or the loop is
// left. An error of code policy.Unavailable or policy.TooMany tells that this did
// not help for now; whoever goes on ranging goes on waiting. Any other error is
// the last thing that comes.
func (c *Client) Events(ctx context.Context, after string, kinds ...policy.Kind) iter.Seq2[Update, error] {
	return func(yield func(Update, error) bool) {
		f := &follower{client: c, after: after, path: eventsPath(kinds), yield: yield}
		for pause := firstPause; ; pause = min(2*pause, lastPause) {
			heard, err := f.follow(ctx)
			if f.left || ctx.Err() != nil {
				return
			}
			if err != nil && (!yield(Update{}, err) || !passes(err)) {
				return
			}
			if heard {
				pause = firstPause
			}
			if wait(ctx, rand.N(pause)) != nil {
				return
			}
		}
	}
}

func eventsPath(kinds []policy.Kind) string {
	if len(kinds) == 0 {
		return api.PathEvents
	}
	names := make([]string, len(kinds))
	for i, kind := range kinds {
		names[i] = string(kind)
	}
	return api.PathEvents + "?" + url.Values{"kinds": {strings.Join(names, ",")}}.Encode()
}

// passes reports whether the cause of an error goes away by itself.
func passes(err error) bool {
	code := policy.CodeOf(err)
	return code == policy.Unavailable || code == policy.TooMany
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
