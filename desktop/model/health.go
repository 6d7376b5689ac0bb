package model

import (
	"context"
	"time"

	"sightline.example/desktop/async"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// healthEvery is how often it is asked how the sidecar stands.
const healthEvery = 30 * time.Second

// health is how a sidecar stands, asked now and then.
type health struct {
	now  *api.Sidecar // nil while it is not known
	err  error
	ask  async.Latest[struct{}, api.Sidecar]
	stop func() // the wait for the next time
}

func newHealth(on async.Dispatcher, c *client.Client, changed func()) *health {
	h := &health{stop: func() {}}
	h.ask = async.Latest[struct{}, api.Sidecar]{
		On:   on,
		Work: func(ctx context.Context, _ struct{}) (api.Sidecar, error) { return c.Sidecar(ctx) },
		Install: func(now api.Sidecar, err error) {
			h.now, h.err = &now, err
			if err != nil {
				h.now = nil
			}
			h.stop = on.After(healthEvery, func() { h.ask.Set(struct{}{}) })
			changed()
		},
	}
	h.ask.Set(struct{}{})
	return h
}

func (h *health) close() {
	h.stop()
	h.ask.Cancel()
}
