package pseudotest

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// hover rests the pointer on every part of what shows a text and is in a list, one
// after the other, and checks what its tips say.
func (s *stage) hover(text string) {
	s.t.Helper()
	at := s.Place(text)
	for x := at.X; x < s.Canvas().Size().Width; x += 40 {
		test.MoveMouse(s.Canvas(), fyne.NewPos(x, at.Y+4))
		s.pump.Pass(time.Second)
		s.check()
	}
}

func TestTips(t *testing.T) {
	s := signedIn(t)
	s.hover("Acme Bank")
	s.hover("Gina Guest")
	s.choose("Groups")
	s.until("Design")
	s.hover("Design")
	s.choose("Employees")
	s.until("Ada")
	s.hover("Ada")
	s.choose("Audit log")
	s.until(in("Client") + " Gina Guest")
	s.hover(in("Client") + " Gina Guest")
	s.choose("Access review")
	s.until(in("Who can see it?"))
	s.choose("Choose an employee…")
	s.pick("ada")
	s.until("acme@client.example")
	s.hover("acme@client.example")
}
