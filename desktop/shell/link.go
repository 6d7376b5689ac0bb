package shell

import (
	"time"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
)

// waitText returns what says why changes have to wait, and for how long.
func waitText(link model.Link) func(left time.Duration) string {
	if link.Unready() {
		return unreadyText
	}
	return offlineText
}

// unreadyText says when a sidecar is tried again that has been cut off for long.
func unreadyText(left time.Duration) string {
	return lang.N("The sidecar is cut off from its store, and does not answer until it is back. Trying again in {{.N}} s. You can read what was loaded; changes have to wait.", int(left/time.Second))
}

// offlineText says when the sidecar is tried again.
func offlineText(left time.Duration) string {
	return lang.N("The sidecar can't be reached. Trying again in {{.N}} s. You can read; changes have to wait.", int(left/time.Second))
}

// cutOff reports whether the sidecar can't be reached.
func (s *Shell) cutOff() bool {
	if s.store == nil {
		return false
	}
	state := s.store.Link().State
	return state == model.LinkReconnecting || state == model.LinkOffline
}
