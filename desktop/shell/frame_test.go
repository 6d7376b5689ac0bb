package shell_test

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
)

func TestABannerTakesItsRoomFromThePageThatIsOpen(t *testing.T) {
	s := signedIn(t)
	s.choose("Groups")
	s.until("In scopes")
	s.Tap("Design")
	s.Press(fyne.KeyReturn)
	s.until("No client can see it")
	s.Window.Resize(fyne.NewSize(900, 600))
	before := s.Place("Delete…").Y
	s.sidecar.Stop(t)
	const told = "Try now"
	s.pump.Until(func() bool {
		s.pump.Pass(200 * time.Millisecond) // not laid out by hand, as by until
		return slices.Contains(s.Texts(), told)
	})
	if now := s.Place("Delete…").Y; now < before+30 {
		t.Errorf("the page is at %v, with the banner over it: without, it was at %v", now, before)
	}
}

func TestAnArrowLeadsBack(t *testing.T) {
	s := signedIn(t)
	s.choose("Settings…")
	s.until("Appearance")
	// The first to get the keyboard by Tab is the arrow: beside the name of the app.
	s.Window.Canvas().Unfocus()
	s.Press(fyne.KeyTab, fyne.KeySpace)
	s.until("3 clients")
	s.WantNoTexts("Appearance")
}

func TestTheFirstRowThatIsFoundIsOpenedByKeys(t *testing.T) {
	s := reviewed(t)
	s.choose("Groups")
	s.until("In scopes")
	s.choose("Find")
	s.Type("des")
	s.pump.Pass(time.Second) // typing has paused
	s.Press(fyne.KeyDown, fyne.KeyReturn)
	s.until("Members")
}
