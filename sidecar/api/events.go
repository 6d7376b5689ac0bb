package api

import (
	"time"

	"sightline.example/policy"
)

// PathEvents is the change feed. GET opens a stream of server-sent events (WHATWG
// HTML, section 9.2):
//
//   - An event of type [EventChange] has an [Event] as its data. All events of
//     one revision come together, and only the last of them has an id.
//   - An event of type [EventReset] says that it is not known any more what
//     happened up to its id: whoever keeps a copy has to read everything again.
//     Its data are an empty object.
//   - An event of type [EventState] has a [Standing] as its data: how the sidecar
//     stands, at the beginning and whenever that changes. It has no id.
//   - Ids also come alone, without an event, at the beginning and now and then.
//
// An id is a token as of [HeaderRevision]: a stream that is asked for with it in
// [HeaderLastEventID], at whichever sidecar of the store, goes on after it. Who
// keeps a copy opens the stream, reads everything with the first id as
// [HeaderAtLeast], and then applies what comes.
const PathEvents = "/v1/events"

// HeaderLastEventID carries the id after which a stream is to go on.
const HeaderLastEventID = "Last-Event-Id"

// The types of the events of a stream.
const (
	EventChange = "change"
	EventReset  = "reset"
	EventState  = "state"
)

// Standing is how the sidecar stands: see [Sidecar].
type Standing struct {
	State string `json:"state"`
}

// EventKinds returns the kinds of entity that events are about. The query kinds
// of [PathEvents] names some of them, separated by commas; without it, it is all.
func EventKinds() []policy.Kind {
	return []policy.Kind{policy.KindClients, policy.KindEmployees, policy.KindGroups, policy.KindProjects}
}

// Event says what one revision did to one entity.
type Event struct {
	Revision int64       `json:"revision"`
	Kind     policy.Kind `json:"kind"`
	ID       string      `json:"id"`
	Action   EventAction `json:"action"`
	Name     string      `json:"name,omitempty"` // as it is now; of what was removed, as it was
	// By and At say who changed a client, and when.
	By string    `json:"by,omitempty"`
	At time.Time `json:"at,omitzero"`
	// Unreadable is set when a client was removed from view only: it is stored
	// as something that can't be read.
	Unreadable bool `json:"unreadable,omitempty"`
	// Changes lead from the entity before to the one after. Of one that was
	// added they have all there is: they lead from an empty one.
	Changes Changes `json:"changes,omitzero"`
}

// EventAction is what happened to an entity.
type EventAction string

// The actions.
const (
	EventAdded   EventAction = "added"
	EventChanged EventAction = "changed"
	EventRemoved EventAction = "removed"
)

// Changes are the differences between two versions of an entity. What did not
// change is absent. All can be absent where somebody wrote what was there.
type Changes struct {
	Name        *Turn[string]        `json:"name,omitempty"`
	Email       *Turn[string]        `json:"email,omitempty"`       // of a client
	Status      *Turn[policy.Status] `json:"status,omitempty"`      // of a client
	Groups      Membership           `json:"groups,omitzero"`       // of a client's scope, an employee or a project
	Projects    Membership           `json:"projects,omitzero"`     // of a client's scope or an employee
	Screencasts *Turn[bool]          `json:"screencasts,omitempty"` // of a client's scope
	Period      *Turn[Period]        `json:"period,omitempty"`      // of a client's scope
}

// Membership is the groups or projects that were gained and lost, in the order of
// the entity's lists.
type Membership struct {
	Gained []Ref `json:"gained,omitempty"`
	Lost   []Ref `json:"lost,omitempty"`
}

// Ref names a group or project. A dead reference has no name.
type Ref struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty"`
}

// Turn is a value that became another.
type Turn[T any] struct {
	From T `json:"from"`
	To   T `json:"to"`
}

// Period is the time in which a scope shows anything: without From it has no
// beginning, without Until no end.
type Period struct {
	From  *time.Time `json:"from,omitempty"`
	Until *time.Time `json:"until,omitempty"`
}
