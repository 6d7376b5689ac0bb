package api

import (
	"time"

	"sightline.example/policy"
)

// Parameters of the list of clients, GET on [PathClients]. Those of
// package sidecar/roster's Query tell what each means.
const (
	ParamSearch        = "search"
	ParamStatus        = "status"
	ParamMode          = "mode"
	ParamScreencasts   = "screencasts"
	ParamGroup         = "group"
	ParamProject       = "project"
	ParamDead          = "dead"
	ParamSeen          = "seen"
	ParamSeenBefore    = "seen_before"
	ParamExpiresBefore = "expires_before"
	ParamSort          = "sort"
	ParamOrder         = "order"
	ParamAfter         = "after"
	ParamLimit         = "limit"
	ParamCount         = "count"
	ParamCounts        = "counts"
)

// Orders of a list.
const (
	Ascending  = "asc"
	Descending = "desc"
)

// ClientPage is a part of the list of clients. It has all members of a [Page].
type ClientPage struct {
	Items []ClientRow `json:"items"`
	// Unreadable are ids of this part whose stored value can't be read. No
	// condition holds of them.
	Unreadable []string `json:"unreadable,omitempty"`
	// Next asks for what is after this part of the same list; empty at the end.
	Next string `json:"next,omitempty"`
	// Matching is how many clients match, if that was asked for.
	Matching *int `json:"matching,omitempty"`
	// Total is how many clients there are: those that can't be read too.
	Total int `json:"total"`
	// Statuses and Modes tell of all clients that can be read, whatever was asked
	// for: each status and each mode once, in order.
	Statuses []StatusCount `json:"statuses"`
	Modes    []ModeCount   `json:"modes"`
}

// ClientRow is a client in a list, at the revision it can be replaced or deleted
// at.
type ClientRow struct {
	Versioned[policy.Client]
	Standing policy.Status `json:"standing"` // what the client is listed as: the status, or expired
	Mode     policy.Mode   `json:"mode"`
	Account  *RowAccount   `json:"account,omitempty"` // absent if the client has none
	Dead     int           `json:"dead"`              // how many groups and projects the scope selects that do not exist
	// Sees is there if counts were asked for, and could be had in time.
	Sees *Sees `json:"sees,omitempty"`
}

// Sees is how much the scope of a client shows, whether or not the client is
// entitled to it now.
type Sees struct {
	Employees int `json:"employees"`
	Projects  int `json:"projects"`
}

// RowAccount is the account of a client in a list.
type RowAccount struct {
	Name    string    `json:"name"` // the full name, as the client entered it
	Created time.Time `json:"created"`
	Seen    time.Time `json:"seen,omitzero"` // when the client last used the portal; absent for never
}

// StatusCount is how many clients are listed as something.
type StatusCount struct {
	Status  policy.Status `json:"status"`
	Clients int           `json:"clients"`
}

// ModeCount is how many clients have a mode.
type ModeCount struct {
	Mode    policy.Mode `json:"mode"`
	Clients int         `json:"clients"`
}
