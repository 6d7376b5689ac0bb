package shell

import (
	"time"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
)

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
