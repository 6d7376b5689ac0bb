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

// Health is how a sidecar stands, asked now and then. It belongs to the UI goroutine.
type Health struct {
	now  *api.Sidecar // nil while it is not known
	err  error
	ask  async.Latest[struct{}, api.Sidecar]
	stop func() // the wait for the next time
}

// NewHealth begins to ask, and calls changed with each answer until Close.
func NewHealth(on async.Dispatcher, c *client.Client, changed func()) *Health {
	h := &Health{stop: func() {}}
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

// Sidecar returns how it stands, or why that is not known; both are nil before the
// first answer.
func (h *Health) Sidecar() (*api.Sidecar, error) { return h.now, h.err }

// Close ends the asking.
func (h *Health) Close() {
	h.stop()
	h.ask.Cancel()
}
