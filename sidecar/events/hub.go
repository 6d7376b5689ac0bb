package events

import (
	"encoding/json"
	"sync"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// Limits of what a Hub remembers, where its Config says nothing.
const (
	DefaultRevisions = 10_000
	DefaultEvents    = 20_000
	DefaultBytes     = 32 << 20
)

// Config holds what a Hub needs. Token is required.
type Config struct {
	// Token returns the opaque text that carries a revision to callers.
	Token func(revision int64) string
	// The most that is remembered: revisions that have events, events, and their
	// bytes on the wire. 0 means the default.
	Revisions, Events, Bytes int
}

// Hub remembers the newest events, for any number of readers. None of them holds
// up what is published, nor another: a reader is a [Place] and nothing else, and
// one that falls behind what is remembered is told so.
//
// Apply and Replace are for one goroutine. All other methods are safe for
// concurrent use.
type Hub struct {
	cfg Config

	mu     sync.Mutex
	steps  []Step // by revision
	events int    // of all steps
	bytes  int    // of all steps
	since  int64  // all that happened after it is remembered
	head   Place
	more   chan struct{} // closed when there is something to be read
}

// NewHub returns a Hub that remembers nothing yet.
func NewHub(cfg Config) *Hub {
	for limit, otherwise := range map[*int]int{
		&cfg.Revisions: DefaultRevisions, &cfg.Events: DefaultEvents, &cfg.Bytes: DefaultBytes,
	} {
		if *limit == 0 {
			*limit = otherwise
		}
	}
	return &Hub{cfg: cfg, more: make(chan struct{})}
}

// Apply publishes what the changes of one revision did. The token of the
// revision must be known by then.
func (h *Hub) Apply(before, after *policy.Data, changes []policy.Change) {
	h.publish(after.Revision()-1, after.Revision(), Of(before, after, changes))
}

// Replace publishes what it takes to get from one snapshot to another. Without
// one before, or if that is too much, all readers have to start anew.
func (h *Hub) Replace(before, after *policy.Data) {
	if before == nil || before.Revision() > after.Revision() {
		h.forget(after.Revision())
		return
	}
	all, ok := Between(before, after, h.cfg.Events)
	if !ok || len(all) > 0 && before.Revision() == after.Revision() {
		h.forget(after.Revision())
		return
	}
	h.publish(before.Revision(), after.Revision(), all)
}

func (h *Hub) publish(since, revision int64, all []api.Event) {
	messages, size, ok := messagesOf(all)
	if !ok || size > h.cfg.Bytes {
		h.forget(revision)
		return
	}
	token := h.cfg.Token(revision)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.head.Token, h.head.revision = token, revision
	if len(messages) == 0 {
		return
	}
	h.steps = append(h.steps, Step{Place: h.head, Messages: messages, since: since, size: size})
	h.events += len(messages)
	h.bytes += size
	h.trim()
	h.wake()
}

// messagesOf gives false if the events can't be told of.
func messagesOf(all []api.Event) (messages []Message, size int, ok bool) {
	for _, e := range all {
		text, err := json.Marshal(e)
		if err != nil {
			return nil, 0, false
		}
		messages = append(messages, Message{e.Kind, text})
		size += len(text)
	}
	return messages, size, true
}

// trim forgets the oldest steps while there are too many.
func (h *Hub) trim() {
	for len(h.steps) > h.cfg.Revisions || h.events > h.cfg.Events || h.bytes > h.cfg.Bytes {
		oldest := h.steps[0]
		h.since = oldest.revision
		h.events -= len(oldest.Messages)
		h.bytes -= oldest.size
		h.steps[0] = Step{} // the array behind the slice lives on for a while
		h.steps = h.steps[1:]
	}
}

// forget begins a new life of the memory, at a revision.
func (h *Hub) forget(revision int64) {
	token := h.cfg.Token(revision)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.steps, h.events, h.bytes, h.since = nil, 0, 0, revision
	h.head = Place{Token: token, revision: revision, life: h.head.life + 1}
	h.wake()
}

// wake tells all who wait that there is something to be read.
func (h *Hub) wake() {
	close(h.more)
	h.more = make(chan struct{})
}
