package loop

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestWhatEndsInTimeIsLeftAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := make(chan struct{})
		time.AfterFunc(400*time.Millisecond, func() { close(ended) })
		endAnyway(ended, func(f func()) { f() }, func() { t.Error("it was ended") })
	})
}

// TestWhatDoesNotEndIsEnded has the first try lost, as an event that comes when the
// loop ends.
func TestWhatDoesNotEndIsEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun, tries := time.Now(), 0
		ended := make(chan struct{})
		do := func(f func()) {
			if tries++; tries > 1 {
				f()
			}
		}
		endAnyway(ended, do, func() { close(ended) })
		if took := time.Since(begun); tries != 2 || took != time.Second {
			t.Errorf("it was ended after %v, at try %d", took, tries)
		}
	})
}
