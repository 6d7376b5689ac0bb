package shell_test

import (
	"errors"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/session"
	"sightline.example/desktop/shell"
	"sightline.example/desktop/widgets/widgetstest"
	"sightline.example/sidecar/sidecartest"
)

// locked is a keyring that nobody unlocks, which it says late.
type locked struct {
	session.Memory
	told chan struct{}
}

func (l *locked) Keep(string, string) error {
	<-l.told
	return errors.New("locked")
}

func TestAKeyringThatCantBeUsedIsToldOfWhenThatIsKnown(t *testing.T) {
	s := start(t)
	book, err := session.OpenBook(filepath.Join(s.dir, "connections.json"))
	if err != nil {
		t.Fatal(err)
	}
	keyring := &locked{told: make(chan struct{})}
	s.shell = shell.New(shell.Config{App: fyne.CurrentApp(), On: s.pump, Book: book, Vault: &session.Vault{Keyring: keyring}, Settings: s.settings})
	s.Window = widgetstest.Over(t, s.shell.Window())
	s.Type(s.sidecar.URL)
	s.Press(fyne.KeyTab)
	s.Type(sidecartest.Email)
	s.Press(fyne.KeyTab)
	s.Type(sidecartest.Password)
	s.Press(fyne.KeyReturn)
	s.until("Live")
	const warning = "Your sign-in will not be remembered: this computer has no keyring that can be used."
	s.WantNoTexts(warning)
	close(keyring.told)
	s.until(warning)
	s.Tap("Got it")
	s.WantNoTexts(warning)
}
