package api

// PathSidecar tells how the sidecar stands. GET.
const PathSidecar = "/v1/sidecar"

// StateFresh is how a sidecar stands that answers from current data.
const StateFresh = "fresh"

// Sidecar is how a sidecar stands.
type Sidecar struct {
	// State is fresh while what it answers from is current, and fail-static while
	// it is cut off from the store, but not for long. In other states it does not
	// answer.
	State    string `json:"state"`
	Revision int64  `json:"revision"` // of the data it answers from
	Rules    string `json:"rules"`    // the version of the rules: the same rules have the same
}
