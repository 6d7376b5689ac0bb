package events_test

import (
	"fmt"
	"testing"

	"sightline.example/policy"
	"sightline.example/sidecar/events"
)

// What publishing a change of a scope costs the goroutine that swaps, with
// readers that take every step.
func BenchmarkPublish(b *testing.B) {
	for _, n := range []int{0, 100, 1_000} {
		b.Run(fmt.Sprint(n, "readers"), func(b *testing.B) {
			h := &history{events.NewHub(events.Config{Token: token}), studio()}
			h.Replace(nil, h.data)
			for range n {
				go read(h.Hub)
			}
			wide := change(policy.KindClients, "acme", acme(), func(c *policy.Client) { c.Scope.Groups = []policy.GroupID{"design", "sales"} })
			narrow := change(policy.KindClients, "acme", acme(), as)
			before, after := h.data.Apply(6, wide), h.data.Apply(7, narrow)
			b.ReportAllocs()
			for b.Loop() {
				before, after = after, before.Apply(after.Revision()+1)
				h.Apply(before, after, []policy.Change{wide})
			}
			b.StopTimer()
			h.Replace(nil, (&policy.Data{}).Apply(0))
		})
	}
}

// read takes every step until the hub is at revision 0.
func read(h *events.Hub) {
	for place := h.Head(); ; {
		part, ok := h.After(place)
		if !ok {
			if place = h.Head(); place.Token == token(0) {
				return
			}
			continue
		}
		if place = part.Place; len(part.Steps) == 0 {
			<-part.More
		}
	}
}
