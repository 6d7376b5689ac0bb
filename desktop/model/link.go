package model

import (
	"errors"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/client"
)

// LinkState says how the store stands with the sidecar.
type LinkState string

// The states of a link. What the store holds is as it should be while it is
// LinkLive; in all others it can be looked at, and nothing should be changed.
const (
	LinkLoading      LinkState = "loading"      // everything is being read
	LinkLive         LinkState = "live"         // what changes is known at once
	LinkReadOnly     LinkState = "read only"    // the sidecar is cut off from its store: it answers, and takes no changes
	LinkReconnecting LinkState = "reconnecting" // cut off just now
	LinkOffline      LinkState = "offline"      // cut off for longer than offlineAfter
	LinkSignedOut    LinkState = "signed out"   // the sidecar lets this caller in no more
)

// offlineAfter is how long one is reconnecting before one is offline.
const offlineAfter = 10 * time.Second

// Link is how the store stands with the sidecar.
type Link struct {
	State LinkState
	// Loaded of Total clients have been read, while the state is LinkLoading.
	Loaded, Total int
	// Since is when the sidecar could last be reached, if it can't be.
	Since time.Time
	// Retry is when it is tried again; zero if it is being tried.
	Retry time.Time
	Err   error // why it can't be reached
}

// Unready reports whether the sidecar can be reached, and says that it has no
// current data to answer from.
func (l Link) Unready() bool {
	return policy.CodeOf(l.Err) == policy.Unavailable && !errors.Is(l.Err, client.ErrNoAnswer)
}

// Pauses before the sidecar is tried again grow from the first to the last, which is
// so short that within ten seconds one is live again, however long it was gone.
const (
	firstPause = 500 * time.Millisecond
	lastPause  = 8 * time.Second
)

func pauseAfter(failures int) time.Duration {
	return min(lastPause, firstPause<<min(failures, 10))
}
