package api

import (
	"time"

	"sightline.example/policy"
)

// Paths of what admins can find out. Nothing is stored by any of them.
const (
	PathPreview   = "/v1/preview"    // POST
	PathReview    = "/v1/review"     // GET
	PathReviewCSV = "/v1/review.csv" // GET: all of it, as a table
	PathOrphans   = "/v1/orphans"    // GET
	PathExplain   = "/v1/explain"    // POST
	PathCounts    = "/v1/counts"     // POST
)

// NewPreview asks what a draft of a scope would show.
type NewPreview struct {
	// Client is whose scope it is to be: what is gained and lost is against the
	// client's scope as it is. Empty for a client who is yet to be invited.
	Client policy.ClientID `json:"client,omitempty"`
	Scope  policy.Scope    `json:"scope"`
	Limit  int             `json:"limit,omitempty"` // how many are named in each list, up to MaxPage; 0 means DefaultPage
	Skip   int             `json:"skip,omitempty"`  // how many are left out of each list before the first that is named
	// Search has words that all have to be in a name, without regard to case, for
	// it to be listed and counted. What is gained and lost is told in full.
	Search string `json:"search,omitempty"`
}

// MaxSearch is the longest search of a [NewPreview], in bytes.
const MaxSearch = 200

// Preview is what a scope shows, computed by the rules that decide.
type Preview struct {
	Mode policy.Mode `json:"mode"`
	// Message is what the client reads where nobody's work can be visible; else
	// it is empty.
	Message      string             `json:"message,omitempty"`
	Employees    Listing            `json:"employees"`
	Projects     Listing            `json:"projects"`
	Groups       Listing            `json:"groups"`
	DeadGroups   []policy.GroupID   `json:"dead_groups"`
	DeadProjects []policy.ProjectID `json:"dead_projects"`
	Against      *Edit              `json:"against,omitempty"` // nil without a client
}

// Edit is what a draft changes of what a client sees.
type Edit struct {
	From policy.Mode `json:"from"` // the mode before
	// Widens tells that something would become visible that is not now: work, or
	// work for a longer time or with its screencasts, or who and what is listed;
	// Narrows that something would not be visible any more. An edit can do both: the
	// first group of a scope of projects leaves less work visible, and is listed.
	Widens  bool  `json:"widens"`
	Narrows bool  `json:"narrows"`
	Gained  Edges `json:"gained"`
	Lost    Edges `json:"lost"`
}

// Edges are who and what comes to be listed, or ceases to be.
type Edges struct {
	Employees Listing `json:"employees"`
	Projects  Listing `json:"projects"`
	Groups    Listing `json:"groups"`
}

// Review is who can see something.
type Review struct {
	Resource Named           `json:"resource"`
	Type     string          `json:"type"`           // employee, group or project
	Clients  []Reviewed      `json:"clients"`        // by id
	Next     policy.ClientID `json:"next,omitempty"` // ask for what is after it; empty at the end
}

// Reviewed is a client who can see the resource of a [Review], and why.
type Reviewed struct {
	ID       policy.ClientID `json:"id"`
	Name     string          `json:"name"`
	Email    string          `json:"email"`
	Mode     policy.Mode     `json:"mode"`
	Reason   string          `json:"reason"`
	Sentence string          `json:"sentence"`
	Groups   []Named         `json:"groups"`   // through these of the scope
	Projects []Named         `json:"projects"` // likewise
}

// Orphans are the clients whose access asks for a look, among those of one page
// of all clients by id.
type Orphans struct {
	Items []Orphan        `json:"items"`
	Next  policy.ClientID `json:"next,omitempty"` // ask for what is after it; empty at the end
}

// Orphan is a client whose access asks for a look.
type Orphan struct {
	ID       policy.ClientID `json:"id"`
	Name     string          `json:"name,omitempty"`
	Email    string          `json:"email,omitempty"`
	Standing policy.Status   `json:"standing,omitempty"`
	Findings []Finding       `json:"findings"`
	Seen     time.Time       `json:"seen,omitzero"`   // the last use of the portal
	Until    *time.Time      `json:"until,omitempty"` // the end of the access
}

// Finding is why a client's access asks for a look.
type Finding string

// The findings.
const (
	FindingUnreadable Finding = "unreadable"      // the stored value can't be read; nothing but the id is known
	FindingDead       Finding = "dead_references" // the scope names what does not exist any more
	FindingNothing    Finding = "nothing_visible"
	FindingEveryone   Finding = "everyone_visible"
	FindingUnused     Finding = "unused"   // the client did not use the portal for some time
	FindingExpiring   Finding = "expiring" // the access ends soon
)

// NewCounts asks how much clients see.
type NewCounts struct {
	Clients []policy.ClientID `json:"clients"` // up to MaxPage
}

// Counted is how much clients see. Who does not exist or can't be read is left
// out.
type Counted struct {
	Counts map[policy.ClientID]Sees `json:"counts"`
	// Later are those whose counts would take long. Asked again, some more of them
	// have theirs.
	Later    []policy.ClientID `json:"later,omitempty"`
	Revision int64             `json:"revision"` // of the data in which they were counted
}

// NewExplanation asks why a client may see something, or not.
type NewExplanation struct {
	Client   policy.ClientID `json:"client"`
	Resource policy.Entity   `json:"resource"`
	Scope    *policy.Scope   `json:"scope,omitempty"` // a draft, in the place of the client's scope
	Trace    bool            `json:"trace,omitempty"` // how the rules were evaluated, too
}

// Explanation is a decision and what decided it.
type Explanation struct {
	Decision Decision      `json:"decision"`
	Rule     Rule          `json:"rule"`
	Mode     policy.Mode   `json:"mode,omitempty"`
	Status   policy.Status `json:"status,omitempty"`
	Groups   []Named       `json:"groups"`   // those of the scope that are about the resource
	Projects []Named       `json:"projects"` // likewise
	Trace    string        `json:"trace,omitempty"`
}

// Rule is where in the rules a reason stands.
type Rule struct {
	Path        string `json:"path"`
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
}

// Listing is a list of employees, groups or projects, by name.
type Listing struct {
	Count int     `json:"count"`
	Items []Named `json:"items"` // the first of them
}

// Named is an employee, a group, a project or a client.
type Named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}
