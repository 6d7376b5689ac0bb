package events

import (
	"slices"
	"sort"

	"sightline.example/policy"
)

// Place is how far a reader has come. The zero Place is before everything.
type Place struct {
	Token string // empty while there is no data

	revision int64
	life     int // of the memory: revisions of another one mean nothing in this
}

// Step is what happened from one revision to another.
type Step struct {
	Place
	Messages []Message // at least one

	since int64
	size  int // in bytes
}

// Message is an [api.Event] on the wire.
type Message struct {
	Kind policy.Kind
	JSON []byte // in one line
}

// At returns the place of a revision, of which token is the token, in the memory
// that p is of. The token must have been parsed after p was got: else it could
// be of a store that is not followed any more.
func (p Place) At(revision int64, token string) Place {
	return Place{Token: token, revision: revision, life: p.life}
}

// NotBefore returns p, or the place of a revision, as At does, if that is later: a
// snapshot can be read a moment before its events are published, and who has read it
// is not told of them.
func (p Place) NotBefore(revision int64, token string) Place {
	if p.revision >= revision {
		return p
	}
	return p.At(revision, token)
}

// Part is what a reader gets at once.
type Part struct {
	Steps []Step          // the oldest first; none if there is nothing new
	Place Place           // after the steps; never before where the reader was
	More  <-chan struct{} // without steps: closed when it is worth asking again
}

// maxSteps is how many steps a reader gets at once.
const maxSteps = 64

// Head returns the place of those who only want to know what comes.
func (h *Hub) Head() Place {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.head
}

// After returns what happened after a place. It gives false if that is not known
// any more: then the reader has to read everything anew and go on at the head.
func (h *Hub) After(p Place) (Part, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if p.life != h.head.life || p.revision < h.since {
		return Part{}, false
	}
	first := sort.Search(len(h.steps), func(i int) bool { return h.steps[i].revision > p.revision })
	if first < len(h.steps) && h.steps[first].since < p.revision {
		return Part{}, false // a part of a step can't be told
	}
	part := Part{Place: p, More: h.more}
	part.Steps = slices.Clone(h.steps[first:min(first+maxSteps, len(h.steps))])
	if n := len(part.Steps); n > 0 {
		part.Place = part.Steps[n-1].Place
	}
	if first+len(part.Steps) == len(h.steps) && part.Place.revision < h.head.revision {
		part.Place = h.head
	}
	return part, true
}
