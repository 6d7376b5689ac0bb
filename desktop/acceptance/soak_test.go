//go:build acceptance

package acceptance

import (
	"os"
	"testing"
	"time"

	"sightline.example/sidecar/client"
)

// TestCheck34Soak has five changes a second come in for a minute, or for as long as
// SIGHTLINE_SOAK says, such as 30m.
func TestCheck34Soak(t *testing.T) {
	lasting := time.Minute
	if text := os.Getenv("SIGHTLINE_SOAK"); text != "" {
		var err error
		if lasting, err = time.ParseDuration(text); err != nil {
			t.Fatal(err)
		}
	}
	a, sidecar := begin(t)
	turn := func(i int) {
		act := sidecar.Owner.Suspend
		if i%2 == 1 {
			act = sidecar.Owner.Resume
		}
		if _, err := act(t.Context(), "acme-bank", 0, client.Terms{}); err != nil {
			t.Fatal(err)
		}
	}
	changes := time.NewTicker(200 * time.Millisecond)
	defer changes.Stop()
	half := max(1, int(lasting/2/(200*time.Millisecond)))
	for i := range half {
		<-changes.C
		turn(i)
	}
	middle := a.vitals()
	for i := range half {
		<-changes.C
		turn(half + i)
	}
	end := a.vitals()
	t.Logf("in the middle %+v, at the end %+v", middle, end)
	if end.RSS > middle.RSS*5/4 {
		t.Errorf("memory grew from %d to %d MB", middle.RSS>>20, end.RSS>>20)
	}
	if end.Goroutines > middle.Goroutines+5 {
		t.Errorf("goroutines grew from %d to %d", middle.Goroutines, end.Goroutines)
	}
	turn(0)
	a.search("acme bank")
	a.until("1 of 240 clients", "Suspended") // it has followed all along
	a.wantIdle(5*time.Second, 20)
}
