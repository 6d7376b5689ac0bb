package connect_test

import (
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model"
	"sightline.example/desktop/screens/connect"
	"sightline.example/desktop/session"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/widgetstest"
	"sightline.example/sidecar/sidecartest"
)

// stage is the screen in a window.
type stage struct {
	*widgetstest.Window
	pump   *asynctest.Pump
	opened *session.Session
}

func show(t *testing.T, message string, known ...session.Connection) *stage {
	t.Helper()
	widgetstest.Start(t, look.Light)
	book, err := session.OpenBook(filepath.Join(t.TempDir(), "connections.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range known {
		if err := book.Save(c); err != nil {
			t.Fatal(err)
		}
	}
	s := &stage{pump: asynctest.New(t)}
	m := model.NewConnect(model.ConnectConfig{On: s.pump, Book: book, Vault: &session.Vault{}})
	screen := connect.New(m, message)
	m.OnOpen = func(opened *session.Session) {
		s.opened = opened
		t.Cleanup(opened.Close)
	}
	s.Window = widgetstest.Open(t, screen.Content, 900, 900)
	screen.Focus(s.Canvas())
	return s
}

func (s *stage) settle() {
	s.pump.Settle()
	s.Relayout()
}

func TestOneSignsInWithTheKeyboardAlone(t *testing.T) {
	sidecar := sidecartest.Start(t, sidecartest.Options{})
	s := show(t, "")
	s.WantFits()
	s.Type(sidecar.URL)
	s.Press(fyne.KeyTab)
	s.Type(sidecartest.Email)
	s.Press(fyne.KeyTab)
	s.Type(sidecartest.Password)
	s.Press(fyne.KeyReturn)
	s.settle()
	if s.opened == nil {
		t.Errorf("not signed in; shown is %q", s.Texts())
	}
}

func TestWhatIsMissingIsSaidAtTheField(t *testing.T) {
	s := show(t, "")
	s.Type("https://sightline.example")
	s.Press(fyne.KeyReturn)
	s.settle()
	s.WantTexts("This has to be filled in.")
	s.Type("olive@test.example") // where it is missing
	s.WantTexts("olive@test.example")
	s.Press(fyne.KeyReturn)
	s.settle()
	s.Type("x")
	s.WantTexts("•")
}

func TestTheFileOfAnAuthorityIsAskedForWhereThereIsOne(t *testing.T) {
	s := show(t, "")
	s.WantNoTexts("Certificate authority")
	s.Tap("Own certificate authority…")
	s.settle()
	s.WantTexts("Certificate authority")
	s.WantNoTexts("Own certificate authority…")
	s.Type("/no/such/file.pem")
	s.WantTexts("/no/such/file.pem")
	s.Tap("E-mail and password")
	s.Tap("Admin key")
	s.settle()
	s.WantTexts("/no/such/file.pem")
}

func TestARememberedAuthorityIsShown(t *testing.T) {
	s := show(t, "", session.Connection{URL: "https://127.0.0.1:1", Login: "olive@test.example", CAFile: "/no/such/file.pem", Used: time.Unix(1, 0)})
	s.Tap("olive@test.example · 127.0.0.1:1")
	s.settle()
	s.WantTexts("/no/such/file.pem")
}

func TestEachWayHasItsFields(t *testing.T) {
	s := show(t, "")
	s.WantTexts("Password")
	s.WantNoTexts("Set-up code", "Admin key")
	s.Tap("E-mail and password")
	s.Tap("Set-up code, as the first owner")
	s.settle()
	s.WantTexts("Set-up code", "Your name", "Become the owner")
	s.Tap("Set-up code, as the first owner")
	s.Tap("Admin key")
	s.settle()
	s.WantNoTexts("Password", "E-mail")
}

func TestAFailureSaysWhatToDo(t *testing.T) {
	s := show(t, "", session.Connection{URL: "http://127.0.0.1:1", Login: "olive@test.example", Used: time.Unix(1, 0)})
	s.Tap("olive@test.example · 127.0.0.1:1")
	s.settle()
	s.WantTexts("Your sign-in was not remembered. Enter your password.")
	s.WantTexts("olive@test.example") // filled in
}

func TestTheReasonForBeingHereIsSaid(t *testing.T) {
	show(t, "You were signed out.").WantTexts("You were signed out.")
}
