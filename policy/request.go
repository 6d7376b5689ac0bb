package policy

// Request asks whether a subject may perform an action on a resource: an
// Access Evaluation request (AuthZEN Authorization API 1.0, section 6.1).
//
// Properties and Context hold JSON values as encoding/json decodes them into
// any, with numbers as json.Number or float64. A nil map is an absent object.
type Request struct {
	Subject  Entity         `json:"subject"`
	Action   Action         `json:"action"`
	Resource Entity         `json:"resource"`
	Context  map[string]any `json:"context,omitempty"`
}

// Entity is an AuthZEN subject or resource (sections 5.1 and 5.2).
type Entity struct {
	Type       string         `json:"type"`
	ID         string         `json:"id"`
	Properties map[string]any `json:"properties,omitempty"`
}

// Action is an AuthZEN action (section 5.3).
type Action struct {
	Name       string         `json:"name"`
	Properties map[string]any `json:"properties,omitempty"`
}

// The types of subjects and resources the rules know.
const (
	TypeClient     = "client"
	TypeTimeEntry  = "time_entry"
	TypeScreencast = "screencast"
	TypeProject    = "project"
	TypeEmployee   = "employee"
	TypeGroup      = "group"
	TypeReport     = "report"
)

// ActionView is the only action a client may perform.
const ActionView = "view"

// NoAccessMessage is what a client reads who can see nobody's work.
const NoAccessMessage = "You don't have the access to view any user's work."
